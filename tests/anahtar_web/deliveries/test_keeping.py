"""The last word on a line holds, no word is lost, and an import goes whole."""

from datetime import date
from typing import Any

from anahtar_web.accounts.models import Account
from anahtar_web.deliveries.actions.keeping import find_accounts
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.deliveries.queries.lines import lines
from tests.anahtar_web.deliveries.conftest import Bring, take_back

JUNE_1, JUNE_5, JUNE_9 = date(2026, 6, 1), date(2026, 6, 5), date(2026, 6, 9)


def told(account: Account, user: Any, on: date | None = None) -> list[tuple[str, date, date, int, int | None]]:
    """What holds of an account's lines."""
    rows = lines(user, [account.pk], on=on).order_by("order", "line")
    return [(str(row), row.promised_first, row.promised_now, row.delivered // 10_000, row.late_days) for row in rows]


def test_rows_of_one_line_are_its_deliveries(bring: Bring, acme: Account, admin: Any) -> None:
    bring(
        f"{acme.code};S1;1;2026-05-10;;2026-05-08;10;4;İçecek",
        f"{acme.code};S1;1;2026-05-10;2026-05-14;2026-05-12;10;6;İçecek",
    )

    assert told(acme, admin) == [("S1 / 1", date(2026, 5, 10), date(2026, 5, 14), 10, 2)]
    assert DeliveryLine.objects.get().parts == [["2026-05-08", 40_000], ["2026-05-12", 60_000]]


def test_a_later_file_has_the_last_word_and_the_first_promise_counts(bring: Bring, acme: Account, admin: Any) -> None:
    bring(f"{acme.code};S1;1;2026-06-03;;;10;;", on=JUNE_1)
    bring(f"{acme.code};S1;1;2026-06-06;;2026-06-05;10;10;", on=JUNE_5)

    assert told(acme, admin) == [("S1 / 1", date(2026, 6, 3), date(2026, 6, 6), 10, 2)]
    assert told(acme, admin, on=JUNE_1) == [("S1 / 1", date(2026, 6, 3), date(2026, 6, 3), 0, None)]
    assert told(acme, admin, on=date(2026, 5, 31)) == []


def test_taking_the_later_file_back_brings_the_earlier_word_back(bring: Bring, acme: Account, admin: Any) -> None:
    bring(f"{acme.code};S1;1;2026-06-03;;;10;;", on=JUNE_1)
    later = bring(f"{acme.code};S1;1;2026-06-06;;2026-06-05;10;10;", f"{acme.code};S2;1;2026-06-09;;;5;;", on=JUNE_5)

    take_back(later, admin, on=JUNE_9)

    assert told(acme, admin) == [("S1 / 1", date(2026, 6, 3), date(2026, 6, 3), 0, None)]
    assert [row[0] for row in told(acme, admin, on=JUNE_5)] == ["S1 / 1", "S2 / 1"]


def test_taking_the_earlier_file_back_leaves_the_last_word_and_its_own_promise(
    bring: Bring, acme: Account, admin: Any
) -> None:
    first = bring(f"{acme.code};S1;1;2026-06-03;;;10;;", on=JUNE_1)
    bring(f"{acme.code};S1;1;2026-06-06;;2026-06-05;10;10;", on=JUNE_5)

    take_back(first, admin, on=JUNE_9)

    assert told(acme, admin) == [("S1 / 1", date(2026, 6, 6), date(2026, 6, 6), 10, 0)]
    assert told(acme, admin, on=JUNE_5)[0][4] == 2


def test_a_job_that_is_run_twice_brings_the_lines_once(bring: Bring, acme: Account, admin: Any, tmp_path: Any) -> None:
    from anahtar_web.deliveries.actions.keeping import bring_in

    of = bring(f"{acme.code};S1;1;2026-06-03;;;10;;")

    bring_in(of, tmp_path / f"staging{of.pk}", admin)

    assert DeliveryLine.objects.count() == 1


def test_lines_of_an_unknown_customer_wait_for_its_account(bring: Bring, admin: Any) -> None:
    bring("YENI-1;S1;1;2026-06-03;;;10;;")
    assert DeliveryLine.objects.visible_to(admin).exclude(account=None).count() == 0

    account = Account.objects.create(code="YENI-1", name="Yeni Gıda")
    assert find_accounts() == 1

    assert [row[0] for row in told(account, admin)] == ["S1 / 1"]
