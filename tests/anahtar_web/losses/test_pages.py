"""The pages of losses: who sees what, totals that come to the rows, lists that leave the house, words of people."""

from typing import Any

import pytest
from django.urls import reverse

from anahtar.report.losses import losses_summary
from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field
from anahtar_web.insight import remembered
from anahtar_web.insight.models import Run
from anahtar_web.losses import panels
from anahtar_web.losses.models import BridgeRow, Continuation, Lapse, PartialLoss, Succession, WayBack
from anahtar_web.losses.pages import overview
from anahtar_web.people.models import User
from anahtar_web.ui.panels import Looks, Panel
from tests.anahtar_web.accounts.pages import asked
from tests.anahtar_web.losses import sales
from tests.anahtar_web.losses.conftest import MINE, Found, Show, look_after
from tests.anahtar_web.losses.pages import SignedIn, page_of, text_of
from tests.anahtar_web.losses.test_publishing import balance, money

pytestmark = pytest.mark.django_db

PAGES = ("overview", "places", "place", "accounts", "lapses", "parts", "what_if", "way_back", "successors")
COMPANY = ("places", "place", "what_if")


# Before there is anything -----------------------------------------------------------------------------------------


def test_without_losses_the_page_says_when_they_come(
    publish: Any, firm: Found, head: User, signed_in: SignedIn
) -> None:
    assert "No analysis has looked for losses yet" in text_of(signed_in(head), "overview")
    publish(firm.of)
    assert "No analysis has looked for losses yet" in text_of(signed_in(head), "overview")
    for name in PAGES[1:]:
        assert signed_in(head).get(reverse(f"losses:{name}")).status_code == 404, name


# Numbers ----------------------------------------------------------------------------------------------------------


def test_the_overview_tells_what_the_command_tells(run: Run, firm: Found, director: User, signed_in: SignedIn) -> None:
    told = losses_summary(firm.losses)
    page = page_of(signed_in(director), "overview", "?months=all")
    assert page.lost == told["bridge"]["buckets"]["lost"]["accounts"]
    assert page.revenue_lost == -money(told["bridge"]["buckets"]["lost"]["amount"])
    assert page.bridge.revenue == money(told["bridge"]["revenue"])
    kept = told["bridge"]["retention"]
    assert (page.bridge.retention.net.value, page.bridge.retention.net.low) == (
        kept["net"]["value"],
        kept["net"]["low"],
    )
    shown = {f"{one.told.month:%Y-%m}": (one.told.lost_then, one.told.lost_now) for one in page.months}
    assert shown == {one["month"]: (one["lost_then"], one["lost_now"]) for one in told["months"]}
    parts = {one.account.code: sum(amount for _label, amount in one.parts) for one in page.apart}
    assert parts == {
        code: sum(money(amount) for amount in own.values()) for code, own in told["price_volume_mix"].items()
    }
    # Taken apart, a change is still that change.
    assert parts == {one.account.code: one.change for one in page.apart}


def test_the_steps_add_up_and_open_their_accounts(run: Run, director: User, signed_in: SignedIn) -> None:
    client = signed_in(director)
    steps = page_of(client, "overview").steps
    assert sum(step.value for step in steps[:-1]) == steps[-1].value
    for step in steps[1:-1]:
        page = client.get(step.href).context["page"]
        assert page.slice.paginator.count == step.accounts, step.label
        rows = page.asked.rows(director, run)
        assert sum(row.revenue - row.revenue_before for row in rows) == step.value, step.label


def test_every_month_opens_who_was_lost_and_who_came_back(
    run: Run, director: User, ana: User, signed_in: SignedIn
) -> None:
    look_after(ana, *MINE)
    for client in map(signed_in, (director, ana)):
        told = [one.told for one in page_of(client, "overview", "?months=all").months]
        for one in (one for one in told if one.lost_then or one.returned):
            month = f"?month={one.month:%Y-%m}"
            then, now, back = (page_of(client, "lapses", f"{month}&show={show}") for show in ("then", "now", "back"))
            assert (then.rows.paginator.count, then.revenue) == (one.lost_then, one.amount_then), month
            assert (now.rows.paginator.count, now.revenue) == (one.lost_now, one.amount_now), month
            assert back.rows.paginator.count == one.returned, month
        for query in ("?month=", "?month=2025", "?month=2025-13", "?month=2025-01&show=all"):
            assert client.get(f"{reverse('losses:lapses')}{query}").status_code == 400, query


