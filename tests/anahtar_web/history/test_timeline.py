"""The timeline: lanes over time, only what one may see, the latest first, and never more rows than are shown."""

# ruff: noqa: F811  # fixtures of deliveries, imported and then asked for by name

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar_web.accounts.models import Account, Assignment, KeyDecision, KeyStatus, Part
from anahtar_web.audit.actions import record
from anahtar_web.history import sources
from anahtar_web.history.sources import Asked, Before, Item, Mark, Told
from anahtar_web.interactions.actions import Parts, Written, write_down
from anahtar_web.strategies.models import Deviation
from anahtar_web.tenders.models import Outcome, Stage, Tender
from tests.anahtar_web.deliveries.conftest import Bring, ana_client, at, bring, chen_client  # noqa: F401  # fixtures

TODAY = date(2026, 6, 1)


def address(account: Account, query: str = "") -> str:
    """The timeline of an account."""
    return f"/accounts/{account.pk}/history/{query}"


def told(client: Client, account: Account, query: str = "") -> list[tuple[date, str]]:
    """Day and source of all that the list shows."""
    with at(TODAY):
        page = client.get(address(account, query)).context["page"]
    return [(item.day, item.source) for day in page.days for item in day.items]


@pytest.fixture
def eventful(acme: Account, admin: Any, ana: Any, bring: Bring) -> Account:
    """Acme with a decision, a deviation, a missed delivery, a change of its group and a team."""
    with at(date(2026, 3, 2)):
        KeyDecision.objects.create(account=acme, status=KeyStatus.KEY, reason="kârın yarısı", by=admin)
    with at(date(2026, 3, 4)):
        Deviation.objects.create(account=acme, text="**Ayda** bir", language="tr", reason="istedi", by=ana)
        record("account.grouped", acme, by=admin, account=acme.pk, reason="holding")
    Assignment.objects.create(
        account=acme, person=admin, part=Part.OTHER, since=date(2026, 4, 1), until=date(2026, 5, 1)
    )
    bring(
        f"{acme.code};S1;1;2026-05-10;;2026-05-12;10;10;Gıda",
        f"{acme.code};S1;2;2026-05-10;;2026-05-09;10;10;İçecek",
    )
    return acme


def test_everything_stands_in_the_order_of_its_days(eventful: Account, ana_client: Client) -> None:
    assert told(ana_client, eventful, "?zoom=year") == [
        (date(2026, 5, 10), "deliveries"),
        (date(2026, 5, 1), "team"),
        (date(2026, 4, 1), "team"),
        (date(2026, 3, 4), "decisions"),
        (date(2026, 3, 4), "structure"),
        (date(2026, 3, 2), "decisions"),
    ]


def test_what_was_said_and_bid_for_has_its_lanes(
    acme: Account,
    ana: Any,
    marketing: Any,
    ana_client: Client,
    signed_in: Any,
) -> None:
    with at(date(2026, 3, 9)):
        said = Written("call", "out", date(2026, 3, 9), "Called about the frame", notes="They **wait**.")
        write_down(account=acme, written=said, parts=Parts(ours=[ana]), by=ana)
        bid = Tender.objects.create(
            account=acme,
            title="Frame 2026",
            stage=Stage.DECIDED,
            outcome=Outcome.WON,
            announced_on=date(2026, 2, 2),
            decided_on=date(2026, 3, 5),
            estimate=12_345_678_0000,
            currency="TRY",
            by=ana,
        )
    assert told(ana_client, acme, "?zoom=year&kinds=touches.tenders") == [
        (date(2026, 3, 9), "touches"),
        (date(2026, 3, 5), "tenders"),
        (date(2026, 2, 2), "tenders"),
    ]
    with at(TODAY):
        shown = ana_client.get(address(acme, "?zoom=year")).content.decode()
        withheld = signed_in(marketing).get(address(acme, "?zoom=year")).content.decode()
    for text in ("They wait.", f"/tenders/{bid.pk}/", "12.3"):
        assert text in shown
    assert "Frame 2026" in withheld
    assert "12.3" not in withheld
    assert told(ana_client, acme, "?zoom=year&kinds=touches&on=2026-03-08") == []


def test_it_says_who_did_it(eventful: Account, ana_client: Client) -> None:
    with at(TODAY):
        page = ana_client.get(address(eventful)).context["page"]

    who = {item.title: item.who for day in page.days for item in day.items}
    assert who["Decided: Key account"] == "Ada Yönetici"
    assert who["Treated otherwise than the strategy says"] == "Ana Işık"
    assert who["Order S1 / 1: 2 days late"] == ""


def test_the_window_and_the_lanes_narrow_it(eventful: Account, ana_client: Client) -> None:
    assert told(ana_client, eventful, "?zoom=month&at=2026-03&kinds=decisions") == [
        (date(2026, 3, 4), "decisions"),
        (date(2026, 3, 2), "decisions"),
    ]
    assert told(ana_client, eventful, "?zoom=month&at=2026-01") == []


def test_with_a_direction_only_what_has_one_is_told(eventful: Account, ana_client: Client) -> None:
    assert told(ana_client, eventful, "?direction=Gıda") == [(date(2026, 5, 10), "deliveries")]
    assert told(ana_client, eventful, "?direction=İçecek") == []


