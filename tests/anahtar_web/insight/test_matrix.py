"""The matrix: cells and ways equal to the core's, and nobody's secret."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar.analysis.portfolio import Portfolio
from anahtar.rules.strategy import strategy
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.company.models import Company
from anahtar_web.insight import remembered, slices
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money, number, say, share, short_money
from tests.anahtar_web.insight.matrices import MATRIX, OTHER, TRY, query, text
from tests.anahtar_web.insight.pages import codes, plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def core(run: Run, only: list[str] | None = None, **asked: Any) -> Portfolio:
    """What the core says of the same filter."""
    told = {"window": "last12", "measure": run.measure, "direction": None, **asked}
    return Portfolio.of(slices.read(run, slices.asked_of(run, **told)), only)


def squares(page: str) -> dict[str, str]:
    """The cells: name -> everything that stands in one."""
    found = re.findall(r'<div class="square [^"]*">(.*?)</div></td>', page, re.S)
    return {plain(one.partition("</span>")[0]): plain(one) for one in found}


# Cells -------------------------------------------------------------------------------------------------------------


def test_a_cell_says_how_many_what_they_come_to_and_what_we_do(director: User, run: Run, signed_in: SignedIn) -> None:
    found, cells = squares(text(signed_in(director))), core(run).cells[:9]
    assert set(found) == {cell.name for cell in cells}
    assert sum(cell.accounts for cell in cells) > 5
    for cell in cells:
        said = found[cell.name]
        assert f" {number(cell.accounts)} account" in said
        assert say(strategy(cell.name)) in said.replace(" .", ".")  # type: ignore[arg-type]  # a cell's name
        if cell.accounts:
            assert short_money(cell.revenue, "TRY") in said
            assert short_money(cell.profit, "TRY") in said
        if cell.share > 0:
            assert share(cell.share, 0) in said


def test_cells_and_keys_lead_to_as_many_accounts(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    page = text(client)
    links = re.findall(r'href="(/accounts/\?cell=(\w\w))"', page)
    assert links
    for address, cell in links:
        assert squares(page)[cell].split()[1] == number(len(codes(client.get(address))))
    keys = Standing.objects.filter(run=run, key=True, cell__isnull=False).count()
    assert keys
    assert sum(map(int, re.findall(r"(\d+)<span class=\"sr-only\"> key", page))) == keys


def test_what_stands_outside_and_where_figures_lead_nowhere_is_said(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    page = plain(text(client, f"{MATRIX}?period=2024-Q1&measure=revenue"))
    assert "figures do not lead there" in page
    assert "hardly any swing can show" in page


def test_accounts_thought_away_are_left_out_of_everything(director: User, run: Run, signed_in: SignedIn) -> None:
    top = Standing.objects.get(run=run, rank=1)
    page = text(signed_in(director), f"{MATRIX}?without={top.account_id}")
    rest = core(run).without([top.account.code])
    cell = next(one for one in rest.cells if one.name == top.cell)
    assert f" {number(cell.accounts)} account" in squares(page)[cell.name]
    assert f"Without: {top.account.name}" in plain(page)


# Ways --------------------------------------------------------------------------------------------------------------


def test_the_table_of_ways_is_the_migration_of_the_core(director: User, run: Run, signed_in: SignedIn) -> None:
    page = text(signed_in(director))
    table = page.partition('class="ways-table')[2].partition("</table>")[0]
    told = [move for move in core(run).migration or () if move.before != move.after]
    assert told
    counts = {
        (before, after): int(count)
        for before, after, count in re.findall(r'before=(\w+)&amp;after=(\w+)"[^>]*>(\d+)</a>', table)
    }
    assert counts == {(move.before, move.after): move.accounts for move in told}
    drawing = page.partition('class="arrows')[2].partition("</svg>")[0]
    assert drawing.count("<path") == len(re.findall(r'class="arrow-count', drawing))
    assert "account from" in drawing.partition("</g>")[0], "the drawing says in words what it shows"


def test_every_account_that_moved_is_listed_those_with_most_money_first(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    movers = core(run).movers().to_pylist()
    answer = client.get(f"{MATRIX}moves/")
    assert codes(answer) == [one["code"] for one in movers]
    assert money(movers[0]["value"] - movers[0]["value_year_ago"], "TRY") in answer.content.decode()
    up = codes(client.get(f"{MATRIX}moves/?way=up"))
    down = codes(client.get(f"{MATRIX}moves/?way=down"))
    others = codes(client.get(f"{MATRIX}moves/?way=came")) + codes(client.get(f"{MATRIX}moves/?way=went"))
    assert sorted(up + down + others) == sorted(one["code"] for one in movers)
    one = movers[0]
    narrowed = codes(client.get(f"{MATRIX}moves/?before={one['before']}&after={one['after']}"))
    assert one["code"] in narrowed
    assert set(narrowed) == {
        other["code"] for other in movers if (other["before"], other["after"]) == (one["before"], one["after"])
    }


def test_a_ledger_too_young_to_compare_says_so(director: User, run: Run, signed_in: SignedIn) -> None:
    assert "does not reach back over the same months" in text(signed_in(director), f"{MATRIX}?period=2023")


@pytest.mark.parametrize(
    "query", ["moves/?before=DD", "moves/?way=sideways", "?way=up", "moves/?sort=name", "?measure=margin", "?page=2"]
)
def test_what_the_pages_do_not_know_is_refused(director: User, run: Run, signed_in: SignedIn, query: str) -> None:
    assert signed_in(director).get(MATRIX + query).status_code == 400


def test_htmx_gets_the_figures_without_the_frame(director: User, run: Run, signed_in: SignedIn) -> None:
    answer = signed_in(director).get(f"{MATRIX}?period=2024", headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'id="matrix"' in answer.content


# Who sees what -----------------------------------------------------------------------------------------------------


def test_a_manager_gets_cells_shares_and_moves_of_the_own_accounts_alone(
    ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    cedar = Account.objects.get(code="0003")
    Assignment.objects.create(account=cedar, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    client = signed_in(ana)
    page, own = text(client), core(run, ["0001", "0003"])
    found = squares(page)
    for cell in own.cells[:9]:
        assert f" {number(cell.accounts)} account" in found[cell.name]
        if cell.accounts:
            assert short_money(cell.revenue, "TRY") in found[cell.name]
            assert share(cell.share, 0) in found[cell.name]
    moves = client.get(f"{MATRIX}moves/")
    assert codes(moves) == [one["code"] for one in own.movers().to_pylist()]
    for other in Account.objects.exclude(pk__in=[acme.pk, cedar.pk]):
        if other.name not in (acme.name, cedar.name):
            assert other.name not in page
            assert other.name not in moves.content.decode()
    for secret in (money(run.revenue, "TRY"), short_money(run.revenue, "TRY"), money(run.profit, "TRY")):
        assert secret not in page


def test_marketing_sees_no_profit_anywhere(marketing: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(marketing)
    for address in (MATRIX, f"{MATRIX}moves/"):
        page = text(client, address)
        assert "rofit" not in page
        for standing in Standing.objects.filter(run=run).exclude(profit=None):
            assert money(standing.profit) not in page
            assert short_money(standing.profit, "TRY") not in plain(page)
    assert client.get(f"{MATRIX}?measure=profit").status_code == 400


# Where there are no figures ----------------------------------------------------------------------------------------


def test_without_figures_the_portfolio_says_what_to_do(admin: User, signed_in: SignedIn) -> None:
    answer = signed_in(admin).get(MATRIX)
    assert (answer.status_code, answer["Location"]) == (302, "/portfolio/")
    assert signed_in(admin).get(f"{MATRIX}moves/").status_code == 404
    assert signed_in(admin).get(TRY).status_code == 404


def test_a_person_without_accounts_is_told_how_one_gets_some(ana: User, run: Run, signed_in: SignedIn) -> None:
    assert "The head of key accounts assigns them" in text(signed_in(ana))


# Cost --------------------------------------------------------------------------------------------------------------


def test_more_accounts_cost_no_more_queries(
    ana: User, director: User, acme: Account, run: Run, house: Company, signed_in: SignedIn
) -> None:
    def asked(client: Client, address: str) -> int:
        text(client, address)
        remembered.forget()
        with CaptureQueriesContext(connection) as queries:
            text(client, address)
        return len(queries)

    own, all_of_them = signed_in(ana), signed_in(director)
    # One that moved, so that there are rows to look up before there are more of them.
    moved = Account.objects.get(code=core(run).movers()["code"][0].as_py())
    Assignment.objects.create(account=moved, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    few = [asked(own, address) for address in (MATRIX, f"{MATRIX}moves/")]
    little = [asked(all_of_them, f"{TRY}?{query({**OTHER, **cut})}") for cut in ({"abc_a": "79"}, {})]
    assert little[0] == little[1], "as many for few changes as for many"
    for other in Account.objects.exclude(pk__in=[acme.pk, moved.pk]):
        Assignment.objects.create(account=other, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    remembered.forget()
    assert len(codes(own.get(f"{MATRIX}moves/"))) > 2
    assert [asked(own, address) for address in (MATRIX, f"{MATRIX}moves/")] == few
