"""A small firm's sales, in which every column of the accounts table has something to say."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

HEADER: Final = (
    "Cari Kodu;Cari Ünvanı;Bağlı Olduğu Grup;Fatura No;Fatura Tarihi;"
    "Stok Kodu;Stok Adı;Ürün Grubu;Miktar;Net Tutar;Maliyet"
)
FIRST: Final = date(2023, 1, 2)
LAST: Final = date(2025, 12, 30)
ACME: Final = "0001"
BIRCH: Final = "0002"

BUYERS: Final = (
    # code, name, group, cents of an order, days between two, first day, last day, directions
    (ACME, "Acme Çelik A.Ş.", "", 4_123_457, 14, FIRST, LAST, ("Rulman", "Hidrolik")),
    (BIRCH, "Birch Ilgaz Ltd. Şti.", "", 1_377_331, 21, FIRST, LAST, ("Hidrolik",)),
    ("0003", "Cedar Döküm", "HOLDING", 977_113, 17, FIRST, LAST, ("Rulman", "Kayış")),
    ("0004", "Dune Kum", "HOLDING", 533_127, 30, FIRST, LAST, ("Kayış",)),
    ("0005", "Elm Orman", "", 311_177, 11, FIRST, date(2025, 8, 1), ("Rulman",)),
    ("0006", "Fir Enerji", "", 211_139, 9, date(2025, 9, 1), LAST, ("Hidrolik",)),
    ("0007", "=1+1", "", 91_157, 40, FIRST, LAST, ("Rulman",)),
    ("0008", "@SUM(A1)", "", 71_171, 45, FIRST, LAST, ("Rulman",)),
    ("0009", "İğde Tarım", "", 51_193, 33, FIRST, date(2024, 6, 1), ("Kayış",)),
    ("0010", "Ihlamur Gıda", "", 31_219, 50, FIRST, LAST, ("",)),
)
"""Acme stops buying hydraulics; Elm falls silent; Fir is new; İğde is long lost; Ihlamur's lines name no direction."""

_ACME_STOPS: Final = date(2024, 12, 1)


def text(*, upto: date = LAST, since: date = FIRST) -> bytes:
    """Write the export: amounts that occur nowhere else, a cost for every line, one row nobody can read."""
    rows = [row for row in _rows() if since <= row[0] <= upto]
    lines = [HEADER, *(";".join(cells) for _day, cells in sorted(rows))]
    lines.append("0001;Acme Çelik A.Ş.;;F9;31.02.2025;U1;Vida;Rulman;1;abc;1,00")
    return ("\r\n".join(lines) + "\r\n").encode("cp1254")


def _rows() -> Iterator[tuple[date, tuple[str, ...]]]:
    for code, name, group, cents, gap, first, last, directions in BUYERS:
        day, number = first, 0
        while day <= last:
            number += 1
            direction = directions[number % len(directions)]
            if code == ACME and direction == "Hidrolik" and day >= _ACME_STOPS:
                direction = "Rulman"
            amount = cents + number * 1_009
            cost = amount * (55 + (cents + number) % 29) // 100
            product = number % 5 + 1
            yield (
                day,
                (
                    *(code, name, group, f"F{code}{number}", f"{day:%d.%m.%Y}", f"U{product}", f"Parça {product}"),
                    *(direction, f"{number}", _money(amount), _money(cost)),
                ),
            )
            day += timedelta(gap)


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}".replace(".", ",")