def test_it_reads_as_known_on_a_day(eventful: Account, ana_client: Client) -> None:
    days = [day for day, _source in told(ana_client, eventful, "?on=2026-03-03")]

    assert max(days) == date(2026, 3, 2)


def test_the_trail_is_told_to_its_readers_only(eventful: Account, marketing: Any, signed_in: Any) -> None:
    sources_told = {source for _day, source in told(signed_in(marketing), eventful)}

    assert "structure" not in sources_told
    assert "decisions" in sources_told


def test_a_stranger_does_not_find_it(eventful: Account, chen_client: Client) -> None:
    assert chen_client.get(address(eventful)).status_code == 404


def test_a_company_of_a_colleague_is_not_in_the_timeline_of_the_group(
    acme: Account, birch: Account, ana: Any, admin: Any, signed_in: Any
) -> None:
    from anahtar_web.accounts.models import Lineage

    Lineage.objects.create(ancestor=birch, account=acme, distance=1)
    with at(date(2026, 3, 2)):
        KeyDecision.objects.create(account=birch, status=KeyStatus.KEY, reason="x", by=admin)
        KeyDecision.objects.create(account=acme, status=KeyStatus.KEY, reason="y", by=admin)

    assert len([1 for _day, source in told(signed_in(admin), birch) if source == "decisions"]) == 2
    assert len([1 for _day, source in told(signed_in(ana), acme) if source == "decisions"]) == 1


def test_the_queries_and_rows_do_not_grow(
    eventful: Account,
    admin: Any,
    bring: Bring,
    ana_client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    with at(TODAY):
        ana_client.get(address(eventful))
        with CaptureQueriesContext(connection) as few:
            ana_client.get(address(eventful))
    bring(*(f"{eventful.code};T{n};1;2026-05-{n % 28 + 1:02};;2026-05-30;10;10;Gıda" for n in range(300)), name="b.csv")
    with at(TODAY), django_assert_max_num_queries(len(few)):
        page = ana_client.get(address(eventful)).context["page"]

    assert sum(len(day.items) for day in page.days) == 50
    assert page.more


def test_the_list_goes_on_without_a_gap_or_a_double(
    eventful: Account,
    bring: Bring,
    ana_client: Client,
) -> None:
    bring(*(f"{eventful.code};T{n};1;2026-03-0{n % 5 + 1};;2026-05-30;10;10;Gıda" for n in range(120)), name="b.csv")
    seen: list[Any] = []
    query = "?zoom=year"
    with at(TODAY):
        while query:
            page = ana_client.get(address(eventful, query)).context["page"]
            seen += [(item.day, item.source, item.pk) for day in page.days for item in day.items]
            query = page.more

    assert len(seen) == len(set(seen)) == 120 + 6
    assert [day for day, _source, _pk in seen] == sorted((day for day, _source, _pk in seen), reverse=True)


def test_a_hundred_decisions_of_one_day_are_told_once_each(
    eventful: Account,
    admin: Any,
    ana_client: Client,
) -> None:
    with at(date(2026, 3, 4)):
        for _number in range(120):
            KeyDecision.objects.filter(current=True).update(current=False)
            KeyDecision.objects.create(account=eventful, status=KeyStatus.KEY, reason="yine", by=admin)
    seen: list[Any] = []
    query = "?zoom=year"
    with at(TODAY):
        while query:
            page = ana_client.get(address(eventful, query)).context["page"]
            seen += [(item.day, item.source, item.pk) for day in page.days for item in day.items]
            query = page.more

    assert len(seen) == len(set(seen)) == 120 + 6


def test_an_app_above_may_add_a_lane(eventful: Account, ana_client: Client, monkeypatch: Any) -> None:
    class Letters:
        name, label, icon, knows_directions = "letters", "Letters", "mail", False

        def told(self, asked: Asked, step: str, *, before: Before, limit: int) -> Told:
            day = date(2026, 5, 2)
            items = [Item(day, 1, "mail", "A letter came", source="letters")] if day < before.day else []
            return Told([Mark(date(2026, 5, 1), 1, "a letter")], items)

    monkeypatch.setattr(sources, "_SOURCES", dict(sources._SOURCES))
    sources.add(Letters())

    assert (date(2026, 5, 2), "letters") in told(ana_client, eventful)


@pytest.mark.parametrize("query", ["zoom=day", "at=2026-13", "kinds=x", "after=2026-01-01.x.1", "on=gestern", "q=1"])
def test_an_address_that_makes_no_sense_is_answered_so(
    acme: Account,
    ana_client: Client,
    query: str,
) -> None:
    assert ana_client.get(address(acme, f"?{query}")).status_code == 400


def test_closer_and_wider_lead_through_all_windows(acme: Account, ana_client: Client) -> None:
    with at(TODAY):
        page = ana_client.get(address(acme)).context["page"]
        spans = []
        while True:
            spans.append((page.asking.last - page.asking.first) // timedelta(days=28))
            if not page.asking.closer():
                break
            page = ana_client.get(address(acme, page.asking.closer())).context["page"]

    assert spans == [39, 13, 3, 1]
    assert page.asking.later() == ""
