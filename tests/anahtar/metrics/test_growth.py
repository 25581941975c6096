"""The last six months of an account against the six before."""

from datetime import date

import ibis
import pyarrow as pa

from anahtar.metrics.growth import growth

DECEMBER = 2025 * 12 + 11


def test_two_halves_are_told_apart_at_the_month():
    """
    account 1  2024-12: 999 (too old)   2025-06: 100   2025-07: 70   2025-12: 60 and a return of 10
    account 2  2025-03: 50 only
    account 3  a return of 5 in 2025-08, no purchase
    """
    rows = [(1, 2024 * 12 + 11, 999), (1, DECEMBER - 6, 100), (1, DECEMBER - 5, 70), (1, DECEMBER, 50)]
    rows += [(2, DECEMBER - 9, 50), (3, DECEMBER - 4, -5)]
    days = [(1, date(2024, 12, 5), 999), (1, date(2025, 6, 30), 100), (1, date(2025, 7, 1), 70)]
    days += [(1, date(2025, 12, 31), 60), (2, date(2025, 3, 3), 50)]
    table = growth(
        ibis.memtable(pa.table(dict(zip(("account_id", "month", "revenue"), zip(*rows, strict=True), strict=True)))),
        ibis.memtable(pa.table(dict(zip(("account_id", "sold_on", "amount"), zip(*days, strict=True), strict=True)))),
        last_month=DECEMBER,
    )
    found = {row.pop("account_id"): tuple(row.values()) for row in table.to_pyarrow().to_pylist()}
    assert found == {1: (120, 100, 2, 1, 70), 2: (0, 50, 0, 1, 0), 3: (-5, 0, 0, 0, 0)}
