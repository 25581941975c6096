"""What the company knows of three key accounts: two years of facts, some stale by now, some only rumours."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction

from anahtar.money import UNITS
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import now, today
from anahtar_web.dossier.actions import Evidence, keep, note_reading, write_fact
from anahtar_web.dossier.kinds import Kind, every
from anahtar_web.dossier.models import Contract, Demand, Fact, Permission
from anahtar_web.dossier.queries import stood_in
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import named, who
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions import note_sight

Line = tuple[str, Any, str, int, str]
"""Kind, value, grade, days ago, source."""

_SURE, _PAPER, _GUESS, _HEARD = "confirmed", "document", "assumed", "rumour"

_ANATOLYA: Final[Sequence[Line]] = (
    (
        "description",
        "Binek ve hafif ticari araçlar için **aks, fren ve süspansiyon parçaları** üretir.\n\n"
        "- Üretimin %70’i ana sanayiye, kalanı yedek parçaya\n- İki vardiya; ağustosta iki hafta bakım duruşu",
        _SURE,
        160,
        "Fabrika ziyareti, üretim müdürü",
    ),
    ("size_class", "large", _PAPER, 330, "2025 faaliyet raporu"),
    ("headcount", 1180, _PAPER, 690, "SGK bildirgesi, ihale dosyası eki"),
    ("headcount", 1240, _SURE, 150, "İnsan kaynakları müdürüyle görüşme"),
    ("headcount", 1100, _HEARD, 20, "Servis ekibi duymuş: üçüncü vardiya kaldırılacakmış"),
    ("turnover", (3_850_000_000, "TRY"), _PAPER, 540, "İSO 500 listesi"),
    ("turnover", (4_620_000_000, "TRY"), _PAPER, 170, "İSO 500 listesi"),
    ("ownership", "Yıldırım ailesi %62, halka açık %38", _PAPER, 400, "KAP bildirimi"),
    (
        "structure",
        "Satın alma genel müdür yardımcısına bağlı; **kategori yöneticileri** rulman, hidrolik ve kızak için ayrı.",
        _SURE,
        150,
        "Organizasyon şeması, satın alma toplantısı",
    ),
    ("need", (96_000_000, "TRY"), _GUESS, 120, "Bakım planından hesapladık"),
    (
        "buying_process",
        "1. Kategori yöneticisi teknik onayı alır\n2. Üç teklif\n3. 5 Mn üstü satın alma kurulunda, ayın ilk salısı",
        _SURE,
        210,
        "Kategori yöneticisi anlattı",
    ),
    ("budget_time", "Eylül–ekim; kasımda yönetim kurulu onaylar", _SURE, 420, "Finans müdürü"),
    ("second_source", True, _GUESS, 60, "Son iki teklifte rakip de çağrıldı"),
    ("payment_terms", "Fatura tarihinden 75 gün, ay sonu", _PAPER, 300, "Çerçeve sözleşme madde 9"),
    ("credit", "AA (Findeks), limit 40 Mn TRY", _PAPER, 250, "Kredi sigortası raporu"),
    (
        "strategy",
        "Elektrikli araç aksına geçiş: 2027’ye kadar **cironun %30’u** yeni hatlardan.\n\nYerli tedarik hedefi %80.",
        _PAPER,
        190,
        "Yatırımcı sunumu",
    ),
    ("goal", "Hurda oranını %1,8’den %1,2’ye indirmek", _SURE, 150, "Kalite müdürü"),
    ("goal", "Tedarikçi sayısını 400’den 250’ye düşürmek", _SURE, 330, "Satın alma toplantısı"),
    ("investment", (date(2027, 3, 1), "Elektrikli aks hattı, 2. faz"), _GUESS, 90, "İhale ilanından"),
    ("founded", date(1978, 5, 12), _PAPER, 700, "Ticaret sicili"),
    ("event", (date(1996, 9, 1), "Bursa OSB’deki ikinci fabrika"), _PAPER, 700, "Şirket tarihçesi"),
    ("event", (date(2011, 6, 15), "Borsaya açılma"), _PAPER, 700, "KAP"),
    ("event", (date(2019, 2, 1), "Romanya’da satış şirketi"), _SURE, 500, "Fuar görüşmesi"),
    ("event", (date(2024, 11, 4), "Elektrikli aks hattı, 1. faz"), _PAPER, 320, "Basın bülteni"),
    ("site", ("Merkez fabrika", "Bursa Nilüfer", "Rulman ve hidrolik; satın alma burada"), _SURE, 150, "Ziyaret"),
    ("site", ("Bursa OSB", "Bursa", "Lineer kızak, otomasyon; bakım şefi doğrudan sipariş verir"), _SURE, 460, ""),
    ("site", ("Yedek parça deposu", "Gebze", "Küçük miktarlar, kataloğdan"), _GUESS, 120, ""),
    ("capacity", "Yılda 1,9 milyon aks; hatlar %85 dolu", _SURE, 300, "Üretim müdürü"),
    ("sector_place", "Türkiye’nin üçüncü büyük aks üreticisi", _PAPER, 170, "TAYSAD raporu"),
    ("customer", "Avrupalı bir hafif ticari araç üreticisi (cironun yarısı)", _SURE, 190, ""),
    ("customer", "Yerli traktör üreticisi", _SURE, 190, ""),
    ("supplier", "Çelik: tek kaynak, Ereğli", _SURE, 190, "Risk toplantısı"),
    ("regulator", "IATF 16949 ve CBAM karbon bildirimi", _PAPER, 120, "Kalite el kitabı"),
    ("strength", "Ana sanayiyle on yıllık sözleşmeler", _SURE, 150, ""),
    ("weakness", "Bakım planı her ağustosta gecikiyor, acil sipariş doğuyor", _SURE, 150, ""),
    ("opportunity", "Elektrikli aks hattının rulmanları henüz kimseye verilmedi", _SURE, 60, "Bakım şefi"),
    ("threat", "Yeni satın alma direktörü eski firmasının tedarikçisini getirebilir", _HEARD, 45, ""),
    ("recommends", True, _SURE, 220, "İki referans görüşmesi yaptılar"),
    ("standards", "IATF 16949\nISO 14001\nParti izlenebilirliği (3.1 sertifika)", _PAPER, 260, "Tedarikçi el kitabı"),
    ("audits", "Yılda bir, mayısta; iki günlük süreç denetimi", _SURE, 190, "Kalite müdürü"),
    ("lesson", "Kaplamalı rulmanı onların arıza analiziyle geliştirdik", _SURE, 400, ""),
)
_MARMARA: Final[Sequence[Line]] = (
    (
        "description",
        "Gıda, ambalaj ve enerji şirketleri olan **aile holdingi**. Fabrikalar ayrı, satın alma kararı merkezde.",
        _SURE,
        240,
        "Holding tanıtım toplantısı",
    ),
    ("size_class", "large", _PAPER, 500, "Konsolide rapor"),
    ("headcount", 4300, _PAPER, 500, "Konsolide rapor"),
    ("turnover", (18_400_000_000, "TRY"), _PAPER, 480, "Konsolide rapor"),
    ("ownership", "Aile vakfı %100; kuşak devri 2026’da", _HEARD, 70, "Sektör toplantısında konuşuldu"),
    ("need", (140_000_000, "TRY"), _GUESS, 260, "Beş fabrikanın bakım bütçesi"),
    ("buying_process", "Merkez satın alma **çerçeve fiyatı** belirler, fabrikalar çeker.", _SURE, 300, ""),
    ("budget_time", "Haziranda; holding yılı temmuzda başlar", _SURE, 350, "Mali işler"),
    ("second_source", False, _GUESS, 200, ""),
    ("payment_terms", "90 gün, çek", _SURE, 390, ""),
    ("credit", "Sorunsuz; sigorta limiti 60 Mn TRY", _PAPER, 90, "Kredi sigortası"),
    ("strategy", "Ambalajda ihracat; enerji tasarrufu için **bakım merkezileştirmesi**.", _GUESS, 220, ""),
    ("goal", "Tek bakım yazılımı, tek yedek parça havuzu", _SURE, 100, "Teknik direktör"),
    ("founded", date(1969, 1, 1), _PAPER, 700, "Ticaret sicili"),
    ("event", (date(2006, 4, 1), "Ambalaj şirketinin satın alınması"), _PAPER, 700, ""),
    ("event", (date(2021, 10, 1), "Rüzgâr santrali ortaklığı"), _SURE, 600, ""),
    ("site", ("Holding merkezi", "İstanbul Maslak", "Çerçeve sözleşmeler; satın alma direktörü"), _SURE, 100, ""),
    ("site", ("Gıda fabrikası", "Balıkesir", "Paslanmaz rulman; bakım müdürü etkiler"), _SURE, 560, ""),
    ("customer", "Zincir marketler", _GUESS, 300, ""),
    ("strength", "Beş fabrikada tek karar verici", _SURE, 200, ""),
    ("threat", "Kuşak devrinde danışman firma tedarikçileri sıfırdan değerlendirecek", _HEARD, 70, ""),
)
_RHEINLAND: Final[Sequence[Line]] = (
    (
        "description",
        "Endüstriyel **dişli kutusu ve tahrik** üreticisi; Köln’de Ar-Ge, Türkiye’den rulman alıyor.",
        _SURE,
        200,
        "Almanya ziyareti",
    ),
    ("headcount", 860, _PAPER, 330, "Bundesanzeiger"),
    ("turnover", (212_000_000, "EUR"), _PAPER, 330, "Bundesanzeiger"),
    ("ownership", "Aile %74, yatırım fonu %26", _PAPER, 600, "Handelsregister"),
    ("need", (3_100_000, "EUR"), _SURE, 140, "Yıllık fiyat görüşmesi"),
    ("buying_process", "Tedarikçi kurulu yılda iki kez; **kalite veto hakkına** sahip.", _SURE, 260, ""),
    ("payment_terms", "30 gün net", _PAPER, 380, "Sözleşme"),
    ("strategy", "Rüzgâr tahriklerinde Avrupa ikinciliği.", _PAPER, 330, "Basın toplantısı"),
    ("goal", "2030’da karbon nötr üretim", _PAPER, 330, "Sürdürülebilirlik raporu"),
    ("founded", date(1921, 1, 1), _PAPER, 700, "Handelsregister"),
    ("event", (date(1958, 1, 1), "İlk planet dişli kutusu"), _PAPER, 700, "Şirket müzesi"),
    ("event", (date(1994, 1, 1), "Köln’de Ar-Ge merkezi"), _PAPER, 700, ""),
    ("event", (date(2016, 5, 1), "Hannover’de yenilik ödülü"), _PAPER, 700, ""),
    ("event", (date(2023, 9, 1), "Yüzüncü yıl kataloğunda adımız geçti"), _SURE, 650, ""),
    ("site", ("Köln", "Almanya", "Tüm rulman satın alması; stratejik satın alma"), _SURE, 200, ""),
    ("sector_place", "Endüstriyel tahrikte Almanya’nın ilk beşinde", _PAPER, 400, "VDMA"),
    ("known_for", "Yirmi yıl garanti verdiği rüzgâr dişli kutuları", _SURE, 200, ""),
    ("recommends", True, _SURE, 130, "İki yeni müşteri onların tavsiyesiyle geldi"),
    ("award", "Deutscher Innovationspreis 2016", _PAPER, 700, ""),
    ("standards", "DIN 51819\nISO 9001\nREACH beyanı", _PAPER, 280, "Tedarikçi portalı"),
    ("audits", "İki yılda bir; son denetim 94 puan", _PAPER, 500, "Denetim raporu"),
)
_OF: Final[Mapping[str, Sequence[Line]]] = {
    "Anatolya Otomotiv San. ve Tic. A.Ş.": _ANATOLYA,
    "Marmara Holding": _MARMARA,
    "Rheinland Antriebstechnik GmbH": _RHEINLAND,
}


@transaction.atomic
def write_all() -> None:
    """Write what is known of three key accounts, their contracts and demands, and who has read it."""
    kinds = every()
    for name, lines in _OF.items():
        account = Account.objects.filter(name=name, merged_into=None).order_by("code").first()
        if account is None or Fact.objects.filter(account=account).exists():
            continue
        for number, line in enumerate(sorted(lines, key=lambda one: -one[3])):
            by = named(("Elif Işık", "Kerem Çağlar", "Mina Korkut")[number % 5 // 2])
            _write(account, kinds[line[0]], line, by)
        _sheets(account, name)
        for person in (who(Role.HEAD), who(Role.DIRECTOR), named("Elif Işık"), named("Mina Korkut")):
            note_reading(account=account, by=person)
            note_sight(account=account, who=None, by=person)


def _write(account: Account, kind: Kind, line: Line, by: User) -> None:
    _code, value, grade, ago, source = line
    day = today() - timedelta(days=ago)
    stands = None if kind.many else stood_in(account, kind, None)
    write_fact(
        account=account,
        kind=kind,
        value=_columns(kind, value),
        evidence=Evidence(grade=grade, known_on=day, source=source),
        seen=stands.fact.pk if stands else None,
        by=by,
        at=_at(day),
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(16, 20), tzinfo=now().tzinfo)


def _columns(kind: Kind, value: Any) -> dict[str, Any]:
    match kind.form:
        case "money":
            return {"money": value[0] * UNITS, "currency": value[1]}
        case "event":
            return {"day": value[0], "text": value[1]}
        case "site":
            return {"text": value[0], "locality": value[1], "detail": value[2]}
        case "number":
            return {"number": value}
        case "date":
            return {"day": value}
        case "yes_no":
            return {"flag": value}
    return {"text": value}


def _sheets(account: Account, name: str) -> None:
    day, head, kam = today(), who(Role.HEAD), named("Elif Işık")
    if name.startswith("Anatolya"):
        frame = {
            "title": "Yıllık çerçeve sözleşme (rulman, hidrolik)",
            "starts_on": date(day.year, 1, 1),
            "ends_on": date(day.year, 12, 31),
            "notice_by": day + timedelta(days=24),
            "renews": True,
            "money": 62_000_000 * UNITS,
            "currency": "TRY",
            "remark": "Fiyatlar altı ayda bir ÜFE ile güncellenir; 1 Mn üstü gecikme cezalı.",
        }
        keep(model=Contract, account=account, fields=frame, by=head, at=_at(day - timedelta(days=300)))
        stock = {
            "title": "Konsinye stok, Bursa OSB",
            "starts_on": day - timedelta(days=200),
            "ends_on": day + timedelta(days=530),
            "notice_by": day + timedelta(days=440),
        }
        keep(model=Contract, account=account, fields=stock, by=kam, at=_at(day - timedelta(days=200)))
        _demands(account, kam)
        uses = {"what": "call", "state": "allowed", "uses": "Yılda en çok üç telefon", "proof": "Genel müdürün maili"}
        keep(model=Permission, account=account, fields=uses, by=kam, at=_at(day - timedelta(days=220)))
    elif name.startswith("Marmara"):
        fields = {
            "title": "Holding çerçeve fiyat anlaşması",
            "starts_on": day - timedelta(days=390),
            "ends_on": day - timedelta(days=25),
            "money": 80_000_000 * UNITS,
            "currency": "TRY",
            "remark": "Uzatma sözlü; imza bekleniyor.",
        }
        keep(model=Contract, account=account, fields=fields, by=head, at=_at(day - timedelta(days=390)))
    else:
        _references(account, day)


def _demands(account: Account, kam: User) -> None:
    day = today()
    first = {
        "subject": "quality",
        "demand": "Her partide 3.1 malzeme sertifikası, elektronik olarak",
        "since": day - timedelta(days=420),
        "state": "working",
        "owner": kam,
    }
    opened = keep(model=Demand, account=account, fields=first, by=kam, at=_at(day - timedelta(days=420)))
    answered = {**first, "state": "answered", "answer": "Sertifikalar irsaliyeyle birlikte portala yükleniyor."}
    at = _at(day - timedelta(days=240))
    keep(model=Demand, account=account, fields=answered, seen=opened, by=kam, at=at)
    for fields in (
        {
            "subject": "delivery",
            "demand": "Acil siparişte 24 saat içinde Bursa’da teslim",
            "since": day - timedelta(days=120),
            "answer": "Konsinye stok önerdik; A sınıfı 40 kalem için başladı, kalanı ölçülüyor.",
            "state": "working",
            "owner": kam,
        },
        {
            "subject": "product",
            "demand": "Elektrikli aks için 18.000 devirde gürültü raporu",
            "since": day - timedelta(days=35),
            "state": "open",
        },
    ):
        keep(model=Demand, account=account, fields=fields, by=kam, at=_at(day - timedelta(days=30)))


def _references(account: Account, day: date) -> None:
    mina = named("Mina Korkut")
    for fields in (
        {
            "what": "logo",
            "state": "allowed",
            "uses": "İnternet sitesi ve fuar standı; ürün kutusunda değil",
            "until": day + timedelta(days=210),
            "proof": "Pazarlama sözleşmesi eki 2",
        },
        {"what": "story", "state": "asked", "uses": "Rüzgâr dişli kutusu başarı hikâyesi", "proof": ""},
        {"what": "visit", "state": "allowed", "uses": "Köln’de yılda bir ziyaret", "until": day - timedelta(days=20)},
    ):
        keep(model=Permission, account=account, fields=fields, by=mina, at=_at(day - timedelta(days=260)))
    fields = {
        "title": "Liefervertrag Wälzlager",
        "starts_on": day - timedelta(days=660),
        "ends_on": day + timedelta(days=435),
        "notice_by": day + timedelta(days=75),
        "money": 6_200_000 * UNITS,
        "currency": "EUR",
    }
    keep(model=Contract, account=account, fields=fields, by=mina, at=_at(day - timedelta(days=660)))
