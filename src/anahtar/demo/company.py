"""Who the demo company sells to: about 400 invented customers, each with a habit of buying.

The company is *Kuzey Endüstriyel Tedarik*, a Turkish supplier of bearings, hydraulics and fasteners. Every
phenomenon the analysis knows is the habit of some customer, so that each screen has something to show: a
breadwinner, a group whose companies together are a dependence, clockwork and seasonal buyers, one-off buyers,
newcomers that grow, key accounts that fall silent, leave for good, come back, lose one direction or continue under
another code.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

DIRECTIONS: Final = (
    "Rulman",
    "Hidrolik",
    "Pnömatik",
    "Kayış Kasnak",
    "Yağlama",
    "Bağlantı Elemanları",
)
REGIONS: Final = {
    "Marmara": ("İstanbul", "Bursa", "Kocaeli", "Sakarya", "Tekirdağ"),
    "Ege": ("İzmir", "Manisa", "Denizli", "Aydın"),
    "İç Anadolu": ("Ankara", "Konya", "Kayseri", "Eskişehir"),
    "Akdeniz": ("Adana", "Mersin", "Antalya", "Hatay"),
    "Karadeniz": ("Samsun", "Trabzon", "Ordu"),
    "Güneydoğu": ("Gaziantep", "Şanlıurfa", "Diyarbakır"),
    "Doğu Anadolu": ("Malatya", "Elazığ", "Erzurum"),
}
SALESPEOPLE: Final = {
    "Marmara": ("005", "Elif Işık"),
    "Ege": ("007", "Kerem Çağlar"),
    "İç Anadolu": ("011", "Gülşah Öztürk"),
    "Akdeniz": ("014", "İlker Aydın"),
    "Karadeniz": ("014", "İlker Aydın"),
    "Güneydoğu": ("021", "Şeyma Doğan"),
    "Doğu Anadolu": ("021", "Şeyma Doğan"),
}
_FIRST = (
    *("Akın", "Altınay", "Anıt", "Aras", "Aslan", "Atlas", "Ayyıldız", "Barış", "Başak", "Beyaz", "Bilge", "Bozkurt"),
    *("Can", "Cevher", "Çağdaş", "Çelikhan", "Çınar", "Defne", "Demirci", "Deniz", "Doruk", "Ece", "Efe", "Ege"),
    *("Elmas", "Emek", "Ender", "Erciyes", "Fırat", "Gediz", "Gökçe", "Güneş", "Güven", "Hazar", "Ihlamur", "Işıl"),
    *("İdeal", "İnci", "İpek", "Kale", "Kardelen", "Kartal", "Kervan", "Köprü", "Lider", "Meriç", "Mert", "Nehir"),
    *("Okyanus", "Orkide", "Öncü", "Özgür", "Petek", "Pınar", "Poyraz", "Sarmaşık", "Sedef", "Şahin", "Şimşek"),
    *("Toros", "Tuna", "Turkuaz", "Uğur", "Ulusoy", "Umut", "Ünal", "Vadi", "Yağmur", "Yıldız", "Yörük", "Zirve"),
)
_TRADE = (
    *("Makina", "Çelik", "Otomotiv", "Tekstil", "Gıda", "Çimento", "Plastik", "Tarım Makinaları", "Madencilik"),
    *("Ambalaj", "Döküm", "Enerji", "İnşaat", "Kağıt", "Lojistik", "Mobilya", "Seramik", "Kimya", "Asansör"),
)
_FORM = ("A.Ş.", "Ltd. Şti.", "San. ve Tic. A.Ş.", "San. ve Tic. Ltd. Şti.")


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer and its habit.

    Parameters
    ----------
    habit
        The phenomenon it stands for; tests ask the analysis to find it.
    yearly
        Net sales of a full year at the start, in lira.
    every
        Days between two orders, on average.
    steadiness
        Shape of the gamma distribution of the gaps: 1 buys at random, 40 like a clock.
    since, until
        First and last day on which orders are possible.
    pause
        Days in which nothing is ordered (a customer that left and came back).
    months
        Calendar months in which it buys at all; empty for every month.
    growth
        Yearly growth of its orders, 0.1 for 10 %.
    directions
        What it buys, most first.
    stops
        A direction it stops buying, and when.
    cools
        Day from which it buys half as often.
    """

    code: str
    name: str
    group: str
    region: str
    habit: str
    yearly: float
    every: float
    steadiness: float
    since: date
    until: date
    directions: tuple[str, ...]
    growth: float = 0.05
    pause: tuple[date, date] | None = None
    months: frozenset[int] = frozenset()
    stops: tuple[str, date] | None = None
    currency: str = "TRY"
    cools: date | None = None

    def pace(self, day: date) -> float:
        """Days to the next order, on average."""
        return self.every * 2 if self.cools is not None and day >= self.cools else self.every

    def buys_on(self, day: date) -> bool:
        """Whether an order is possible on that day."""
        if not self.since <= day <= self.until or (self.months and day.month not in self.months):
            return False
        return self.pause is None or not self.pause[0] <= day <= self.pause[1]

    def buys(self, direction: str, day: date) -> bool:
        """Whether it still buys that direction."""
        return self.stops is None or direction != self.stops[0] or day < self.stops[1]