def test_the_list_is_ordered_searched_and_leads_to_the_lines(run: Run, director: User, signed_in: SignedIn) -> None:
    client = signed_in(director)
    changes = [row.change for row in page_of(client, "accounts", "?sort=-change").rows]
    assert changes == sorted(changes, reverse=True)
    weights = [abs(row.change) for row in page_of(client, "accounts").rows]
    assert weights == sorted(weights, reverse=True)
    (row,) = page_of(client, "accounts", "?q=gediz").rows
    assert row.row.account.code == sales.NEW
    lost = page_of(client, "accounts", "?bucket=lost").rows[0]
    before = client.get(lost.lines_before).context["page"]
    assert before.amount == lost.row.revenue_before
    assert client.get(f"{reverse('losses:accounts')}?owner=1").status_code == 400


def test_places_are_marked_only_outside_the_band(run: Run, firm: Found, director: User, signed_in: SignedIn) -> None:
    told = losses_summary(firm.losses)["places"]
    page = page_of(signed_in(director), "places")
    assert {one.label for one in page.dimensions} == {"By direction", "By region", "By salesperson", "By product"}
    region = next(one for one in page.dimensions if one.label == "By region")
    assert (region.gone, region.of) == (told["region"]["base"]["gone"], told["region"]["base"]["of"])
    for dimension in page.dimensions:
        for place in dimension.places:
            assert not place.is_outside or not place.low <= place.rate.value <= place.high
    assert {(one.name, one.gone, one.accounts) for one in region.places} == {
        (one["name"], one["lost"], one["accounts"]) for one in told["region"]["places"]
    }


def test_a_place_opens_the_accounts_that_are_gone_from_it(run: Run, director: User, signed_in: SignedIn) -> None:
    client = signed_in(director)
    for dimension in page_of(client, "places").dimensions:
        for place in dimension.places:
            page = page_of(client, "place", f"?{place.address}")
            assert page.rows.paginator.count == place.gone, place.name
            assert (page.lost, page.revenue) == (place.gone - place.left, place.revenue_gone)
    for query in ("?of=region", "?of=region&code=nowhere", "?of=site&code=1"):
        assert client.get(f"{reverse('losses:place')}{query}").status_code == 404, query


def test_dead_directions_lead_to_the_lines_of_the_direction(run: Run, director: User, signed_in: SignedIn) -> None:
    client = signed_in(director)
    page = page_of(client, "parts")
    assert page.rows.paginator.count == page.accounts or page.rows.paginator.count > page.accounts > 0
    row = page.rows[0]
    lines = client.get(f"{reverse('insight:lines', args=[row.account.pk])}?direction={row.code}")
    assert lines.status_code == 200


# What if ----------------------------------------------------------------------------------------------------------


def test_without_an_account_its_revenue_is_gone_and_the_rest_is_left(
    run: Run, firm: Found, director: User, signed_in: SignedIn
) -> None:
    stress = firm.losses.stress
    assert stress is not None
    code = stress.shocks[0].code
    page = page_of(signed_in(director), "what_if", f"?account={code}&days=30&interest=18")
    assert page.found.stress.lost == stress.lost
    assert page.left + stress.lost == stress.revenue == run.revenue
    assert page.compared[0].before > page.compared[0].after or page.compared[2].after > 0
    assert page.profit_lost == stress.profit_lost is not None
    row = firm.of.analysis.standings.to_pylist()
    year = sum(next(one["last12"] for one in row if one["code"] == code))
    assert page.found.late.capital == round(year * 30 / 365)
    assert page.found.late.interest == round(page.found.late.capital * 0.18)


def test_of_a_direction_only_that_is_gone(run: Run, firm: Found, director: User, signed_in: SignedIn) -> None:
    analysis = firm.of.analysis
    codes = dict(zip(*(analysis.standings[name].to_pylist() for name in ("account_id", "code")), strict=True))
    bought = [row for row in analysis.directions.to_pylist() if row["direction"] == "Kayış" and row["revenue"] > 0]
    row = max(bought, key=lambda row: row["revenue"])
    client = signed_in(director)
    page = page_of(client, "what_if", f"?account={codes[row['account_id']]}&direction=Kayış")
    assert page.found.stress.lost == row["revenue"]
    # What is left of the account is still its own: nobody knows what profit went.
    assert page.profit_lost is None


