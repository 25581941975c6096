"""What past tenders teach, against counts by hand; every count opens the tenders behind it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.competitors.models import Competitor
from anahtar_web.people.models import User
from anahtar_web.tenders import actions
from anahtar_web.tenders.actions.deciding import Decision
from anahtar_web.tenders.asked import Asked
from anahtar_web.tenders.models import Tender
from anahtar_web.tenders.pages import StatisticsPage
from anahtar_web.tenders.panel import met
from anahtar_web.tenders.queries import expected_of, met_of
from tests.anahtar_web.tenders.conftest import against, lost, priced, reason, started, won

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def weighted(tender: Tender, by: User, **criteria: int) -> Tender:
    said = [(name, Decimal(weight)) for name, weight in criteria.items()]
    return actions.write_criteria(tender=tender, version=tender.version, criteria=said, by=by)


@pytest.fixture
def past(acme: Account, ana: User) -> None:
    """
    title  competitors  weightiest  outcome  reason     our price  winner's  year
    1      North        price       won                                      2024
    2      North        price       lost     price      110        100       2024
    3      North        delivery    lost     delivery   120        100       2025
    4      North South  price       won                                      2025
    5      South        price       lost     price      105        100 South 2025
    6      North        price       cancelled                                2025
    """
    rows = [
        ("1", ("North",), "price", "", 0, 2024, ""),
        ("2", ("North",), "price", "price", 110, 2024, "North"),
        ("3", ("North",), "delivery", "delivery", 120, 2025, "North"),
        ("4", ("North", "South"), "price", "", 0, 2025, ""),
        ("5", ("South",), "price", "price", 105, 2025, "South"),
    ]
    for title, rivals, heaviest, why, price, year, winner in rows:
        tender = started(acme, ana, title, announced_on=date(2024, 1, 1), deadline=None, direction="Valves")
        against(tender, ana, *rivals)
        weighted(tender, ana, **{"price": 40, "delivery": 30, heaviest: 60})
        if why:
            lost(priced(tender, ana, price), ana, to=winner, price=100, why=why, on=date(year, 5, 1))
        else:
            won(tender, ana, on=date(year, 5, 1))
    tender = against(started(acme, ana, "6"), ana, "North")
    decision = Decision("cancelled", date(2025, 5, 1))
    actions.decide(tender=tender, version=tender.version, decision=decision, by=ana)


def page(user: User, query: str = "") -> StatisticsPage:
    return StatisticsPage.build(user, Asked.of(QueryDict(query)))


@pytest.mark.usefixtures("past")
def test_rates_are_of_those_decided_between_us_and_others(ana: User) -> None:
    found = page(ana)
    assert (found.rate.won, found.rate.decided, found.rate.is_few) == (2, 5, True)
    assert [(other.name, other.count) for other in found.others] == [("Cancelled by them", 1)]
    rivals = {line.name: (line.rate.won, line.rate.decided) for line in found.rivals}
    assert rivals == {"North": (2, 4), "South": (1, 2)}
    crossed = {(line.name, line.second): (line.rate.won, line.rate.decided) for line in found.crossed}
    assert crossed == {("North", "price"): (2, 3), ("North", "delivery"): (0, 1), ("South", "price"): (1, 2)}
    assert [(why.name, why.count) for why in found.reasons] == [("Price", 2), ("Delivery time", 1)]
    assert {line.name: line.rate.decided for line in found.years} == {"2024": 2, "2025": 3}
    assert {line.name: line.rate.decided for line in found.owners} == {"Ana Işık": 5}


@pytest.mark.usefixtures("past")
def test_prices_are_compared_by_who_won(ana: User, marketing: User) -> None:
    found = page(ana)
    assert found.gaps is not None
    assert [(gap.name, list(gap.spread.gaps)) for gap in found.gaps] == [("North", [1.1, 1.2]), ("South", [1.05])]
    assert page(marketing).gaps is None


@pytest.mark.usefixtures("past")
def test_every_count_opens_exactly_the_tenders_behind_it(ana: User) -> None:
    found = page(ana)

    def behind(href: str) -> int:
        return Asked.of(QueryDict(href.removeprefix("?"))).narrow(ana).count()

    for line in (*found.rivals, *found.crossed, *found.directions, *found.years, *found.owners):
        assert behind(line.href) == line.rate.decided, (line.name, line.second)
        assert behind(line.won_href) == line.rate.won
        assert behind(line.lost_href) == line.rate.lost
        for why in line.why:
            assert behind(why.href) == why.count, (line.name, why.name)
    for why in (*found.reasons, *found.others):
        assert behind(why.href) == why.count


@pytest.mark.usefixtures("past")
def test_a_filter_narrows_all_of_it(ana: User) -> None:
    north = next(line for line in page(ana).rivals if line.name == "North")
    found = page(ana, f"{north.filter_href.removeprefix('?')}&criterion=price&year=2024")
    assert (found.rate.won, found.rate.decided) == (1, 2)


@pytest.mark.usefixtures("past")
def test_a_stranger_finds_nothing_of_it(chen: User, signed_in: SignedIn) -> None:
    assert page(chen).rate.decided == 0
    html = signed_in(chen).get("/tenders/statistics/").content.decode()
    assert "No tender is decided yet" in html
    assert "North" not in html


@pytest.mark.usefixtures("past")
def test_others_may_ask_how_often_a_competitor_was_met(ana: User) -> None:
    found = {met.tenders: met.lost_to for met in met_of(Tender.objects.visible_to(ana)).values()}
    assert found == {5: 2, 2: 1}


@pytest.mark.usefixtures("past")
def test_the_page_of_a_competitor_is_told_where_we_met_it_and_how_it_went(ana: User, chen: User) -> None:
    north = Competitor.objects.get(name="North")
    found = met(north, ana)
    assert found is not None
    assert found.sub == "Met in 5; won 2 of 4 decided: 50 %, 95 %: 15 % – 85 %."
    assert len(found.lines) == 5
    assert {(line.word, line.tone) for line in found.lines} == {
        ("Won", "good"), ("Lost", "bad"), ("Cancelled by them", ""),
    }  # fmt: skip
    assert met(north, chen) is None


def test_a_partly_won_tender_counts_as_not_won(acme: Account, ana: User) -> None:
    from anahtar_web.tenders.actions.deciding import DecidedLot

    tender = priced(started(acme, ana), ana, 1, 2)
    said = [DecidedLot(1, "won"), DecidedLot(2, "lost")]
    decision = Decision("partly", date(2025, 5, 1), said, our_reason=reason())
    actions.decide(tender=tender, version=tender.version, decision=decision, by=ana)
    assert (page(ana).rate.won, page(ana).rate.decided) == (0, 1)


def test_a_direction_with_a_rhythm_of_its_own_is_told_apart() -> None:
    days = [("Valves", date(year, 3, 1)) for year in (2023, 2024, 2025)]
    found = expected_of([*days, ("Pumps", date(2024, 9, 1)), ("", None)], as_of=date(2025, 6, 1))
    assert [(one.direction, one.told.expected) for one in found][1:] == [("Valves", date(2026, 3, 2))]
    assert found[0].told.rounds == 4


@pytest.mark.parametrize(
    "query", ["year=0000", "owner=x", "account=99999999999999999999", "stage=gone", "sort=password", "page=-1"]
)
def test_nonsense_in_the_address_is_left_out_of_the_filter(query: str, ana: User, signed_in: SignedIn) -> None:
    assert signed_in(ana).get(f"/tenders/list/?{query}").status_code == 200
