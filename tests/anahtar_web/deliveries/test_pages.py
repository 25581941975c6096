"""What an account's deliveries show: counted by the database as the rule counts them."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar.rules.on_time import OrderLine, Score, Tolerance, score, score_of_orders, standing
from anahtar_web.accounts.models import Account
from anahtar_web.audit import leaving
from anahtar_web.audit.models import Entry
from anahtar_web.deliveries.actions.agreeing import UnableToAgree, agree
from anahtar_web.deliveries.models import DeliveryLine, Terms
from anahtar_web.deliveries.queries import scores
from anahtar_web.deliveries.queries.lines import lines
from anahtar_web.gate.versions import EditedMeanwhile
from tests.anahtar_web.deliveries.conftest import Bring, at

TODAY = date(2026, 6, 1)


def some_lines(account: Account, count: int) -> list[str]:
    """Lines of every kind, the same in every run."""
    chance, rows = random.Random(7), []
    for number in range(count):
        promised = TODAY - timedelta(days=chance.randint(-20, 330))
        for _part in range(chance.randint(1, 3)):
            delivered = promised + timedelta(days=chance.choice((-3, 0, 0, 1, 2, 5, 9, 20, 45)))
            came = f"{delivered};10;{chance.choice((3, 5, 10))}" if delivered <= TODAY else ";10;"
            rows.append(
                f"{account.code};S{number // 3};{number};{promised};;{came};{chance.choice(('İçecek', 'Gıda', ''))}"
            )
    return rows


@pytest.mark.parametrize("tolerance", [Tolerance(), Tolerance(days=2), Tolerance(days=1, short=0.2)])
def test_the_database_counts_as_the_rule_does(bring: Bring, acme: Account, admin: Any, tolerance: Tolerance) -> None:
    if tolerance != Tolerance():
        agree(days=tolerance.days, short=int(tolerance.short * 1000), version=0, reason="sözleşme", by=admin)
    bring(*some_lines(acme, 120))
    found = lines(admin, [acme.pk])
    held = [OrderLine(row.order, row.promised_first, row.ordered, row.part_list) for row in found]
    how: dict[str, Any] = {"as_of": TODAY, "tolerance": tolerance}

    told = scores.totals(found, as_of=TODAY, days=tolerance.days)

    assert told.lines == score(standing(one, **how) for one in held)
    assert told.orders == score_of_orders(held, **how)
    assert told.lines.late
    assert told.lines.overdue
    periods = scores.by_period(found, "month", as_of=TODAY, days=tolerance.days).values()
    assert sum(one.due for one in periods) == told.lines.due
    directions = dict(scores.by_direction(found, as_of=TODAY, days=tolerance.days))
    assert sum(one.kept for one in directions.values()) == told.lines.kept
    late = sum(count for _first, _last, count in scores.by_days_late(found, as_of=TODAY, days=tolerance.days))
    assert late == told.lines.late + told.lines.overdue


def test_a_fixture_counted_by_hand(bring: Bring, acme: Account, admin: Any) -> None:
    """
    S1/1 promised 10, came 10            kept
    S1/2 promised 10, came 8 and 12      late, 2 days
    S2/1 promised 20, 4 of 10 came       overdue, 12 days on 1 June
    S3/1 promised 9 June                 not due
    """
    bring(
        f"{acme.code};S1;1;2026-05-10;;2026-05-10;10;10;İçecek",
        f"{acme.code};S1;2;2026-05-10;;2026-05-08;10;4;Gıda",
        f"{acme.code};S1;2;2026-05-10;;2026-05-12;10;6;Gıda",
        f"{acme.code};S2;1;2026-05-20;2026-05-30;2026-05-20;10;4;Gıda",
        f"{acme.code};S3;1;2026-06-09;;;10;;Gıda",
    )

    told = scores.totals(lines(admin, [acme.pk]), as_of=TODAY, days=0)

    assert told.lines == Score(due=3, kept=1, late=1, overdue=1)
    assert told.orders == Score(due=2, kept=0, late=1, overdue=1)
    assert (told.open, told.moved, told.average) == (1, 1, 2.0)
    bands = scores.by_days_late(lines(admin, [acme.pk]), as_of=TODAY, days=0)
    assert [row for row in bands if row[2]] == [(2, 3, 1), (8, 14, 1)]


def test_the_page_shows_the_late_lines_and_opens_each(bring: Bring, acme: Account, ana_client: Client) -> None:
    bring(
        f"{acme.code};S1;1;2026-05-10;;2026-05-10;10;10;İçecek",
        f"{acme.code};S1;2;2026-05-10;;2026-05-12;10;10;Gıda",
    )
    line = DeliveryLine.objects.get(line="2")

    with at(TODAY):
        page = ana_client.get(f"/accounts/{acme.pk}/deliveries/").content.decode()
        opened = ana_client.get(f"/accounts/{acme.pk}/deliveries/{line.pk}/").content.decode()

    assert f"/accounts/{acme.pk}/deliveries/{line.pk}/" in page
    assert "S1 / 1" not in page
    assert "2 days after the promise" in opened
    assert "teslimat.csv" in opened


def test_a_stranger_sees_neither_page_nor_line(bring: Bring, acme: Account, chen_client: Client) -> None:
    bring(f"{acme.code};S1;1;2026-05-10;;2026-05-12;10;10;Gıda")
    line = DeliveryLine.objects.get()

    assert chen_client.get(f"/accounts/{acme.pk}/deliveries/").status_code == 404
    assert chen_client.get(f"/accounts/{acme.pk}/deliveries/{line.pk}/").status_code == 404
    assert chen_client.post(f"/accounts/{acme.pk}/deliveries/export/", {"once": uuid4().hex}).status_code == 404


def test_the_queries_do_not_grow_with_the_lines(
    bring: Bring, acme: Account, ana_client: Client, django_assert_num_queries: Any
) -> None:
    bring(*some_lines(acme, 5), name="a.csv")
    ana_client.get(f"/accounts/{acme.pk}/deliveries/?show=all")
    with CaptureQueriesContext(connection) as few:
        ana_client.get(f"/accounts/{acme.pk}/deliveries/?show=all")
    bring(*some_lines(acme, 200), name="b.csv")

    with django_assert_num_queries(len(few)):
        ana_client.get(f"/accounts/{acme.pk}/deliveries/?show=all")


def test_the_list_goes_on_where_it_ended(bring: Bring, acme: Account, ana_client: Client) -> None:
    bring(*(f"{acme.code};S{n};1;2026-05-10;;2026-05-12;10;10;Gıda" for n in range(60)))

    with at(TODAY):
        first = ana_client.get(f"/accounts/{acme.pk}/deliveries/").context["page"]
        second = ana_client.get(f"/accounts/{acme.pk}/deliveries/?after={first.more}").context["page"]

    shown = [row.line.pk for row in (*first.rows, *second.rows)]
    assert len(shown) == len(set(shown)) == 60
    assert second.more == ""


def test_the_page_reads_as_known_on_a_day(bring: Bring, acme: Account, ana_client: Client) -> None:
    bring(f"{acme.code};S1;1;2026-05-10;;;10;;Gıda", on=date(2026, 5, 20))
    bring(f"{acme.code};S1;1;2026-05-10;;2026-05-25;10;10;Gıda", on=date(2026, 5, 26))

    with at(TODAY):
        then = ana_client.get(f"/accounts/{acme.pk}/deliveries/?on=2026-05-20").context["page"]
        now = ana_client.get(f"/accounts/{acme.pk}/deliveries/").context["page"]

    assert then.totals.lines == Score(1, 0, 0, 1)
    assert now.totals.lines == Score(1, 0, 1, 0)


@pytest.mark.parametrize(
    "query", ["period=x", "on=2026-13-45", "after=2026-01-01.x", "company=abc", "show=none", "x=1"]
)
def test_an_address_that_makes_no_sense_is_answered_so(acme: Account, ana_client: Client, query: str) -> None:
    assert ana_client.get(f"/accounts/{acme.pk}/deliveries/?{query}").status_code == 400


def test_a_list_taken_out_is_on_the_trail(bring: Bring, acme: Account, ana_client: Client) -> None:
    bring(f"{acme.code};S1;1;2026-05-10;;2026-05-12;10;10;=cmd")

    answer = ana_client.post(f"/accounts/{acme.pk}/deliveries/export/?period=all", {"once": uuid4().hex})

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    entry = Entry.objects.get(verb="deliveries.exported")
    assert (entry.account_id, entry.after["rows"]) == (acme.pk, 1)


def test_an_empty_list_is_not_taken_out(acme: Account, ana_client: Client) -> None:
    ana_client.post(f"/accounts/{acme.pk}/deliveries/export/", {"once": uuid4().hex})

    assert not Entry.objects.filter(verb="deliveries.exported").exists()


def test_no_list_leaves_beyond_the_allowance_of_the_day(
    bring: Bring, acme: Account, ana: Any, ana_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(*(f"{acme.code};S1;{line};2026-05-10;;2026-05-12;10;10;" for line in range(2)))
    address = f"/accounts/{acme.pk}/deliveries/export/?period=all"
    monkeypatch.setattr(leaving, "A_DAY", 3)

    assert ana_client.post(address, {"once": uuid4().hex}).status_code == 200
    assert leaving.left_today(ana) == 1
    refused = ana_client.post(address, {"once": uuid4().hex}, follow=True)

    assert "2 rows are more than the 1 that you may still take out today" in refused.content.decode()
    assert Entry.objects.filter(verb="deliveries.exported").count() == 1


def test_a_long_list_leaves_with_a_reason_only_and_the_page_asks_for_it(
    bring: Bring, acme: Account, ana_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(*(f"{acme.code};S1;{line};2026-05-10;;2026-05-12;10;10;" for line in range(2)))
    page, address = f"/accounts/{acme.pk}/deliveries/", f"/accounts/{acme.pk}/deliveries/export/?period=all"
    asks = 'name="reason"'
    with at(TODAY):
        assert asks not in ana_client.get(page).content.decode()
        monkeypatch.setattr(leaving, "WITHOUT_REASON", 1)
        assert asks in ana_client.get(page).content.decode()
        narrowed = ana_client.get(page, headers={"HX-Request": "true"}).content.decode()
        assert 'hx-swap-oob="true"' in narrowed
        assert asks in narrowed

        ana_client.post(address, {"once": uuid4().hex})
        assert not Entry.objects.filter(verb="deliveries.exported").exists()
        ana_client.post(address, {"once": uuid4().hex, "reason": "Bayi toplantısı"})
    assert Entry.objects.get(verb="deliveries.exported").reason == "Bayi toplantısı"


def test_lines_of_a_merged_account_count_for_the_one_it_went_into(
    bring: Bring, acme: Account, admin: Any, signed_in: Any
) -> None:
    other = Account.objects.create(code="OTHER", name="Other", merged_into=acme)
    bring(f"{other.code};S1;1;2026-05-10;;2026-05-12;10;10;Gıda")

    with at(TODAY):
        page = signed_in(admin).get(f"/accounts/{acme.pk}/deliveries/").context["page"]

    assert page.totals.lines.late == 1


def test_what_counts_as_kept_is_agreed_with_a_reason(bring: Bring, acme: Account, head: Any, admin: Any) -> None:
    bring(f"{acme.code};S1;1;2026-05-10;;2026-05-09;100;95;Gıda")
    with pytest.raises(UnableToAgree):
        agree(days=0, short=50, version=0, reason=" ", by=head)

    agree(days=1, short=50, version=0, reason="çerçeve sözleşme", by=head)

    assert DeliveryLine.objects.get().late_days == 0
    with pytest.raises(EditedMeanwhile):
        agree(days=3, short=50, version=99, reason="x", by=head)
    assert Terms.objects.get().days == 1
    assert Entry.objects.get(verb="terms.agreed").after == {"days": 1, "short": 50}


def test_a_mistaken_form_keeps_what_was_typed(signed_in: Any, head: Any) -> None:
    answer = signed_in(head).post(
        "/deliveries/terms/", {"once": uuid4().hex, "version": 0, "days": 3, "percent": "2.5", "reason": ""}
    )

    assert answer.status_code == 422
    assert 'value="2.5"' in answer.content.decode()