def test_what_cannot_be_taken_away_is_told(run: Run, director: User, signed_in: SignedIn) -> None:
    client = signed_in(director)
    lost = BridgeRow.objects.filter(run=run, bucket="lost", revenue=0).select_related("account").first()
    assert lost is not None
    assert "has no revenue in the window" in page_of(client, "what_if", f"?account={lost.account.code}").refused
    for query in (
        "?account=nobody",
        "?account=0001&days=-1",
        "?account=0001&interest=much",
        "?account=0001&direction=x",
    ):
        assert client.get(reverse("losses:what_if") + query).status_code == 422, query


# The way back -----------------------------------------------------------------------------------------------------


def test_the_way_back_is_ranked_by_worth_less_the_cost(run: Run, director: User, signed_in: SignedIn) -> None:
    client = signed_in(director)
    free = page_of(client, "way_back")
    values = [one.net for one in free.rows if one.net is not None]
    assert values == sorted(values, reverse=True)
    assert free.worth == sum(value for value in values if value > 0)
    dear = page_of(client, "way_back", "?cost=12.500,50")
    assert [one.row.pk for one in dear.rows] == [one.row.pk for one in free.rows]
    assert dear.rows[0].net == free.rows[0].net - 125_005_000
    assert dear.worthwhile < free.worthwhile
    assert client.get(f"{reverse('losses:way_back')}?cost=much").status_code == 422


def test_who_sees_no_profit_sees_no_worth(
    run: Run, show: Show, firm_without_costs: Found, marketing: User, signed_in: SignedIn
) -> None:
    assert not marketing.sees(Field.PROFIT)
    client = signed_in(marketing)
    page = page_of(client, "way_back")
    assert not page.valued
    assert {one.net for one in page.rows} == {None}
    revenues = [one.row.revenue for one in page.rows]
    assert revenues == sorted(revenues, reverse=True)
    assert page_of(client, "what_if", "?account=0003").profit_lost is None
    for row in WayBack.objects.filter(run=run).exclude(value=None):
        assert str(row.value) not in text_of(client, "way_back")
    # Where the ledger knows no cost, worth is revenue, and nothing to hide.
    show(firm_without_costs)
    remembered.forget()
    page = page_of(client, "way_back")
    assert page.valued
    assert not page.in_profit


def test_a_silence_that_shows_in_two_kinds_counts_once(run: Run, director: User, signed_in: SignedIn) -> None:
    """The region of a direction that died is shown where it is asked for, and in no sum but its own."""
    client = signed_in(director)
    before = page_of(client, "parts")
    twin = PartialLoss.objects.filter(run=run).earliest("pk")
    twin.pk, twin.dimension, twin.code, twin.name, twin.counts = None, "region", "Ege", "Ege", False
    twin.save()
    whole, region = page_of(client, "parts"), page_of(client, "parts", "?kind=region")
    assert whole.revenue == before.revenue > 0
    assert twin.pk not in {row.pk for row in whole.rows}
    assert [(row.pk, row.code) for row in region.rows] == [(twin.pk, "Ege")]
    assert (region.revenue, region.accounts, region.kind) == (twin.revenue, 1, "region")
    assert {name: count for name, _label, count in whole.kinds} == {
        "direction": before.rows.paginator.count,
        "region": 1,
    }
    assert page_of(client, "parts", "?kind=nothing").kind == ""
    text = text_of(client, "parts", "?kind=region")
    assert f'href="{reverse("insight:lines", args=[twin.account_id])}?region=Ege"' in text


# Who sees only some accounts --------------------------------------------------------------------------------------


def test_a_managers_totals_are_those_of_the_own_accounts(run: Run, ana: User, signed_in: SignedIn) -> None:
    look_after(ana, *MINE)
    client = signed_in(ana)
    page = page_of(client, "overview", "?months=all")
    rows = BridgeRow.objects.filter(run=run, account__code__in=MINE)
    assert page.bridge.revenue_before == sum(row.revenue_before for row in rows)
    assert page.bridge.revenue == sum(row.revenue for row in rows)
    assert balance(page.bridge) == 0
    bought = [row for row in rows if row.bought_before]
    assert page.bridge.retention.accounts == len(bought)
    assert page.bridge.retention.kept == sum(row.bought for row in bought)
    assert page.bridge.retention.logos.value == sum(row.bought for row in bought) / len(bought)
    # Rates are of these accounts too: nobody else could be lost.
    assert max(one.told.exposed for one in page.months) <= len(MINE)
    assert sum(one.told.begun for one in page.months) == len(MINE)
    assert {one.account.code for one in page.partial} <= set(MINE)
    assert "from no others" in text_of(client, "overview")
    assert {row.row.account.code for row in page_of(client, "accounts").rows} <= set(MINE)
    assert {one.row.account.code for one in page_of(client, "way_back").rows} <= set(MINE)
    assert page_of(client, "way_back").chances == ()


