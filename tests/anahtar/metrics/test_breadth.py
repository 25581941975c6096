"""Directions an account buys in and leads, and what it sends back."""

from datetime import date

import ibis
import pyarrow as pa

from anahtar.metrics.breadth import directions_bought, returned_share

MARCH = 2025 * 12 + 2


def bought(rows: list[tuple[int, int | None, int]]) -> dict[tuple[int, int], bool]:
    """Rows of account, direction, revenue in March -> {(account, direction): leads}."""
    table = pa.Table.from_pylist(
        [
            {"account_id": account, "direction_id": direction, "month": MARCH, "revenue": revenue}
            for account, direction, revenue in rows
        ]
    )
    found = directions_bought(ibis.memtable(table), first_month=MARCH, last_month=MARCH).to_pyarrow().to_pylist()
    return {(row["account_id"], row["direction_id"]): row["leads"] for row in found}


def test_the_largest_of_five_leads_and_of_equals_the_first_by_id():
    rows = [(account, 7, 100) for account in range(1, 5)] + [(5, 7, 90)]
    assert bought(rows) == {(1, 7): True, (2, 7): False, (3, 7): False, (4, 7): False, (5, 7): False}


def test_the_largest_of_four_leads_nothing():
    assert not any(bought([(account, 7, account * 10) for account in range(1, 5)]).values())


def test_what_has_no_direction_or_came_back_is_not_bought():
    assert bought([(1, None, 100), (2, 7, -5), (3, 7, 10)]) == {(3, 7): False}


def test_the_returned_share_is_what_orders_lost_on_the_way_to_revenue():
    """Account 1 ordered 200 and kept 150: a quarter came back; account 2 kept everything; 3 only returned."""
    months = pa.table({"account_id": [1, 2, 3], "month": [MARCH] * 3, "revenue": [150, 80, -20]})
    days = pa.table(
        {
            "account_id": [1, 1, 2],
            "sold_on": [date(2025, 3, 1), date(2025, 3, 9), date(2025, 3, 2)],
            "amount": [120, 80, 80],
        }
    )
    table = returned_share(ibis.memtable(months), ibis.memtable(days), first_month=MARCH, last_month=MARCH)
    assert {row["account_id"]: (row["returned"], row["returns"]) for row in table.to_pyarrow().to_pylist()} == {
        1: (50, 0.25),
        2: (0, 0.0),
    }
