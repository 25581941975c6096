"""The page of an account, and the way down to the lines of the ledger."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar.money import to_decimal
from anahtar_web.accounts.models import Account, Assignment, Lineage, Part
from anahtar_web.insight import publishing
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.account import AccountPage
from anahtar_web.insight.series import read
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money, number, share
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept, Publish
from tests.anahtar_web.insight.pages import plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def total(client: Client, path: str) -> str:
    found = re.search(r"data-total>([^<]+)<", page(client, path))
    assert found is not None
    return found[1]


def pk(code: str) -> int:
    return Account.objects.get(code=code).pk


def test_it_shows_the_figures_of_the_standing(director: User, run: Run, signed_in: SignedIn) -> None:
    standing = Standing.objects.get(account__code=sales.ACME)
    text = page(signed_in(director), f"/accounts/{pk(sales.ACME)}/")
    for figure in (
        money(standing.revenue, "TRY"),
        money(standing.profit, "TRY"),
        share(standing.margin),
        share(standing.share),
        "Key account",
        "breadwinner",
    ):
        assert figure in text, figure
    said = plain(text)
    assert "Hydraulics" not in said
    assert re.search(r"Hidrolik .*?stopped", said)
    assert "Why it stands where it stands" in said
    assert "larger accounts make" in said


def test_every_figure_opens_down_to_lines_that_come_to_the_same(director: User, run: Run, signed_in: SignedIn) -> None:
    client, standing = signed_in(director), Standing.objects.get(account__code=sales.ACME)
    address = f"/accounts/{pk(sales.ACME)}/lines/"
    assert total(client, address) == money(standing.revenue, "TRY")
    series = read(run, [sales.ACME], withheld=())
    assert len(series.course) == 12
    for month in series.course:
        assert total(client, f"{address}?month={month.first:%Y-%m}") == money(month.revenue, "TRY")
    for name, revenue, _before in series.directions:
        assert total(client, f"{address}?direction={name}") == money(revenue, "TRY")
    assert sum(revenue for _name, revenue, _before in series.directions) == standing.revenue


def test_lines_that_name_no_direction_open_too(director: User, run: Run, signed_in: SignedIn) -> None:
    standing = Standing.objects.get(account__code="0010")
    client, address = signed_in(director), f"/accounts/{pk('0010')}/"
    assert f"{address}lines/?direction=" in page(client, address)
    assert total(client, f"{address}lines/?direction=") == money(standing.revenue, "TRY")


def test_a_line_says_where_it_stands(director: User, run: Run, signed_in: SignedIn) -> None:
    text = plain(page(signed_in(director), f"/accounts/{pk(sales.ACME)}/lines/?month=2025-03&order=earliest"))
    assert "satis.csv" in text
    assert f"batch {run.batches[0]}" in text
    assert re.search(r"row \d+", text)
    assert "Parça" in text
    assert "cost" in text


def test_marketing_sees_neither_profit_nor_cost_nor_margin_of_an_account(
    marketing: User, run: Run, firm: Kept, signed_in: SignedIn
) -> None:
    standing = Standing.objects.get(account__code=sales.ACME)
    client = signed_in(marketing)
    row = next(row for row in firm.analysis.standings.to_pylist() if row["code"] == sales.ACME)
    account_page = page(client, f"/accounts/{pk(sales.ACME)}/")
    lines = page(client, f"/accounts/{pk(sales.ACME)}/lines/")
    assert money(standing.revenue, "TRY") in account_page
    amounts = [row["profit"], row["value_year_ago"], row["abc_border"]]
    hidden = [money(units) for units in amounts] + [number(to_decimal(units), 0) for units in amounts]
    for figure in [*hidden, share(row["margin"]), share(row["share"]), "Margin", "margin", "Cost", "cost"]:
        assert figure not in plain(account_page), figure
        assert figure not in plain(lines), figure
    assert "class A by" in account_page


def test_a_manager_gets_the_reasons_without_what_the_whole_company_sells(
    ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    text = page(signed_in(ana), f"/accounts/{acme.pk}/")
    standing = Standing.objects.get(account=acme)
    assert share(standing.share) not in text
    assert "larger accounts make" not in text
    assert money(standing.profit) in text
    assert "Share of your profit" in text


def test_a_group_adds_up_its_companies_and_leads_to_them(director: User, run: Run, signed_in: SignedIn) -> None:
    group = Standing.objects.get(account__code="HOLDING")
    client, address = signed_in(director), f"/accounts/{pk('HOLDING')}/"
    text = page(client, address)
    assert money(group.group_revenue, "TRY") in text
    for code in ("0003", "0004"):
        assert f'href="/accounts/{pk(code)}/"' in text
        assert f'href="{address}"' in page(client, f"/accounts/{pk(code)}/")
    assert total(client, f"{address}lines/") == money(group.group_revenue, "TRY")
    assert total(client, f"{address}lines/?own=yes") == money(0, "TRY")


def test_chart_and_directions_of_a_group_are_of_all_its_companies_not_only_of_those_listed(
    director: User, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = signed_in(director), f"/accounts/{pk('HOLDING')}/"
    group = Account.objects.get(code="HOLDING")

    def year() -> int:
        figures = AccountPage.build(group, director, run, None).figures
        assert figures is not None
        return sum(month.revenue for month in figures.months)

    whole = year()
    monkeypatch.setattr("anahtar_web.insight.pages.account.overview.SHOWN_COMPANIES", 1)
    assert year() == whole
    assert "and 1 more company" in page(client, address)


def test_the_groups_above_lead_down_to_the_account_as_far_as_one_sees_them(
    director: User, ana: User, run: Run, signed_in: SignedIn
) -> None:
    group, company = Account.objects.get(code="HOLDING"), Account.objects.get(code="0003")
    top = account("TOP", "Top of all")
    group.parent = top
    group.save()
    for below, distance in ((group, 1), (company, 2)):
        Lineage.objects.create(ancestor=top, account=below, distance=distance)
    Assignment.objects.create(account=group, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))

    def above(client: Client) -> list[str]:
        crumbs = re.search(r'<nav[^>]*class="crumbs?".*?</nav>', page(client, f"/accounts/{company.pk}/"), re.S)
        assert crumbs is not None
        return re.findall(r'href="/accounts/(\d+)/"', crumbs[0])

    assert above(signed_in(director)) == [str(top.pk), str(group.pk)]
    assert above(signed_in(ana)) == [str(group.pk)]


def test_a_team_of_a_group_is_named_on_its_companies(director: User, ana: User, run: Run, signed_in: SignedIn) -> None:
    group = Account.objects.get(code="HOLDING")
    Assignment.objects.create(account=group, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    text = plain(page(signed_in(director), f"/accounts/{pk('0003')}/"))
    assert "Ana Işık Key account manager · of HOLDING" in text


def test_a_merged_account_leads_to_the_one_it_goes_on_under(
    director: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    merged = Account.objects.get(code="0008")
    Account.objects.filter(pk=merged.pk).update(merged_into=acme)
    Lineage.objects.create(ancestor=acme, account=merged, distance=1)
    client = signed_in(director)
    assert client.get(f"/accounts/{merged.pk}/").headers["Location"] == f"/accounts/{acme.pk}/"
    assert client.get(f"/accounts/{merged.pk}/lines/").headers["Location"] == f"/accounts/{acme.pk}/lines/"
    assert "Merged into this account" in page(client, f"/accounts/{acme.pk}/")


def test_an_invisible_account_is_absent(
    ana: User, acme: Account, birch: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    client.get("/accounts/")
    for path in ("/accounts/{}/", "/accounts/{}/lines/", "/accounts/{}/lines/?month=2025-03"):
        with CaptureQueriesContext(connection) as hidden:
            one = client.get(path.format(birch.pk))
        with CaptureQueriesContext(connection) as absent:
            other = client.get(path.format(999_999_999))
        assert (one.status_code, other.status_code) == (404, 404)
        same = re.compile(r"csrf[^>]*|once[^>]*|value=\"[^\"]*\"|/accounts/\d+/|\d{9}|[0-9a-f-]{36}|X-CSRFToken[^}]*")
        assert same.sub("", one.content.decode()) == same.sub("", other.content.decode())
        assert len(hidden) == len(absent)


def test_the_same_queries_for_a_group_of_hundred_as_for_one_of_two(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client, group = signed_in(director), Account.objects.get(code="HOLDING")

    def queries() -> int:
        client.get(f"/accounts/{group.pk}/")
        caches["process"].clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/accounts/{group.pk}/")
        return len(captured)

    few = queries()
    for at in range(100):
        more = account(f"M{at:03}", f"More {at}", parent=group)
        Lineage.objects.create(ancestor=group, account=more, distance=1)
        Standing.objects.create(run=run, account=more, revenue=at, state="active", abc="C")
    assert queries() == few


@pytest.mark.parametrize(
    "query",
    [
        "month=2025-13",
        "month=25-1",
        "order=price",
        "page=0",
        "page=201",
        "page=x",
        "cost__gt=1",
        "direction=" + "x" * 301,
    ],
)
def test_lines_that_cannot_be_meant_are_refused(director: User, run: Run, signed_in: SignedIn, query: str) -> None:
    assert signed_in(director).get(f"/accounts/{pk(sales.ACME)}/lines/?{query}").status_code == 400


def test_an_account_without_a_line_says_so(director: User, run: Run, signed_in: SignedIn) -> None:
    made = account("NEW", "New Company")
    assert "No figures yet" in page(signed_in(director), f"/accounts/{made.pk}/")


def test_tables_that_cannot_be_read_are_told_and_the_rest_is_shown(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    (publishing.folder_of(run) / "analysis.json").write_text("{}")
    text = page(signed_in(director), f"/accounts/{pk(sales.ACME)}/")
    assert "The tables of this analysis cannot be read" in text
    assert str(publishing.folder_of(run)) not in text
    assert money(Standing.objects.get(account__code=sales.ACME).revenue, "TRY") in text


def test_lines_of_a_damaged_batch_are_refused_by_name(director: User, run: Run, signed_in: SignedIn) -> None:
    part = next((publishing.runs_folder().parent / "ledger" / "batches").glob("*/lines/2025-03.parquet"))
    part.write_bytes(part.read_bytes()[:-40])
    text = page(signed_in(director), f"/accounts/{pk(sales.ACME)}/lines/?month=2025-03")
    assert f"Batch {run.batches[0]} is damaged" in plain(text)


def test_before_the_first_analysis_an_account_has_a_page(director: User, acme: Account, signed_in: SignedIn) -> None:
    assert "No figures yet" in page(signed_in(director), f"/accounts/{acme.pk}/")
    assert signed_in(director).get(f"/accounts/{acme.pk}/lines/").status_code == 404


def test_where_accounts_are_ranked_by_revenue_the_page_says_so(
    marketing: User, publish: Publish, firm_by_revenue: Kept, signed_in: SignedIn
) -> None:
    publish(firm_by_revenue)
    text = plain(page(signed_in(marketing), f"/accounts/{pk(sales.ACME)}/"))
    assert "Share of revenue" in text
    assert "larger accounts make" in text
    assert "rofit" not in text.partition("Why it stands")[2]


def test_who_may_curate_is_led_to_the_group_it_belongs_to(
    director: User, marketing: User, run: Run, signed_in: SignedIn
) -> None:
    address = f"/accounts/{pk(sales.ACME)}/"
    offered = page(signed_in(director), address)
    # The page is everybody's, behind the room that holds it; menu and details lead only those there who may change it.
    assert offered.count(f'href="{address}group/"') == 2
    assert page(signed_in(marketing), address).count(f'href="{address}group/"') == 0
    assert signed_in(marketing).get(f"{address}group/").status_code == 200
    assert signed_in(director).get(f"{address}group/").status_code == 200
