"""Ledgers in which every kind of loss happens: drawn at random from a seed, with one firm that changed its code."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

HEADER: Final = (
    "Cari Kodu;Cari Ünvanı;Fatura No;Fatura Tarihi;Stok Kodu;Stok Adı;"
    "Ürün Grubu;Bölge;Plasiyer;Miktar;Net Tutar;Maliyet"
)
FIRST: Final = date(2023, 1, 2)
LAST: Final = date(2025, 12, 30)
OLD: Final = "0900"
NEW: Final = "0901"
TURN: Final = date(2025, 3, 1)

DIRECTIONS: Final = ("Rulman", "Hidrolik", "Kayış")
REGIONS: Final = ("Marmara", "Ege", "Karadeniz")
SALES: Final = ("Aylin", "Burak")


def text(seed: int, *, accounts: int = 24, costs: bool = True, since: date = FIRST) -> bytes:
    """Write the export."""
    lines = [HEADER, *(";".join(cells) for _day, cells in sorted(_rows(random.Random(seed), accounts, costs, since)))]
    return ("\r\n".join(lines) + "\r\n").encode("cp1254")


Line = tuple[date, tuple[str, ...]]


def _rows(draw: random.Random, accounts: int, costs: bool, since: date) -> Iterator[Line]:
    for number in range(1, accounts + 1):
        gap = draw.choice((7, 11, 14, 21, 30, 45))
        first = since + timedelta(draw.choice((0, 0, 0, draw.randrange(900))))
        last = draw.choice((LAST, LAST, since + timedelta(draw.randrange(100, 1080))))
        away = since + timedelta(draw.randrange(1000))
        pause = (away, away + timedelta(draw.choice((0, 0, 120, 400))))
        dies = since + timedelta(draw.randrange(300, 1090))
        told = (f"{number:04}", f"Firma {number}", draw.choice(REGIONS), draw.choice(SALES))
        days = _days(draw, first, last, gap, pause)
        for at, day in enumerate(days):
            # From a day on everything is bought of one direction: the others died.
            direction = DIRECTIONS[0] if day >= dies else DIRECTIONS[at % len(DIRECTIONS)]
            yield _line(draw, told, at, day, direction, f"U{draw.randrange(1, 30)}", costs)
    for code, begins, ends in ((OLD, FIRST, TURN), (NEW, TURN, LAST)):
        told = (code, "Gediz Pompa Ltd. Şti." if code == OLD else "Gediz Pompa A.Ş.", REGIONS[1], SALES[0])
        for at, day in enumerate(_days(draw, max(begins, since), ends, 12, (LAST, LAST))):
            yield _line(draw, told, at, day, DIRECTIONS[1], f"P{at % 7 + 1}", costs)


def _days(draw: random.Random, first: date, last: date, gap: int, pause: tuple[date, date]) -> Iterator[date]:
    day = first
    while day <= last:
        if not pause[0] <= day < pause[1]:
            yield day
        day += timedelta(max(gap + draw.randrange(-3, 4), 1))


def _line(
    draw: random.Random, told: tuple[str, ...], at: int, day: date, direction: str, product: str, costs: bool
) -> Line:
    code, name, region, by = told
    # Now and then more comes back than was bought.
    amount = draw.randrange(-40_000, 0) if draw.random() < 0.05 else draw.randrange(10_000, 900_000)
    cost = _money(abs(amount) * 6 // 10) if costs else ""
    return day, (
        *(code, name, f"F{code}{at}", f"{day:%d.%m.%Y}", product, f"Parça {product}", direction, region, by),
        *(str(draw.randrange(1, 9)), _money(amount), cost),
    )


def _money(cents: int) -> str:
    sign, whole = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{whole // 100},{whole % 100:02}"