@pytest.mark.parametrize("name", COMPANY)
def test_what_is_of_the_whole_company_is_absent_for_who_sees_only_some(
    name: str, run: Run, ana: User, auditor: User, marketing: User, signed_in: SignedIn
) -> None:
    look_after(ana, *MINE)
    assert signed_in(ana).get(reverse(f"losses:{name}")).status_code == 403
    assert reverse(f"losses:{name}") not in text_of(signed_in(ana), "overview")
    for person in (auditor, marketing):
        page_of(signed_in(person), name)


def test_an_account_that_took_over_a_strangers_is_left_out_and_said_so(
    run: Run, ana: User, boris: User, signed_in: SignedIn
) -> None:
    look_after(ana, sales.NEW, *MINE)
    look_after(boris, sales.OLD, sales.NEW)
    client = signed_in(ana)
    page = page_of(client, "overview", "?months=all")
    assert page.frame.left_out == 1
    assert page.went_on == 0
    assert sum(one.told.begun for one in page.months) == len(MINE)
    assert page_of(client, "accounts", "?q=gediz").rows == []
    assert "left out" in text_of(client, "overview")
    # Who sees both has one account, that began with the old one.
    both = page_of(signed_in(boris), "overview", "?months=all")
    assert (both.frame.left_out, both.went_on) == (0, 1)
    assert [(one.told.month.year, one.told.begun) for one in both.months if one.told.begun] == [(2023, 1)]
    assert sum(one.accounts for one in both.bridge.buckets.values()) == 1


def test_who_sees_nothing_reads_of_nothing(run: Run, chen: User, signed_in: SignedIn) -> None:
    page = page_of(signed_in(chen), "overview")
    assert (page.lost, page.bridge.revenue, list(page.months)) == (0, 0, [])
    assert page_of(signed_in(chen), "accounts").rows == []


# Panels and growth ------------------------------------------------------------------------------------------------


def test_an_app_above_adds_a_card(
    run: Run, director: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: Looks[Run, panels.Line] = Looks()
    monkeypatch.setattr(overview, "LOOKS", looks)
    line = panels.Line("Price", "/x/", accounts=4, amount=120_000, part=1.0)
    looks.register(lambda _run, _user: Panel("Why they left", [line], address="/y/", link="All"))
    looks.register(lambda _run, _user: None)
    text = text_of(signed_in(director), "overview")
    assert "Why they left" in text
    assert 'href="/x/"' in text


@pytest.mark.parametrize("who", ["director", "ana"])
def test_the_questions_do_not_grow_with_the_rows(
    who: str, run: Run, request: pytest.FixtureRequest, ana: User, signed_in: SignedIn
) -> None:
    person = request.getfixturevalue(who)
    gone = WayBack.objects.filter(run=run).values_list("account__code", flat=True)[:2]
    lost = Lapse.objects.filter(run=run, account__code__in=list(gone), returned_on=None).latest("lost_on")
    asking = {"lapses": f"?month={lost.lost_on:%Y-%m}"}
    look_after(ana, "0001", "0002", "0900", "0901", *gone)
    client = signed_in(person)
    names = [name for name in PAGES if person is not ana or name not in COMPANY]

    def questions() -> dict[str, int]:
        found = {}
        for name in names:
            address = reverse(f"losses:{name}") + asking.get(name, "")
            client.get(address)
            remembered.forget()
            found[name] = asked(client, address)
        return found

    few = questions()
    look_after(ana, *(f"{number:04}" for number in range(3, 60)))
    old, new = Account.objects.get(code="0003"), Account.objects.get(code="0004")
    Continuation.objects.create(run=run, old=old, new=new, end=new, by="word", evidence=[])
    for code in ("0010", "0011", "0012"):
        Succession.objects.create(old=old, new=Account.objects.get(code=code), goes_on=False, by=ana)
    assert questions() == few
    assert max(few.values()) <= 25