@dataclass(frozen=True, slots=True)
class _Habit:
    """How many customers have a habit, and within which bounds they are drawn."""

    name: str
    count: int
    yearly: tuple[float, float]
    every: tuple[float, float]
    steadiness: float
    growth: tuple[float, float] = (-0.05, 0.15)


_HABITS: Final = (
    _Habit("regular", 26, (1_500_000, 5_500_000), (9, 24), 9),
    _Habit("irregular", 44, (600_000, 2_400_000), (25, 70), 1.3),
    _Habit("middle", 110, (90_000, 600_000), (30, 80), 2),
    _Habit("small", 116, (8_000, 90_000), (45, 140), 1.2),
    _Habit("one_off", 44, (3_000, 60_000), (1, 1), 1),
    _Habit("clockwork", 8, (700_000, 1_800_000), (91, 91), 400),
    _Habit("seasonal", 12, (300_000, 1_500_000), (12, 25), 3),
    _Habit("newcomer", 12, (60_000, 400_000), (20, 45), 2),
    _Habit("prospective", 4, (2_000_000, 4_000_000), (10, 18), 4, (1.2, 1.8)),
    _Habit("falling", 6, (1_500_000, 3_500_000), (14, 28), 4, (-0.75, -0.55)),
    _Habit("silent", 4, (3_000_000, 6_000_000), (14, 21), 8),
    _Habit("lost", 16, (150_000, 1_500_000), (20, 50), 3),
    _Habit("returned", 4, (500_000, 1_400_000), (15, 30), 4),
    _Habit("partial", 4, (2_000_000, 4_000_000), (10, 20), 5),
)


def customers(*, until: date, seed: int) -> list[Customer]:
    """Invent the customers of three years ending on a day; the same seed gives the same customers.

    Parameters
    ----------
    until
        The last day of the ledger.
    seed
        Of every choice made.

    Returns
    -------
    list of Customer
        About 400, the largest first; codes are text with leading zeros (`0012`, `120.01.0034`).
    """
    dice = random.Random(seed)
    names = _names(dice)
    start = date(until.year - 3, until.month, 1) + timedelta(days=31)
    start = start.replace(day=1)
    found = [*_giants(dice, start, until)]
    for habit in _HABITS:
        found.extend(_customer(habit, dice, next(names), start, until) for _ in range(habit.count))
    found.extend(_successor(start, until))
    found.extend(_namesakes(dice, start, until))
    found.extend(_left(start, until))
    return [replace(customer, code=_code(position)) for position, customer in enumerate(found, 1)]


def _code(position: int) -> str:
    """Code as an ERP writes it; some lose their leading zeros in careless tools, and then two customers become one."""
    return f"{position:04}" if position % 3 else f"120.01.{position:04}"


def _names(dice: random.Random) -> Iterator[str]:
    """Names of which no two differ in their legal form alone: those are for the namesakes and the successor."""
    drawn: set[str] = set()
    firms = {"Yıldız Makina"}
    while True:
        first, trade, form = dice.choice(_FIRST), dice.choice(_TRADE), dice.choice(_FORM)
        if (name := f"{first} {trade} {form}") in drawn:
            continue
        drawn.add(name)
        # The next free first name, and no second throw of the dice: everything else stays as it was drawn.
        later = (_FIRST[(_FIRST.index(first) + step) % len(_FIRST)] for step in range(len(_FIRST)))
        firm = next(one for other in later if (one := f"{other} {trade}") not in firms)
        firms.add(firm)
        yield f"{firm} {form}"


def _region(dice: random.Random) -> str:
    weights = (38, 17, 17, 11, 6, 7, 4)
    return dice.choices(tuple(REGIONS), weights)[0]


def _some_directions(dice: random.Random, at_most: int) -> tuple[str, ...]:
    return tuple(dice.sample(DIRECTIONS, dice.randint(1, at_most)))


