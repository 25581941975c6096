"""The accounts table: who sees what, sorted, narrowed and turned through, with as many queries for many as for few."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar_web.accounts.models import Account, Assignment, Lineage, Part
from anahtar_web.gate.rights import Role
from anahtar_web.insight import remembered
from anahtar_web.insight.asked import Asked
from anahtar_web.insight.columns import COLUMNS
from anahtar_web.insight.models import NARROW, Run, Standing
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money, share
from tests.anahtar_web.conftest import account, person
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept, Publish
from tests.anahtar_web.insight.pages import codes, heads, plain, rows

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/accounts/?{query}" if query else "/accounts/")
    assert answer.status_code == 200, answer.content[:500]
    return codes(answer)


# Who sees what -----------------------------------------------------------------------------------------------------


def test_a_manager_sees_the_own_accounts_and_no_others(
    ana: User, boris: User, chen: User, acme: Account, birch: Account, run: Run, signed_in: SignedIn
) -> None:
    assert listed(signed_in(ana)) == ["0001"]
    assert listed(signed_in(boris)) == ["0001"]
    assert listed(signed_in(chen)) == ["0002"]


def test_who_sees_all_sees_every_account_ranked_by_profit(director: User, run: Run, signed_in: SignedIn) -> None:
    ranked = Standing.objects.filter(rank__isnull=False).order_by("rank").values_list("account__code", flat=True)
    assert listed(signed_in(director))[: len(ranked)] == list(ranked)


def test_marketing_sees_revenue_where_others_see_profit(marketing: User, run: Run, signed_in: SignedIn) -> None:
    answer = signed_in(marketing).get("/accounts/")
    assert heads(answer) == [
        *("Account", "Class", "Twelve months", "Revenue", "Change", "Share of revenue", "Silence", "State", "KAM")
    ]
    by_revenue = Standing.objects.filter(revenue_rank__isnull=False).order_by("revenue_rank")
    assert codes(answer)[:5] == list(by_revenue.values_list("account__code", flat=True))[:5]
    text = answer.content.decode()
    assert "Profit" not in text
    for standing in Standing.objects.exclude(profit=None):
        assert money(standing.profit) not in text
        assert share(standing.margin) not in [cell for row in rows(answer) for cell in row]


HIDDEN = ("profit", "margin", "share", "change", "rank", "cv", "stability")


@pytest.mark.parametrize("name", HIDDEN)
def test_marketing_neither_sorts_by_profit_nor_shows_it(
    marketing: User, run: Run, signed_in: SignedIn, name: str
) -> None:
    client = signed_in(marketing)
    for query in (f"sort={name}", f"sort=-{name}", f"columns=name,{name}"):
        assert client.get(f"/accounts/?{query}").status_code == 400, query


def test_where_accounts_are_ranked_by_revenue_marketing_sees_rank_and_share(
    marketing: User, publish: Publish, firm_by_revenue: Kept, signed_in: SignedIn
) -> None:
    publish(firm_by_revenue)
    client = signed_in(marketing)
    assert client.get("/accounts/?columns=rank,share&sort=rank").status_code == 200
    assert client.get("/accounts/?columns=margin").status_code == 400


def test_shares_of_a_manager_are_of_the_own_portfolio(ana: User, acme: Account, run: Run, signed_in: SignedIn) -> None:
    cedar = Account.objects.get(code="0003")
    Assignment.objects.create(account=cedar, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    answer = signed_in(ana).get("/accounts/?columns=name,revenue_share,share")
    assert heads(answer) == ["Account", "Share of your revenue", "Share of your profit"]
    own = {standing.account.code: standing for standing in Standing.objects.filter(account__in=[acme, cedar])}
    whole = sum(standing.revenue or 0 for standing in own.values())
    shown = {row[0].split()[-1]: row[1] for row in rows(answer)}
    assert rows(answer)[0][1] == share((own["0001"].revenue or 0) / whole)
    assert share(own["0001"].revenue_share) not in plain(answer.content.decode())
    assert len(shown) == 2


def test_the_totals_of_a_manager_are_those_of_the_own_accounts(
    ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    text = signed_in(ana).get("/accounts/").content.decode()
    own = Standing.objects.get(account=acme)
    assert "Your accounts" in text
    assert money(own.revenue, "TRY") in text
    assert money(run.revenue, "TRY") not in text
    assert f"{run.rows_refused} row refused" not in text


def test_a_person_without_accounts_is_told_how_one_gets_some(ana: User, run: Run, signed_in: SignedIn) -> None:
    answer = signed_in(ana).get("/accounts/")
    assert "No account of yours yet" in answer.content.decode()


def test_a_merged_account_is_not_listed_even_before_the_next_analysis(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    Account.objects.filter(code="0008").update(merged_into=Account.objects.get(code=sales.ACME))
    assert "0008" not in listed(signed_in(director))


@pytest.mark.parametrize(
    ("role", "says"), [(Role.ANALYST, "Import a file"), (Role.MARKETING, "nobody has imported it")]
)
def test_a_house_without_a_ledger_says_what_to_do_or_whom_to_ask(
    db: None, signed_in: SignedIn, role: Role, says: str
) -> None:
    answer = signed_in(person("x@kuzey.example", "X", role)).get("/accounts/")
    assert answer.status_code == 200
    assert says in answer.content.decode()


# Narrowing and sorting ---------------------------------------------------------------------------------------------


NARROWED = [
    ("class=A", lambda s: s.abc == "A"),
    ("class=A&class=B", lambda s: s.abc in ("A", "B")),
    ("class=none", lambda s: s.abc is None),
    ("cell=AX", lambda s: s.cell == "AX"),
    ("xyz=X", lambda s: s.xyz == "X"),
    ("state=lost", lambda s: s.state == "lost"),
    ("late=yes", lambda s: (s.days_late or 0) > 0),
    ("key=yes", lambda s: s.key),
    ("key=no", lambda s: not s.key),
    ("type=breadwinner", lambda s: "breadwinner" in s.type_list + s.candidate_list),
    ("moved=up", lambda s: bool(s.abc and s.abc_year_ago) and s.abc < s.abc_year_ago),
    ("moved=down", lambda s: bool(s.abc and s.abc_year_ago) and s.abc > s.abc_year_ago),
    ("q=igde", lambda s: s.account.name == "İğde Tarım"),
    ("q=ILGAZ", lambda s: "Ilgaz" in s.account.name),
    ("q=0005", lambda s: s.account.code == "0005"),
    ("class=A&q=acme", lambda s: s.account.code == "0001"),
]


@pytest.mark.parametrize(("query", "meant"), NARROWED)
def test_a_filter_leaves_those_it_means(
    director: User, run: Run, signed_in: SignedIn, query: str, meant: Callable[[Standing], bool]
) -> None:
    wanted = {s.account.code for s in Standing.objects.select_related("account") if meant(s)}
    assert set(listed(signed_in(director), query)) == wanted


def test_the_manager_of_a_group_is_that_of_its_companies_unless_they_have_their_own(
    director: User, ana: User, chen: User, run: Run, signed_in: SignedIn
) -> None:
    group, dune = Account.objects.get(code="HOLDING"), Account.objects.get(code="0004")
    Assignment.objects.create(account=group, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    Assignment.objects.create(account=dune, person=chen, part=Part.MANAGER, since=date(2024, 1, 1))
    client = signed_in(director)
    assert set(listed(client, f"kam={ana.pk}")) == {"HOLDING", "0003"}
    assert set(listed(client, f"kam={chen.pk}")) == {"0004"}
    assert "0003" not in listed(client, "kam=none")
    assert "0001" in listed(client, "kam=none")
    assert set(listed(client, f"group={group.pk}")) == {"HOLDING", "0003", "0004"}
    assert not {"HOLDING", "0003", "0004"} & set(listed(client, "group=none"))


def test_city_and_sector_are_what_people_wrote(director: User, run: Run, signed_in: SignedIn) -> None:
    Account.objects.filter(code="0005").update(city="İzmir", sector="Orman")
    assert listed(signed_in(director), "city=İzmir&sector=Orman") == ["0005"]


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.sort], ids=lambda column: column.name)
def test_every_order_is_that_of_the_values_with_the_unknown_last(director: User, run: Run, column: Any) -> None:
    for sign in ("", "-"):
        asked = Asked.of(QueryDict(f"sort={sign}{column.name}"), director, run)
        found = list(Standing.objects.filter(run=run).order_by(*asked.order()).select_related("account__parent"))
        values = [_sorted_value(standing, column) for standing in found]
        known = [value for value in values if value is not None]
        assert known == sorted(known, reverse=bool(sign))
        assert values[: len(known)] == known


def _sorted_value(standing: Standing, column: Any) -> Any:
    value = standing
    for name in column.sort.split("__"):
        value = getattr(value, name, None)  # no touch yet
    return -value if column.upside_down and value is not None else value


def test_names_stand_in_the_order_of_the_turkish_alphabet(director: User, run: Run, signed_in: SignedIn) -> None:
    found = listed(signed_in(director), "sort=name&columns=name")
    assert found.index("0010") < found.index("0009"), "Ihlamur before İğde"


# What is not understood is refused ------------------------------------------------------------------------------------


UNKNOWN = [
    "owner__password__startswith=p",
    "account__assignments__person__email=a",
    "ordering=-margin",
    "sort=password",
    "sort=account__remark",
    "sort=--revenue",
    "sort=last12",
    "sort=revenue&sort=profit",
    "columns=name,password",
    "columns=account__remark",
    "class=Q",
    "class=A' OR 1=1--",
    "state=active__x",
    "kam=1%20OR%201",
    "kam=99999999999999999999",
    "kam=987654",
    "group=987654",
    "key=maybe",
    "key=yes&key=no",
    "page=0",
    "page=-1",
    "page=201",
    "page=x",
    "size=1000000000",
    "size=0",
    "q=" + "x" * 101,
    "_connector=OR",
    "revenue__gt=5",
    "margin=0.2",
    "exclude=class",
]


@pytest.mark.parametrize("query", UNKNOWN)
def test_an_unknown_name_or_value_is_refused_whole(director: User, run: Run, signed_in: SignedIn, query: str) -> None:
    client = signed_in(director)
    for path in ("/accounts/", "/accounts/export/", "/accounts/choices/", "/accounts/views/new/"):
        if path == "/accounts/" or not query.startswith(("kam=98", "group=98")):
            assert client.get(f"{path}?{query}").status_code == 400, path


def test_a_group_one_may_not_see_is_as_unknown_as_one_that_is_not_there(
    ana: User, acme: Account, birch: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    assert client.get(f"/accounts/?group={birch.pk}").status_code == 400
    assert client.get(f"/accounts/?group={acme.pk}").status_code == 200


# Pages ---------------------------------------------------------------------------------------------------------------


def test_pages_follow_each_other_without_gap_or_overlap(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    turned = [code for page in range(1, 5) for code in listed(client, f"sort=name&size=3&page={page}")]
    assert turned == listed(client, "sort=name")
    assert listed(client, "size=3&page=5") == []


def test_htmx_gets_the_rows_only_and_they_are_those_of_the_page(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    whole = client.get("/accounts/?sort=name").content.decode()
    part = client.get("/accounts/?sort=name", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    begin = '<div id="accounts"'
    results = part.partition('<div id="list-buttons"')[0].strip()
    assert results.startswith(begin)
    assert results in whole


def test_the_same_queries_for_two_hundred_accounts_as_for_ten(
    head: User, ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    query = "size=200&columns=name,group,kam,abc,revenue,revenue_share,silence,state"
    clients = [signed_in(head), signed_in(ana)]

    def queries() -> list[int]:
        """With the sums of the list and the counts of the strip of trust, and remembering both."""
        found = []
        for client in clients:
            client.get("/accounts/")
            caches["process"].clear()
            remembered.forget()
            for _time in ("cold", "warm"):
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(f"/accounts/?{query}").status_code == 200
                found.append(len(captured))
        return found

    few = queries()
    for number in range(200):
        more = account(f"M{number:03}", f"More {number}", parent=acme)
        Lineage.objects.create(ancestor=acme, account=more, distance=1)
        Standing.objects.create(run=run, account=more, revenue=number, state="active", abc="C")
    assert queries() == few
    assert max(few[1], few[3]) <= 12


def test_one_index_holds_all_that_filters_orders_and_sums_read(head: User, run: Run, signed_in: SignedIn) -> None:
    held = {"run_id", "account_id", *NARROW}
    client, of_standing = signed_in(head), re.compile(r'"insight_standing"\."(\w+)"')
    for query in [query for query, _meant in NARROWED] + [f"key=no&sort={c.name}" for c in COLUMNS if c.sort]:
        remembered.forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/accounts/?{query}").status_code == 200
        scanned = [one["sql"] for one in captured if of_standing.search(one["sql"].partition(" FROM ")[0])]
        whole = [sql for sql in scanned if '"insight_standing"."last12"' in sql]
        for sql in scanned:
            assert sql in whole or set(of_standing.findall(sql)) <= held, (query, sql)
        assert len(whole) <= 1 < len(scanned)


def test_the_strip_of_trust_leads_to_what_to_do(director: User, run: Run, signed_in: SignedIn) -> None:
    text = signed_in(director).get("/accounts/").content.decode()
    assert 'href="/accounts/?kam=none"' in text
    assert 'href="/accounts/?group=none"' in text
    assert "10 accounts without a KAM" in plain(text)
    assert 'href="/runs/"' in text
    assert "1 row refused" in text


def test_a_refused_analysis_is_told_above_figures_of_before(director: User, run: Run, signed_in: SignedIn) -> None:
    from django.utils import timezone

    from anahtar_web.jobs.told import told

    now = timezone.now()
    Run.objects.create(started_at=now, finished_at=now, refusal=told("The disk is full."), damaged_batch="0001-abc")
    text = signed_in(director).get("/accounts/").content.decode()
    assert "These figures are older than the ledger" in text
    assert "Batch 0001-abc is unusable since" in text
    assert codes(signed_in(director).get("/accounts/"))
