"""Who else sells to our key accounts: what the sales people saw, heard and were shown, and how we answer."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.competitors.actions import add, decide_threat, enter, leave, see, tell_share
from anahtar_web.competitors.models import Competitor, Grade, Presence
from anahtar_web.competitors.queries import attack_of, named
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import who
from anahtar_web.stakeholders.models import Stakeholder

_DIRECTORY: Final = (
    (
        "Ege Aktarma A.Ş.",
        "https://egeaktarma.example",
        "İzmir’de stoklu: 48 saatte teslim sözü veriyorlar. Fiyatı ilk teklifte düşük tutup ikinci yılda artırıyorlar.",
    ),
    (
        "Nordwerk Getriebe GmbH",
        "https://nordwerk.example",
        "Alman üretici, bayi ile giriyor. Kalitesi yüksek, yedek parçada altı hafta bekletiyor.",
    ),
    (
        "Shenhai Drives",
        "https://shenhai.example",
        "Çin’den doğrudan ithalat; fiyat bizden dörtte bir ucuz, garanti tartışmalı.",
    ),
    ("Toros Rulman San. Ltd. Şti.", "", "Küçük, hızlı, ilişkiyle satıyor. Büyük siparişi taşıyacak stokları yok."),
    (
        "Baltek Hidrolik San. A.Ş.",
        "https://baltek.example",
        "Kendi ünitesini üretiyor; şartnameye erken giriyor. Servis ağı yalnız Marmara’da.",
    ),
    ("İstanbul Endüstri Tedarik", "", "Her ihaleye giren toptancı: geniş ürün, zayıf teknik destek, uzun vade."),
    ("Mega Teknik Ltd. Şti.", "", "Pnömatikte ithalatçı; 90 gün vade veriyor, stok tutmuyor."),
)

_EGE_NOTES: Final = """## Ne diyorlar

- “48 saatte teslim ediyoruz.”
- “Aynı rulman, yüzde sekiz ucuz.”

## Ne yapıyoruz

- **Toplam maliyeti** gösteriyoruz: duruş saati, iade oranı, stok.
- Konsinye stok teklifimizi üretim müdürüne, satın almadan önce anlatıyoruz."""

_NORD_NOTES: Final = """- Yedek parça süresini soruyoruz: altı hafta, bizde üç gün.
- Referans fabrikaya **ortak ziyaret** öneriyoruz."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of one of them at one account; days are counted back from today."""

    competitor: str
    account: str
    fields: dict[str, Any]
    since: int | None = None
    through: str = ""
    sightings: tuple[tuple[int, str, str, Grade], ...] = ()
    share: tuple[str, int, str, Grade] | None = None
    threat: tuple[str, str] | None = None
    left: tuple[int, str] | None = None


_ATTACKS: Final = (
    _Told(
        "Ege Aktarma A.Ş.",
        "Anatolya Otomotiv San. ve Tic. A.Ş.",
        {
            "site": "Bursa fabrikası",
            "offering": "Konik rulman, 48 saatte",
            "strength": 4,
            "notes": _EGE_NOTES,
        },
        since=410,
        through="Gizem Acar",
        sightings=(
            (210, "Ambarda iki palet gördük; irsaliye Ege’den.", "Elif’in saha ziyareti", Grade.CONFIRMED),
            (
                24,
                "Yıllık çerçeveye teklif vermişler, bizden % 8 aşağıda.",
                "Satın alma, telefonda",
                Grade.CONFIRMED,
            ),
        ),
        share=("0.28", 24, "Satın alma uzmanının söylediği yıllık tutar", Grade.CONFIRMED),
    ),
    _Told(
        "Nordwerk Getriebe GmbH",
        "Anatolya Otomotiv San. ve Tic. A.Ş.",
        {"site": "Kocaeli hattı", "offering": "Redüktör", "strength": 3, "notes": _NORD_NOTES},
        since=900,
        through="Şule Öz",
        sightings=((95, "Yeni hattın şartnamesinde tip adları geçiyor.", "Teknik şartname, rev. 4", Grade.DOCUMENT),),
        share=("0.12", 95, "Tahmin: iki hat, liste fiyatı", Grade.ASSUMED),
        threat=(
            "high",
            "Yeni hattın şartnamesi onların tipine göre yazılmış; şartname değişmezse hattı kaybederiz.",
        ),
    ),
    _Told(
        "Baltek Hidrolik San. A.Ş.",
        "Anatolya Otomotiv San. ve Tic. A.Ş.",
        {"site": "Bursa fabrikası", "offering": "Hidrolik ünite ve hortum", "strength": 3},
        since=960,
        sightings=((430, "Hidrolik hortum ihalesini aldılar.", "İhale sonuç yazısı", Grade.DOCUMENT),),
        share=("0.06", 430, "İhale bedeli", Grade.DOCUMENT),
    ),
    _Told(
        "İstanbul Endüstri Tedarik",
        "MH Lojistik Ltd. Şti.",
        {"offering": "Konveyör bakım sözleşmesi, gece servisi", "strength": 3},
        since=60,
        sightings=((18, "Gece vardiyasında iki teknisyenleri çalışıyor.", "Kerem’in ziyareti", Grade.CONFIRMED),),
    ),
    _Told(
        "Ege Aktarma A.Ş.",
        "Marmara Holding",
        {"offering": "Rulman ve kayış, grup indirimi", "strength": 3, "notes": _EGE_NOTES},
        since=200,
        sightings=((40, "Holding satın almasına grup indirimi önermişler.", "Kerem, sektör fuarı", Grade.RUMOUR),),
        share=("0.15", 40, "Fuarda konuşulan", Grade.RUMOUR),
    ),
    _Told(
        "Shenhai Drives",
        "Marmara Holding",
        {"site": "Gebze", "offering": "Servo motor", "strength": 2},
        since=320,
        sightings=((260, "Deneme için üç motor almışlar.", "Bakım şefi", Grade.CONFIRMED),),
    ),
    _Told(
        "Nordwerk Getriebe GmbH",
        "Rheinland Antriebstechnik GmbH",
        {"offering": "Tam tahrik grubu", "strength": 5, "notes": _NORD_NOTES},
        since=1500,
        sightings=(
            (
                12,
                "Sözleşmeleri Mart’ta bitiyor; yenilemeye giriyorlar.",
                "Müdür, toplantıda",
                Grade.CONFIRMED,
            ),
        ),
        share=("0.46", 12, "Müdürün toplantıda gösterdiği dağılım", Grade.DOCUMENT),
    ),
    _Told(
        "Toros Rulman San. Ltd. Şti.",
        "Gediz Pompa A.Ş.",
        {"offering": "Rulman", "strength": 2},
        since=700,
        sightings=((520, "Acil siparişleri onlardan alıyorlardı.", "Ambar sorumlusu", Grade.ASSUMED),),
        left=(150, "Acil sipariş stoğunu biz açtık; iki ay sonra onlardan almayı bıraktılar."),
    ),
)

