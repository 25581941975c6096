"""Three years of tenders of the largest accounts: won, lost and never bid for, and open ones on every stage."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import who
from anahtar_web.people.models import User
from anahtar_web.tenders.actions import (
    Decision,
    change,
    decide,
    move,
    start,
    write_criteria,
    write_lots,
    write_participants,
)
from anahtar_web.tenders.actions.deciding import DecidedLot
from anahtar_web.tenders.actions.writing import SaidLot, SaidParticipant
from anahtar_web.tenders.models import Outcome, Reason, Stage, Tender

_UNITS: Final = 10_000

_ANATOLYA: Final = "Anatolya Otomotiv San. ve Tic. A.Ş."
_DOKUM: Final = "Marmara Holding Döküm A.Ş."
_BEYAZ: Final = "Marmara Holding Beyaz Eşya A.Ş."
_LOJISTIK: Final = "MH Lojistik Ltd. Şti."
_ENERJI: Final = "MH Enerji A.Ş."
_RHEIN: Final = "Rheinland Antriebstechnik GmbH"

_EGE: Final = "Ege Aktarma A.Ş."
_BALTEK: Final = "Baltek Hidrolik San. A.Ş."
_NORD: Final = "Nordwerk Getriebe GmbH"
_IST: Final = "İstanbul Endüstri Tedarik"
_MEGA: Final = "Mega Teknik Ltd. Şti."

_BY_PRICE: Final = (("Fiyat", 60), ("Teslim süresi", 25), ("Kalite belgeleri", 15))
_BY_TIME: Final = (("Teslim süresi", 45), ("Fiyat", 40), ("Stok garantisi", 15))
_BY_QUALITY: Final = (("Kalite belgeleri", 40), ("Fiyat", 35), ("Teknik destek", 25))


@dataclass(frozen=True, slots=True)
class _Lot:
    """A lot: our price and the winner's in whole units of the currency; 0: unknown."""

    name: str
    ours: int
    theirs: int = 0
    winner: str = ""
    won: bool = False
    rank: int = 0
    quantity: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Past:
    """A tender that is decided; `ago`: days since it was announced."""

    account: str
    title: str
    direction: str
    ago: int
    outcome: str
    criteria: Sequence[tuple[str, int]]
    lots: Sequence[_Lot]
    others: Sequence[str]
    theirs: str = ""
    their_words: str = ""
    ours: str = ""
    our_words: str = ""
    lessons: str = ""


