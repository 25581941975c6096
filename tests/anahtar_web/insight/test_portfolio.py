"""The portfolio: figures equal to the run's own, of what one may see, and honest where there are none."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext

from anahtar.analysis.portfolio import Portfolio
from anahtar_web.accounts.actions import Verdict, create_group, decide_key, put_into_group
from anahtar_web.accounts.directions import directions as offered_directions
from anahtar_web.accounts.models import Account, Assignment, KeyStatus, Lineage, Part
from anahtar_web.insight import publishing, remembered, slices
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.portfolio import reckoning
from anahtar_web.insight.queries import QUIET
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import change, money, number, share, short_money
from tests.anahtar_web.insight.pages import codes, plain, rows

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]

_FIGURE = re.compile(r'<div class="figure">\s*<dt>(.*?)</dt>(.*?)</div>', re.S)


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Nothing of another test is remembered."""
    yield
    slices.forget()
    reckoning.forget()


def page(client: Client, query: str = "") -> Any:
    answer = client.get(f"/portfolio/?{query}" if query else "/portfolio/")
    assert answer.status_code == 200, answer.content[:500]
    return answer


def figures(answer: Any) -> dict[str, str]:
    """The headline: label -> everything that stands beside it."""
    return {plain(label): body for label, body in _FIGURE.findall(answer.content.decode())}


def measures(answer: Any) -> dict[str, list[str]]:
    """The measures of concentration: label -> its cells."""
    table = answer.content.decode().partition('class="table measures"')[2].partition("</table>")[0]
    found = re.findall(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', table, re.S)
    return {plain(name): [plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells)] for name, cells in found}


def largest(answer: Any) -> list[list[str]]:
    """The rows of the largest accounts."""
    answer_of_part = type("Part", (), {"content": answer.content.partition(b'id="largest"')[2]})
    return rows(answer_of_part)


def core(run: Run, only: list[str] | None = None, **asked: Any) -> Portfolio:
    """What the core says of the same filter."""
    told = {"window": "last12", "measure": run.measure, "direction": None, **asked}
    return Portfolio.of(slices.read(run, slices.asked_of(run, **told)), only)


# Figures -----------------------------------------------------------------------------------------------------------


def test_the_headline_is_that_of_the_run(director: User, run: Run, signed_in: SignedIn) -> None:
    found = figures(page(signed_in(director)))
    assert money(run.revenue, "TRY") in found["Revenue"]
    assert money(run.profit, "TRY") in found["Profit"]
    standings = Standing.objects.filter(run=run)
    buying = standings.filter(revenue__gt=0)
    assert f">{number(buying.count())}<" in found["Buying accounts"]
    before = sum(amount or 0 for amount in standings.values_list("revenue_year_ago", flat=True))
    assert change(run.revenue / before - 1) in found["Revenue"]
    quiet = [one.revenue or 0 for one in standings.filter(state__in=QUIET)]
    assert quiet
    assert money(sum(quiet), "TRY") in found["Beyond their rhythm"]
    keys = sum(one.value or 0 for one in standings.filter(key=True))
    assert share(keys / run.value_positive) in found["Share of the key accounts"]