def _giants(dice: random.Random, start: date, until: date) -> Iterator[Customer]:
    """The breadwinner, a group whose companies together are a dependence, and an exporter that pays in euro."""
    plain = Customer(
        code="",
        name="Anatolya Otomotiv San. ve Tic. A.Ş.",
        group="",
        region="Marmara",
        habit="breadwinner",
        yearly=56_000_000,
        every=7,
        steadiness=12,
        since=start - timedelta(days=900),
        until=until,
        directions=DIRECTIONS[:5],
        growth=0.08,
    )
    yield plain
    for name, yearly in (
        ("Marmara Holding Döküm A.Ş.", 32_000_000),
        ("Marmara Holding Beyaz Eşya A.Ş.", 29_000_000),
        ("MH Lojistik Ltd. Şti.", 17_000_000),
        ("MH Enerji A.Ş.", 9_000_000),
    ):
        yield replace(
            plain,
            name=name,
            group="Marmara Holding",
            habit="group",
            yearly=yearly,
            every=dice.uniform(8, 15),
            steadiness=6,
            directions=_some_directions(dice, 4),
            growth=0.04,
        )
    yield replace(
        plain,
        name="Rheinland Antriebstechnik GmbH",
        habit="export",
        yearly=5_500_000,
        every=16,
        steadiness=8,
        since=start.replace(year=start.year + 1, month=2),
        directions=("Rulman", "Hidrolik"),
        growth=0.1,
        currency="EUR",
    )


def _customer(habit: _Habit, dice: random.Random, name: str, start: date, until: date) -> Customer:
    customer = Customer(
        code="",
        name=name,
        group="",
        region=_region(dice),
        habit=habit.name,
        yearly=dice.uniform(*habit.yearly),
        every=dice.uniform(*habit.every),
        steadiness=habit.steadiness,
        since=start - timedelta(days=dice.randint(0, 900)),
        until=until,
        directions=_some_directions(dice, 4 if habit.yearly[1] > 1_000_000 else 2),
        growth=dice.uniform(*habit.growth),
    )
    return _with_fate(customer, dice, start, until)


def _with_fate(customer: Customer, dice: random.Random, start: date, until: date) -> Customer:
    """Give a customer the dates that make its habit visible."""

    def ago(least: int, most: int) -> date:
        return until - timedelta(days=dice.randint(least, most))

    match customer.habit:
        case "one_off":
            day = ago(20, (until - start).days)
            return replace(customer, since=day, until=day + timedelta(days=1))
        case "seasonal":
            return replace(customer, months=frozenset(dice.choice(((3, 4, 5, 6), (4, 5, 6), (9, 10, 11)))))
        case "newcomer":
            return replace(customer, since=ago(60, 200))
        case "prospective":
            return replace(customer, since=ago(250, 400))
        case "silent":
            return replace(customer, until=ago(70, 120), directions=(*customer.directions[:2], "Yağlama"))
        case "lost":
            return replace(customer, until=ago(420, 800))
        case "returned":
            back = ago(75, 100)
            return replace(customer, pause=(back - timedelta(days=dice.randint(400, 480)), back))
        case "partial":
            directions = ("Hidrolik", "Rulman", "Pnömatik")
            return replace(customer, directions=directions, stops=("Hidrolik", ago(150, 220)))
    return customer


def _successor(start: date, until: date) -> Iterator[Customer]:
    """One firm that changed its code: the old one dies on the day the new one is born, with the same basket."""
    change = until - timedelta(days=300)
    old = Customer(
        code="",
        name="Gediz Pompa Ltd. Şti.",
        group="",
        region="Ege",
        habit="succeeded",
        yearly=3_200_000,
        every=15,
        steadiness=5,
        since=start,
        until=change,
        directions=("Rulman", "Kayış Kasnak", "Yağlama"),
    )
    yield old
    yield replace(old, name="Gediz Pompa A.Ş.", habit="successor", since=change, until=until)


def _namesakes(dice: random.Random, start: date, until: date) -> Iterator[Customer]:
    """Two different firms of the same name: the code tells them apart."""
    for region in ("Akdeniz", "Karadeniz"):
        yield Customer(
            code="",
            name="Yıldız Makina Ltd. Şti.",
            group="",
            region=region,
            habit="namesake",
            yearly=dice.uniform(200_000, 500_000),
            every=35,
            steadiness=2,
            since=start,
            until=until,
            directions=_some_directions(dice, 2),
        )


def _left(start: date, until: date) -> Iterator[Customer]:
    """Three large ones that cooled and left for good, more than a year ago: what a warning in time would have saved.

    They bought nothing in the last twelve months, and are told last: what everybody else does stays as it was.
    """
    for name, region, yearly, every, left in (
        ("Karacadağ Tekstil Makinaları A.Ş.", "Güneydoğu", 6_200_000, 10, 385),
        ("Yeşilırmak Şeker Sanayi A.Ş.", "Karadeniz", 5_100_000, 12, 410),
        ("Ilgaz Orman Ürünleri San. ve Tic. A.Ş.", "Karadeniz", 4_600_000, 14, 440),
    ):
        yield Customer(
            code="",
            name=name,
            group="",
            region=region,
            habit="left",
            yearly=yearly,
            every=every,
            steadiness=12,
            since=start - timedelta(days=400),
            until=until - timedelta(days=left),
            directions=("Rulman", "Kayış Kasnak", "Yağlama"),
            cools=until - timedelta(days=left + 75),
        )