_PAST: Final = (
    _Past(
        _ANATOLYA, "Rulman yıllık çerçeve alımı 2024", "Rulman", 1130, Outcome.WON, _BY_PRICE,
        [_Lot("", 4_850_000, won=True, rank=1)], [_EGE, _IST],
        lessons="Stok taahhüdü fiyat farkını kapattı; teklifin ilk sayfasına yazılmalı.",
    ),
    _Past(
        _ANATOLYA, "Rulman yıllık çerçeve alımı 2025", "Rulman", 765, Outcome.WON, _BY_PRICE,
        [_Lot("", 5_620_000, won=True, rank=1)], [_EGE, _MEGA],
    ),
    _Past(
        _ANATOLYA, "Rulman yıllık çerçeve alımı 2026", "Rulman", 398, Outcome.PARTLY, _BY_TIME,
        [
            _Lot("Pres hattı", 3_910_000, won=True, rank=1),
            _Lot("Montaj hattı", 2_480_000, 2_260_000, _EGE, rank=2),
        ],
        [_EGE, _IST],
        theirs="delivery", their_words="Montaj hattında 48 saat teslim istedik, siz 5 gün yazdınız.",
        ours="delivery", our_words="Bursa deposunda stok yoktu; fiyat ikinci planda kaldı.",
        lessons="- Teslim sınırını **soru döneminde** sormak gerek.\n- Bursa deposunda hızlı dönen 40 kalem tutulacak.",
    ),
    _Past(
        _ANATOLYA, "Hidrolik ünite yenileme", "Hidrolik", 905, Outcome.LOST, _BY_QUALITY,
        [_Lot("", 2_750_000, 2_690_000, _BALTEK, rank=2)], [_BALTEK],
        theirs="quality", their_words="Referans listesi zayıf bulundu.",
        ours="specification", our_words="Şartname Baltek’in ünitesine göre yazılmıştı.",
        lessons="Şartname yazılmadan önce teknik ekiple görüşülmeli.",
    ),
    _Past(
        _ANATOLYA, "Hidrolik hortum ve rakor", "Hidrolik", 520, Outcome.LOST, _BY_PRICE,
        [_Lot("", 1_180_000, 1_010_000, _BALTEK, rank=3)], [_BALTEK, _MEGA],
        theirs="price", ours="price", our_words="Hortumda ithalatçı iskontosu almadan girdik.",
        lessons="Hortumda üreticiden proje iskontosu istenmeden teklif verilmez.",
    ),
    _Past(
        _DOKUM, "Bakım duruşu rulman paketi 2024", "Rulman", 1010, Outcome.LOST, _BY_PRICE,
        [_Lot("", 3_300_000, 2_990_000, _EGE, rank=2)], [_EGE, _IST],
        theirs="price", their_words="Fark yüzde onun üstündeydi.", ours="price",
    ),
    _Past(
        _DOKUM, "Bakım duruşu rulman paketi 2025", "Rulman", 650, Outcome.WON, _BY_TIME,
        [_Lot("", 3_450_000, won=True, rank=1)], [_EGE],
        lessons="Duruş takvimine göre kademeli teslim önerisi kazandırdı.",
    ),
    _Past(
        _DOKUM, "Bakım duruşu rulman paketi 2026", "Rulman", 288, Outcome.WON, _BY_TIME,
        [_Lot("", 3_980_000, won=True, rank=1)], [_EGE, _MEGA],
    ),
    _Past(
        _DOKUM, "Merkezi yağlama sistemi", "Yağlama", 470, Outcome.NO_BID, _BY_QUALITY,
        [_Lot("", 0)], [_NORD],
        ours="specification", our_words="Sıcaklık sınırı ürünlerimizin dışında.",
    ),
    _Past(
        _BEYAZ, "Pnömatik silindir ve valf", "Pnömatik", 820, Outcome.WON, _BY_PRICE,
        [_Lot("", 2_140_000, won=True, rank=1)], [_MEGA, _IST],
    ),
    _Past(
        _BEYAZ, "Pnömatik hat yenileme", "Pnömatik", 340, Outcome.LOST, _BY_PRICE,
        [_Lot("", 2_960_000, 2_740_000, _MEGA, rank=2)], [_MEGA, _IST],
        theirs="price", ours="terms", our_words="90 gün vade istediler, biz 60 günde kaldık.",
        lessons="Vade sorusu finansla teklif öncesi konuşulmalı.",
    ),
    _Past(
        _BEYAZ, "Kayış kasnak yıllık alım", "Kayış Kasnak", 590, Outcome.CANCELLED, _BY_PRICE,
        [_Lot("", 980_000)], [_IST],
    ),
    _Past(
        _LOJISTIK, "Konveyör rulman ve kayış", "Kayış Kasnak", 700, Outcome.WON, _BY_TIME,
        [
            _Lot("Rulman", 1_320_000, won=True, rank=1, quantity=2400, unit="adet"),
            _Lot("Kayış", 640_000, won=True, rank=1, quantity=850, unit="adet"),
        ],
        [_IST],
    ),
    _Past(
        _LOJISTIK, "Konveyör bakım sözleşmesi", "Kayış Kasnak", 120, Outcome.LOST, _BY_TIME,
        [_Lot("", 1_490_000, 1_420_000, _IST, rank=2)], [_IST, _MEGA],
        theirs="service", their_words="Gece vardiyasında servis istedik.",
        ours="service", our_words="Gece servisi yok; rakip iki teknisyen bıraktı.",
        lessons="Gece servisi için taşeron anlaşması araştırılıyor.",
    ),
    _Past(
        _ENERJI, "Türbin yatak rulmanları", "Rulman", 560, Outcome.LOST, _BY_QUALITY,
        [_Lot("", 4_120_000, 4_330_000, _NORD, rank=1)], [_NORD],
        ours="incumbent", our_words="Daha ucuzduk; yıllardır aynı tedarikçiyle çalışıyorlar.",
        lessons="Fiyat tek başına yetmiyor: önce bir deneme siparişi almak gerek.",
    ),
    _Past(
        _ENERJI, "Santral bağlantı elemanları", "Bağlantı Elemanları", 140, Outcome.WON, _BY_PRICE,
        [_Lot("", 890_000, won=True, rank=1)], [_IST, _MEGA],
    ),
    _Past(
        _RHEIN, "Rahmenvertrag Wälzlager 2023", "Rulman", 1180, Outcome.WON, _BY_QUALITY,
        [_Lot("", 310_000, won=True, rank=1)], [_NORD],
    ),
    _Past(
        _RHEIN, "Rahmenvertrag Wälzlager 2025", "Rulman", 610, Outcome.LOST, _BY_QUALITY,
        [_Lot("", 365_000, 352_000, _NORD, rank=2)], [_NORD],
        theirs="quality", their_words="Parti izlenebilirliğinde eksik belge vardı.", ours="quality",
        our_words="İki partide malzeme belgesi geç geldi.",
        lessons="- Belge paketi sevkten **önce** gider.\n- Kalite masası her parti için kontrol listesi tutacak.",
    ),
    _Past(
        _RHEIN, "Spannelemente", "Bağlantı Elemanları", 420, Outcome.WITHDRAWN, _BY_PRICE,
        [_Lot("", 74_000)], [_NORD],
        ours="terms", our_words="Sözleşmedeki cezai şart kabul edilmedi.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Open:
    """A tender under way; days from today."""

    account: str
    title: str
    direction: str
    stage: str
    announced: int
    deadline: int
    estimate: int
    criteria: Sequence[tuple[str, int]]
    others: Sequence[str]
    price: int = 0
    notes: str = ""


_UNDER_WAY: Final = (
    _Open(_ANATOLYA, "Rulman yıllık çerçeve alımı 2027", "Rulman", Stage.PREPARING, -24, 9, 6_900_000, _BY_TIME,
          [_EGE, _IST], notes="Montaj hattı için **48 saat** teslim şartı yine var. Bursa deposu stok listesi hazır."),
    _Open(_ANATOLYA, "Pnömatik hat bakım paketi", "Pnömatik", Stage.ANNOUNCED, -6, 27, 1_600_000, _BY_PRICE, [_MEGA]),
    _Open(_DOKUM, "Hidrolik silindir revizyonu", "Hidrolik", Stage.PREPARING, -31, -3, 2_100_000, _BY_QUALITY,
          [_BALTEK], notes="Süre uzatımı istendi, yanıt bekleniyor."),
    _Open(_BEYAZ, "Kayış kasnak yıllık alım 2027", "Kayış Kasnak", Stage.SUBMITTED, -48, -12, 1_150_000, _BY_PRICE,
          [_IST, _MEGA], price=1_090_000),
    _Open(_ENERJI, "Türbin yatak rulmanları 2027", "Rulman", Stage.NEGOTIATION, -75, -34, 4_400_000, _BY_QUALITY,
          [_NORD], price=4_260_000, notes="İkinci tur görüşme yapıldı; deneme siparişi teklif edildi."),
    _Open(_LOJISTIK, "Depo otomasyonu bağlantı elemanları", "Bağlantı Elemanları", Stage.ANNOUNCED, -2, 12, 720_000,
          _BY_PRICE, [_IST]),
    _Open(_RHEIN, "Rahmenvertrag Wälzlager 2027", "Rulman", Stage.SUBMITTED, -40, -8, 390_000, _BY_QUALITY, [_NORD],
          price=371_000),
)  # fmt: skip


@transaction.atomic
def write_all() -> None:
    """Write the past first, then what is under way; a tender that stands there already is left."""
    accounts = {name: account for name in _names() if (account := _account(name)) is not None}
    reasons = {reason.code: reason for reason in Reason.objects.exclude(code="")}
    managers = managers_of([account.pk for account in accounts.values()], today())
    for past in _PAST:
        if (account := accounts.get(past.account)) and not _is_there(account, past.title):
            _write_past(past, account, managers.get(account.pk) or who(Role.HEAD), reasons)
    for under_way in _UNDER_WAY:
        if (account := accounts.get(under_way.account)) and not _is_there(account, under_way.title):
            _write_open(under_way, account, managers.get(account.pk) or who(Role.HEAD))


def _names() -> Iterator[str]:
    yield from dict.fromkeys(told.account for told in (*_PAST, *_UNDER_WAY))


def _account(name: str) -> Account | None:
    found: Account | None = Account.objects.filter(name=name, merged_into=None).order_by("code").first()
    return found


def _is_there(account: Account, title: str) -> bool:
    return Tender.objects.filter(account=account, title=title).exists()


def _write_past(told: _Past, account: Account, by: User, reasons: Mapping[str, Reason]) -> None:
    announced = today() - timedelta(days=told.ago)
    deadline, decided = announced + timedelta(days=32), announced + timedelta(days=61)
    currency = _currency(told.account)
    tender = start(
        account=account,
        by=by,
        title=told.title,
        reference=f"{announced:%Y}/{1000 + told.ago}",
        direction=told.direction,
        announced_on=announced,
        questions_until=announced + timedelta(days=14),
        deadline=deadline,
        currency=currency,
        owner=by,
        estimate=sum(lot.ours for lot in told.lots) * _UNITS or None,
    )
    _write_parts(tender, told.criteria, told.others, by)
    lots = [
        SaidLot(
            place=place if place == 1 else 0,
            name=lot.name,
            quantity=Decimal(lot.quantity) if lot.quantity else None,
            unit=lot.unit,
            our_price=lot.ours * _UNITS or None,
        )
        for place, lot in enumerate(told.lots, 1)
    ]
    if any(lot.our_price or lot.name for lot in lots):
        write_lots(tender=tender, version=tender.version, lots=lots, by=by)
    decide(tender=tender, version=tender.version, decision=_decision(told, decided, reasons), by=by)


def _decision(told: _Past, decided: date, reasons: Mapping[str, Reason]) -> Decision:
    several = told.outcome == Outcome.PARTLY
    return Decision(
        outcome=told.outcome,
        decided_on=decided,
        lots=[
            DecidedLot(
                place=place,
                outcome=("won" if lot.won else "lost") if several else "",
                winner=lot.winner,
                winner_price=lot.theirs * _UNITS or None,
                our_price=lot.ours * _UNITS or None,
                rank=lot.rank or None,
            )
            for place, lot in enumerate(told.lots, 1)
        ],
        their_reason=reasons.get(told.theirs),
        their_words=told.their_words,
        our_reason=reasons.get(told.ours),
        our_words=told.our_words,
        lessons=told.lessons,
    )


def _write_open(told: _Open, account: Account, by: User) -> None:
    announced = today() + timedelta(days=told.announced)
    tender = start(
        account=account,
        by=by,
        title=told.title,
        reference=f"{announced:%Y}/{2000 - told.announced}",
        direction=told.direction,
        announced_on=announced,
        deadline=today() + timedelta(days=told.deadline),
        currency=_currency(told.account),
        owner=by,
        estimate=told.estimate * _UNITS,
    )
    _write_parts(tender, told.criteria, told.others, by)
    if told.price:
        price = SaidLot(place=1, our_price=told.price * _UNITS)
        write_lots(tender=tender, version=tender.version, lots=[price], by=by)
        expected = today() + timedelta(days=20)
        change(tender=tender, version=tender.version, by=by, expected_on=expected)
    if told.notes:
        change(tender=tender, version=tender.version, by=by, notes=told.notes)
    if told.stage != Stage.ANNOUNCED:
        move(tender=tender, version=tender.version, stage=told.stage, by=by)


def _write_parts(tender: Tender, criteria: Sequence[tuple[str, int]], others: Sequence[str], by: User) -> None:
    weighted = [(name, Decimal(weight)) for name, weight in criteria]
    write_criteria(tender=tender, version=tender.version, criteria=weighted, by=by)
    rivals = [SaidParticipant(name) for name in others]
    write_participants(tender=tender, version=tender.version, participants=rivals, by=by)


def _currency(account: str) -> str:
    return "EUR" if account == _RHEIN else "TRY"