def test_the_key_accounts_are_those_people_decided_on_where_they_have(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    proposed = Standing.objects.filter(run=run, key=True)
    chosen = Standing.objects.filter(run=run, rank=3).get()
    decide_key(account=chosen.account, verdict=Verdict(KeyStatus.KEY, "Reference"), by=director)
    body = figures(page(signed_in(director)))["Share of the key accounts"]
    assert share((chosen.value or 0) / run.value_positive) in body
    assert 'href="/key-accounts/?show=key"' in body
    by_ledger = share(sum(one.value or 0 for one in proposed) / run.value_positive)
    assert f"by the ledger: {by_ledger}, {proposed.count()} accounts" in plain(body)


def test_a_key_account_decided_as_a_group_counts_with_its_companies(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    below = list(Standing.objects.filter(run=run, rank__in=[2, 4]).select_related("account"))
    group = create_group(name="Both", code="GRP", by=director)
    for one in below:
        put_into_group(account=one.account, group=group, by=director, reason="One buyer")
    decide_key(account=group, verdict=Verdict(KeyStatus.KEY, "One buyer"), by=director)
    body = figures(page(signed_in(director)))["Share of the key accounts"]
    assert share(sum(one.value or 0 for one in below) / run.value_positive) in body
    assert "1 key account, decided by people, with the companies below them" in body
    listed = signed_in(director).get("/key-accounts/?show=key").content.decode()
    assert listed.count('class="who"') == 1, "as many as the number leads to"


def test_a_company_decided_otherwise_than_its_key_group_does_not_count(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    below = list(Standing.objects.filter(run=run, rank__in=[2, 4]).select_related("account").order_by("rank"))
    group = create_group(name="Both", code="GRP", by=director)
    for one in below:
        put_into_group(account=one.account, group=group, by=director, reason="One buyer")
    decide_key(account=group, verdict=Verdict(KeyStatus.KEY, "One buyer"), by=director)
    decide_key(account=below[1].account, verdict=Verdict(KeyStatus.NOT_KEY, "Buys on its own"), by=director)
    body = figures(page(signed_in(director)))["Share of the key accounts"]
    assert share((below[0].value or 0) / run.value_positive) in body
    assert "1 key account, decided by people" in body


def test_where_nobody_is_decided_to_be_key_it_is_not_said_that_nobody_has_decided(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    chosen = Standing.objects.filter(run=run, key=True).select_related("account")[0]
    decide_key(account=chosen.account, verdict=Verdict(KeyStatus.NOT_KEY, "One large order"), by=director)
    body = figures(page(signed_in(director)))["Share of the key accounts"]
    assert "as the ledger proposes" in body
    assert "nobody has decided" not in body


def test_the_filter_takes_who_is_on_the_team(director: User, run: Run, signed_in: SignedIn) -> None:
    one = Standing.objects.filter(run=run, rank=2).get()
    Assignment.objects.create(account=one.account, person=director, part=Part.SERVICE, since=date(2020, 1, 1))
    client = signed_in(director)
    answer = page(client, f"team={director.pk}")
    assert money(one.revenue, "TRY") in figures(answer)["Revenue"]
    assert f"On the team: {director.name}" in plain(answer.content.decode())
    assert f'href="/accounts/?team={director.pk}' in answer.content.decode()
    assert codes(client.get(f"/accounts/?team={director.pk}")) == [one.account.code]
    assert one.account.code not in codes(client.get("/accounts/?team=none"))


def test_concentration_is_that_of_the_core_now_and_a_year_ago(director: User, run: Run, signed_in: SignedIn) -> None:
    found, portfolio = measures(page(signed_in(director))), core(run)
    now, then = portfolio.concentration, portfolio.concentration_year_ago
    assert then is not None
    assert found["Largest account"] == [share(now.top[1]), share(then.top[1])]
    assert found["Largest 3"] == [share(now.top[3]), share(then.top[3])]
    assert found["Accounts for 80 %"] == [number(now.customers_for_80pct), number(then.customers_for_80pct)]
    assert found["Herfindahl index"] == [number(now.hhi, 3), number(then.hhi, 3)]
    largest = Standing.objects.get(run=run, rank=1)
    assert found["Largest account"][0] == share(largest.share)


def test_an_account_with_much_of_everything_is_named(director: User, run: Run, signed_in: SignedIn) -> None:
    portfolio = core(run)
    assert portfolio.concentration.dependence, "the firm hangs on somebody"
    text = page(signed_in(director)).content.decode()
    for code in portfolio.concentration.dependence:
        account = Account.objects.get(code=code)
        assert f'href="/accounts/{account.pk}/">{account.name}' in text
    assert "Dependence on one account" in text or "Half of it is one account" in text


def test_cells_hold_as_many_accounts_as_the_table_behind_them(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    text = page(client).content.decode()
    cells = re.findall(r'<a href="(/accounts/\?cell=(\w\w))"[^>]*>.*?<b>(\d+)</b>', text)
    assert cells
    for address, cell, count in cells:
        assert Standing.objects.filter(run=run, cell=cell).count() == int(count)
        assert len(codes(client.get(address))) == int(count)


def test_the_bridge_adds_up_to_the_difference(director: User, run: Run, signed_in: SignedIn) -> None:
    portfolio = core(run, measure="revenue")
    assert portfolio.year_ago is not None
    text = page(signed_in(director), "measure=revenue").content.decode()
    bridge = text.partition('class="bridge')[2].partition("</ul>")[0]
    shown = re.findall(r'class="bridge-value" title="([^"]+)"', bridge)
    assert shown[0] == money(portfolio.year_ago.revenue, "TRY")
    assert shown[-1] == money(portfolio.now.revenue, "TRY")
    assert portfolio.bridge is not None
    steps = [part.value for _name, part in portfolio.bridge]
    assert sum(steps) == portfolio.now.revenue - portfolio.year_ago.revenue
    assert {money(step, "TRY") for step in steps if step} <= set(shown)
    assert f'title="{money(sum(steps), "TRY")}"' in text


def test_the_largest_accounts_stand_with_their_standings(director: User, run: Run, signed_in: SignedIn) -> None:
    answer = page(signed_in(director))
    ranked = Standing.objects.filter(run=run, rank__isnull=False).order_by("rank").select_related("account")
    shown = largest(answer)
    assert [row[0].split()[-1] for row in shown][: len(ranked)] == [one.account.code for one in ranked]
    first = ranked[0]
    assert shown[0][3] == short_money(first.value, "TRY")
    assert shown[0][4] == change(first.change)
    assert shown[0][5] == share(first.share)


def test_every_figure_leads_to_the_accounts_it_is_made_of(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    found = figures(page(client))
    links = {label: re.findall(r'href="([^"]+)"', body) for label, body in found.items()}
    assert all(len(href) == 1 for href in links.values()), links
    for href in links.values():
        assert client.get(href[0].replace("&amp;", "&")).status_code == 200
    quiet = client.get(links["Beyond their rhythm"][0].replace("&amp;", "&"))
    assert len(codes(quiet)) == Standing.objects.filter(run=run, state__in=QUIET).count()


# The filter --------------------------------------------------------------------------------------------------------


def test_months_direction_and_measure_are_asked_of_the_core(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    found = figures(page(client, "period=2024&measure=revenue"))
    sales = slices.read(run, slices.asked_of(run, window=_year(2024), measure="revenue", direction=None))
    assert money(Portfolio.of(sales).now.revenue, "TRY") in found["Revenue"]
    found = figures(page(client, "period=months&from=2025-02&to=2025-03&direction=Hidrolik&measure=revenue"))
    whole = core(run, measure="revenue", direction="Hidrolik", window=_window("2025-02-01", "2025-03-31"))
    assert money(whole.now.revenue, "TRY") in found["Revenue"]
    nameless = core(run, direction="")
    assert money(nameless.now.revenue, "TRY") in figures(page(client, "direction=none"))["Revenue"]


def test_whatever_is_written_may_be_of_a_direction_of_the_ledger_by_its_name(run: Run) -> None:
    assert {"Hidrolik", "Rulman"} <= set(offered_directions())
    assert all(offered_directions())


def _year(year: int) -> Any:
    return _window(f"{year}-01-01", f"{year}-12-31")


def _window(first: str, last: str) -> Any:
    from anahtar.analysis.result import Window

    return Window(date.fromisoformat(first), date.fromisoformat(last))


def test_a_year_that_has_not_ended_is_set_against_as_many_months(director: User, run: Run, signed_in: SignedIn) -> None:
    """Eleven months against twelve would be a fall that nobody had."""
    assert run.as_of == date(2025, 12, 29)
    text = plain(page(signed_in(director), "period=2025").content.decode())
    assert "Jan 25 – Nov 25 against Jan 24 – Nov 24" in text


def test_a_chip_takes_its_filter_away_and_leaves_the_others(director: User, run: Run, signed_in: SignedIn) -> None:
    text = page(signed_in(director), "period=2024&direction=Rulman&measure=revenue").content.decode()
    chips = re.findall(r'<a class="chip info" href="([^"]+)"[^>]*>(.*?)<svg', text, re.S)
    assert [(href.replace("&amp;", "&"), plain(said)) for href, said in chips] == [
        ("/portfolio/?period=2024&measure=revenue", "Direction: Rulman")
    ]


def test_the_accounts_of_a_manager_and_of_a_group(
    director: User, ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    own = core(run, ["0001"])
    answer = page(client, f"kam={ana.pk}")
    assert money(own.now.revenue, "TRY") in figures(answer)["Revenue"]
    assert f"/accounts/?kam={ana.pk}&amp;cell=" in answer.content.decode()
    holding = Account.objects.get(code="HOLDING")
    below = Lineage.objects.filter(ancestor=holding).values_list("account__code", flat=True)
    group = core(run, list(below))
    assert money(group.now.revenue, "TRY") in figures(page(client, f"group={holding.pk}"))["Revenue"]


def test_figures_that_the_table_cannot_show_lead_nowhere_and_say_so(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    text = page(signed_in(director), "period=2024").content.decode()
    assert "?cell=" not in text
    assert "figures do not lead there" in text
    text = page(signed_in(director), "measure=revenue").content.decode()
    assert "?cell=" not in text
    assert "cells do not lead there" in text


@pytest.mark.parametrize(
    "query",
    [
        *("period=2031", "period=1999", "period=abc", "period=2025-Q5", "period=months&from=2025-13"),
        *("period=months&from=2025-05&to=2025-04", "period=months&to=2044-01", "period=0000", "from=x"),
        *("measure=margin", "measure=revenue&measure=profit", "direction=Nothing", "kam=x", "group=-1"),
        *("kam=999999", "group=999999", "sort=revenue", "owner__password__startswith=p", "page=2"),
        "&".join(f"without={pk}" for pk in range(1, 12)),
    ],
)
def test_what_the_page_does_not_know_is_refused(director: User, run: Run, signed_in: SignedIn, query: str) -> None:
    assert signed_in(director).get(f"/portfolio/?{query}").status_code == 400


def test_htmx_gets_the_figures_without_the_frame(director: User, run: Run, signed_in: SignedIn) -> None:
    answer = signed_in(director).get("/portfolio/?period=2024", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert b"<html" not in answer.content
    assert b'id="portfolio"' in answer.content


def test_the_form_of_the_filter_offers_what_there_is(
    director: User, ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    text = signed_in(director).get("/portfolio/choices/?period=2024").content.decode()
    for said in (
        '<option value="2024" selected>',
        '<option value="Rulman">',
        '<option value="none">',
        ana.name,
        "HOLDING",
    ):
        assert said in text, said


# Without this account ----------------------------------------------------------------------------------------------


def test_without_an_account_the_figures_of_the_others_stand_beside(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    top = Standing.objects.get(run=run, rank=1).account
    rest = core(run).without([top.code])
    found = measures(page(signed_in(director), f"without={top.pk}"))
    assert found["Largest account"][:2] == [share(core(run).concentration.top[1]), share(rest.concentration.top[1])]
    assert found["Revenue"][1] == short_money(rest.now.revenue, "TRY")
    assert found["Herfindahl index"][1] == number(rest.concentration.hhi, 3)


def test_accounts_to_leave_out_are_found_among_the_largest_and_by_name(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    top = Standing.objects.get(run=run, rank=1).account
    assert (
        f'href="/portfolio/?period=2024&amp;without={top.pk}"'
        in client.get("/portfolio/without/?period=2024").content.decode()
    )
    found = client.get("/portfolio/without/?q=cedar").content.decode()
    cedar = Account.objects.get(code="0003")
    assert f"without={cedar.pk}" in found.partition("The largest")[0]


def test_an_account_one_does_not_see_cannot_be_left_out(
    ana: User, acme: Account, birch: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    assert client.get(f"/portfolio/?without={acme.pk}").status_code == 200
    unseen = client.get(f"/portfolio/?without={birch.pk}")
    absent = client.get("/portfolio/?without=99999999")
    assert (unseen.status_code, absent.status_code) == (404, 404)
    assert str(birch.name).encode() not in client.get("/portfolio/without/?q=birch").content


# Who sees what -----------------------------------------------------------------------------------------------------


def test_a_manager_gets_totals_and_shares_of_the_own_accounts_alone(
    ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    cedar = Account.objects.get(code="0003")
    Assignment.objects.create(account=cedar, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    answer = page(signed_in(ana))
    own = core(run, ["0001", "0003"])
    assert money(own.now.revenue, "TRY") in figures(answer)["Revenue"]
    assert measures(answer)["Largest account"][0] == share(own.concentration.top[1])
    text = answer.content.decode()
    for secret in (money(run.revenue, "TRY"), money(run.profit, "TRY")):
        assert secret not in text
    company = Standing.objects.get(account=acme)
    assert share(company.share) not in plain(text)
    for other in Account.objects.exclude(pk__in=[acme.pk, cedar.pk]):
        assert other.name not in text or other.name in (acme.name, cedar.name)


def test_a_person_without_accounts_is_told_how_one_gets_some(ana: User, run: Run, signed_in: SignedIn) -> None:
    assert "The head of key accounts assigns them" in page(signed_in(ana)).content.decode()


def test_marketing_sees_no_profit_anywhere(marketing: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(marketing)
    assert client.get("/portfolio/?measure=profit").status_code == 400
    text = page(client).content.decode()
    assert "rofit" not in text.replace('href="/accounts/', "")
    assert "argin" not in plain(text)
    for standing in Standing.objects.filter(run=run).exclude(profit=None):
        assert money(standing.profit) not in text
        assert short_money(standing.profit, "TRY") not in plain(text)
    assert money(run.profit) not in text
    portfolio = core(run, measure="profit")
    assert share(portfolio.concentration.top[1]) not in plain(text)


# Where there are no figures ----------------------------------------------------------------------------------------


def test_a_house_without_a_ledger_is_told_what_to_do(admin: User, ana: User, signed_in: SignedIn) -> None:
    assert "Import a file" in page(signed_in(admin)).content.decode()
    assert "nobody has imported it" in page(signed_in(ana)).content.decode()


def test_a_run_made_before_there_were_slices_offers_an_analysis_to_whom_may(
    head: User, marketing: User, run: Run, signed_in: SignedIn
) -> None:
    folder = publishing.folder_of(run)
    shutil.rmtree(folder / "ground")
    shutil.rmtree(folder / "slices")
    text = page(signed_in(head)).content.decode()
    assert "The portfolio comes with the next analysis" in text
    assert 'action="/runs/again/"' in text
    assert 'action="/runs/again/"' not in page(signed_in(marketing)).content.decode()
    assert signed_in(head).get("/portfolio/choices/").status_code == 404


@pytest.mark.parametrize("part", ["ground.arrow", "months.parquet"])
def test_a_damaged_slice_is_computed_again_and_a_damaged_ground_is_said(
    director: User, run: Run, signed_in: SignedIn, part: str
) -> None:
    client = signed_in(director)
    folder = publishing.folder_of(run)
    files = list((folder / "slices").glob("*.arrow"))
    assert files
    for file in files:
        _damage(file)
    assert money(run.revenue, "TRY") in figures(page(client))["Revenue"]
    slices.forget()
    for file in (folder / "slices").glob("*.arrow"):
        _damage(file)
    _damage(folder / "ground" / part)
    text = page(client).content.decode()
    assert "The figures of this analysis cannot be read" in text
    assert str(folder) not in text


def _damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def test_files_of_a_run_do_not_fill_the_disk(director: User, run: Run, signed_in: SignedIn, monkeypatch: Any) -> None:
    monkeypatch.setattr(slices, "KEPT", 3)
    client = signed_in(director)
    for quarter in range(1, 5):
        page(client, f"period=2024-Q{quarter}")
    assert len(list((publishing.folder_of(run) / "slices").iterdir())) == 3


def test_who_looks_at_new_months_does_not_wait_for_their_file(
    director: User, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    keep = slices._save
    monkeypatch.setattr(slices, "_save", lambda *told: (order.append("kept"), keep(*told))[1])
    rendered = partial(lambda order, **_told: order.append("written"), order)
    template_rendered.connect(rendered, weak=False)
    try:
        client = signed_in(director)
        before = {*(publishing.folder_of(run) / "slices").iterdir()}
        page(client, "period=months&from=2024-02&to=2024-05")
    finally:
        template_rendered.disconnect(rendered)
    assert order[-1] == "kept"
    assert order.count("kept") == 1
    assert len({*(publishing.folder_of(run) / "slices").iterdir()} - before) == 1


# Cost --------------------------------------------------------------------------------------------------------------


def test_more_accounts_cost_no_more_queries(ana: User, acme: Account, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(ana)

    def asked(query: str) -> int:
        page(client, query)
        remembered.forget()
        with CaptureQueriesContext(connection) as queries:
            page(client, query)
        return len(queries)

    few = [asked(query) for query in ("", f"kam={ana.pk}", f"without={acme.pk}")]
    for other in Account.objects.exclude(pk=acme.pk):
        Assignment.objects.create(account=other, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    remembered.forget()
    assert len(largest(page(client))) > 5
    assert [asked(query) for query in ("", f"kam={ana.pk}", f"without={acme.pk}")] == few


def test_what_was_reckoned_is_not_reckoned_again(
    director: User, run: Run, signed_in: SignedIn, monkeypatch: Any
) -> None:
    client = signed_in(director)
    page(client)
    monkeypatch.setattr(slices, "load", lambda file: pytest.fail("read again"))
    monkeypatch.setattr(Portfolio, "of", lambda found, codes=None: pytest.fail("reckoned again"))
    page(client)