_OURS: Final = (
    (
        "Anatolya Otomotiv San. ve Tic. A.Ş.",
        "0.45",
        24,
        "Söylenen toplam ve defterdeki ciromuz",
        Grade.CONFIRMED,
    ),
    ("Marmara Holding", "0.35", 60, "Kerem’in tahmini", Grade.ASSUMED),
    ("Rheinland Antriebstechnik GmbH", "0.32", 12, "Müdürün toplantıda gösterdiği dağılım", Grade.DOCUMENT),
)


@transaction.atomic
def write_all() -> None:
    """Write the directory, then what is known of them at each account; accounts that are not there are left out."""
    head = who(Role.HEAD)
    for name, website, remark in _DIRECTORY:
        if named(name) is None:
            add(fields={"name": name, "website": website, "remark": remark}, by=head)
    for told in _ATTACKS:
        account, competitor = _account(told.account), named(told.competitor)
        if account is not None and competitor is not None:
            _write(account, competitor, told)
    for name, share, ago, source, grade in _OURS:
        account = _account(name)
        if account is not None and not account.wallet_shares.filter(competitor=None).exists():
            _share(account, None, (share, ago, source, grade))


def _account(name: str) -> Account | None:
    found: Account | None = Account.objects.filter(name=name, merged_into=None).order_by("code").first()
    return found


def _write(account: Account, competitor: Competitor, told: _Told) -> None:
    if Presence.objects.filter(account=account, competitor=competitor).exists():
        return
    by = who(Role.KAM)
    since = today() - timedelta(days=told.since) if told.since else None
    through = Stakeholder.objects.filter(account=account, name=told.through).first() if told.through else None
    fields = {**told.fields, "since": since, "through": through}
    presence = enter(account=account, competitor=competitor, fields=fields, by=by)
    for ago, words, source, grade in told.sightings:
        seen_on = today() - timedelta(days=ago)
        see(presence=presence, seen_on=seen_on, words=words, source=source, grade=grade, by=by)
    if told.share is not None:
        _share(account, competitor, told.share)
    if told.threat is not None:
        level, reason = told.threat
        attack = attack_of(presence)
        if attack is not None and attack.computed.value != level:
            decide_threat(presence=presence, level=level, seen=None, reason=reason, by=who(Role.HEAD))
    if told.left is not None:
        ago, why = told.left
        leave(presence=presence, seen=1, left_on=today() - timedelta(days=ago), why=why, by=by)


def _share(account: Account, competitor: Competitor | None, told: tuple[str, int, str, Grade]) -> None:
    share, ago, source, grade = told
    as_of = today() - timedelta(days=ago)
    tell_share(
        account=account,
        competitor=competitor,
        share=Decimal(share),
        as_of=as_of,
        source=source,
        grade=grade,
        by=who(Role.KAM),
    )
