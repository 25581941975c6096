"""What changed of an account, on its page: the core's figures, to the last unit, down to the lines they are made of."""

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar.analysis.changes import change_of, year_before
from anahtar.analysis.result import AnalysisOptions, Window
from anahtar.ledger.store.store import Ledger
from anahtar.metrics.change import Change
from anahtar_web.accounts.actions import merge
from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.insight import changing
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.account import ChangePage, Header
from anahtar_web.insight.queries import shown_run
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day, money
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept, Publish, kept
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.insight.test_account import page, pk, total
from tests.anahtar_web.insight.test_passport import said_by_the_core, told

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
PUBLISHED = [
    ("turkish-statement/tr_cari_ekstre_cp1254.csv", Window(date(1998, 1, 1), date(1998, 4, 30)), "USD"),
    ("online-retail/online_retail.csv.gz", Window(date(2011, 12, 1), date(2011, 12, 31)), "GBP"),
]


def told_by_the_core(firm: Kept, *codes: str) -> Change:
    ledger = Ledger.open(firm.ledger)
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    return change_of(batches, codes, window=firm.analysis.window, as_of=firm.analysis.as_of)


def built(user: User, code: str, show: str = "") -> ChangePage:
    return ChangePage.build(
        Header.build(Account.objects.get(code=code), user, *shown_run(), current="change"), user, show
    )


@pytest.mark.parametrize("code", [sales.ACME, sales.BIRCH, "0003", "0005", "0006", "0009", "0010"])
def test_the_parts_of_the_page_are_those_of_the_core_and_come_to_the_change(
    director: User, run: Run, firm: Kept, code: str
) -> None:
    change, shown = told_by_the_core(firm, code), built(director, code)
    assert shown.revenue is not None
    assert shown.profit is not None
    assert change.profit is not None
    for bridge, parts in ((shown.revenue, change.parts), (shown.profit, change.profit.parts)):
        then, *between, now = bridge.steps
        told = [value for one in fields(parts) if (value := getattr(parts, one.name))]
        assert sorted(step.value for step in between) == sorted(told)
        assert then.value + sum(step.value for step in between) == now.value
        assert bridge.difference == parts.total
    standing = Standing.objects.get(account__code=code)
    assert (change.revenue, change.revenue_before) == (standing.revenue or 0, standing.revenue_year_ago or 0)


def test_every_product_opens_down_to_lines_that_come_to_the_same(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    for code in (sales.ACME, "0010"):
        for product in built(director, code).products:
            assert total(client, product.href) == money(product.revenue, "TRY")
            assert total(client, product.href_before) == money(product.before, "TRY")


def test_what_stopped_leads_to_the_lines_of_the_year_before(director: User, run: Run, signed_in: SignedIn) -> None:
    client, address = signed_in(director), f"/accounts/{pk('0009')}/lines/?before=yes"
    standing = Standing.objects.get(account__code="0009")
    assert total(client, address) == money(standing.revenue_year_ago, "TRY")
    window = year_before(Window(run.window_start, run.window_end))
    assert f"{day(window.start)} – {day(window.end)}" in plain(page(client, address))
    assert all("before=yes" in product.lines for product in built(director, "0009").products)


def test_products_are_narrowed_to_what_became_of_them(
    director: User, run: Run, firm: Kept, signed_in: SignedIn
) -> None:
    change, address = told_by_the_core(firm, sales.ACME), f"/accounts/{pk(sales.ACME)}/change/"
    everything = built(director, sales.ACME)
    assert sum(product.change for product in everything.products) + everything.rest[1] == change.change
    for one in everything.shown:
        shown = built(director, sales.ACME, one.name).products
        assert len(shown) == one.products
        assert {product.state for product in shown} <= {one.name or product.state for product in shown}
    client = signed_in(director)
    assert client.get(f"{address}?show=stopped").status_code == 200
    assert client.get(f"{address}?show=cheaper").status_code == 400
    assert client.get(f"{address}?profit__gt=1").status_code == 400


def test_marketing_reads_the_change_of_revenue_alone(
    director: User, marketing: User, run: Run, firm: Kept, signed_in: SignedIn
) -> None:
    change, address = told_by_the_core(firm, sales.ACME), f"/accounts/{pk(sales.ACME)}/change/"
    assert change.profit is not None
    said, known = page(signed_in(marketing), address), page(signed_in(director), address)
    assert money(change.parts.price, "TRY") in said
    assert "rofit" not in plain(said).partition("Why revenue changed")[2]
    for amount in (change.profit.profit, change.profit.profit_before, change.profit.change, change.profit.parts.cost):
        assert money(amount, "TRY") in known
        assert money(amount, "TRY") not in said


def test_a_group_adds_up_its_companies(director: User, run: Run, firm: Kept) -> None:
    change, shown = told_by_the_core(firm, "0003", "0004"), built(director, "HOLDING")
    assert shown.revenue is not None
    assert shown.revenue.difference == change.change
    group = Standing.objects.get(account__code="HOLDING")
    assert (change.revenue, change.revenue_before) == (group.group_revenue, group.group_revenue_year_ago)


def test_until_the_next_analysis_a_group_has_the_lines_of_what_was_merged_out_of_it(
    director: User, run: Run, firm: Kept, signed_in: SignedIn
) -> None:
    """Its figures are of the analysis before the merge, and what is said of them must come to these."""
    before, group = told_by_the_core(firm, "0003", "0004"), Standing.objects.get(account__code="HOLDING")
    merge(
        source=Account.objects.get(code="0004"),
        target=Account.objects.get(code=sales.ACME),
        by=director,
        reason="The same company.",
    )
    shown = built(director, "HOLDING")
    assert shown.revenue is not None
    assert shown.revenue.difference == before.change
    assert total(signed_in(director), f"/accounts/{pk('HOLDING')}/lines/") == money(group.group_revenue, "TRY")


def test_a_ledger_of_one_year_has_nothing_to_compare_with(
    director: User, publish: Publish, tmp_path: Path, signed_in: SignedIn
) -> None:
    (tmp_path / "satis.csv").write_bytes(sales.text(since=date(2025, 1, 1)))
    publish(kept(tmp_path, tmp_path / "satis.csv"))
    text = plain(page(signed_in(director), f"/accounts/{pk(sales.ACME)}/change/"))
    assert "No year to compare with" in text
    assert "the ledger begins in" in text


def test_the_overview_names_what_grew_and_what_shrank(
    director: User, run: Run, firm: Kept, signed_in: SignedIn
) -> None:
    client, address = signed_in(director), f"/accounts/{pk(sales.ACME)}/"
    assert f'hx-get="{address}change/movers/"' in page(client, address)
    answer = client.get(f"{address}change/movers/", headers={"HX-Request": "true"})
    text = answer.content.decode()
    grown = [row for row in told_by_the_core(firm, sales.ACME).products if row.change > 0]
    assert grown
    for row in grown:
        assert money(row.change, "TRY") in text
        assert f"{address}lines/?product={row.product}" in text
    assert client.get(f"{address}change/movers/").headers["Location"] == f"{address}change/"


def test_a_damaged_batch_is_told_and_the_figures_above_stay(
    director: User, run: Run, signed_in: SignedIn, data: Path
) -> None:
    part = next((data / "ledger" / "batches").glob("*/lines/2025-03.parquet"))
    whole = part.read_bytes()
    part.write_bytes(whole[:-40])
    client, address = signed_in(director), f"/accounts/{pk(sales.ACME)}/change/"
    text = plain(page(client, address))
    assert f"Batch {run.batches[0]} is damaged" in text
    assert "Revenue" in text
    part.write_bytes(whole)
    assert "Why revenue changed" in page(client, address)


def test_it_is_computed_once(director: User, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = signed_in(director), f"/accounts/{pk(sales.ACME)}/change/"
    first = page(client, address)
    monkeypatch.setattr("anahtar.analysis.changes.product_sums", None)
    same = re.compile(r'csrf[^>]*|once[^>]*|value="[^"]*"|X-CSRFToken[^}]*|>Analysed[^<]*')
    assert same.sub("", page(client, address)) == same.sub("", first)


def test_the_same_queries_for_a_group_of_hundred_as_for_one_of_two(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client, group = signed_in(director), Account.objects.get(code="HOLDING")

    def queries() -> list[int]:
        counted = []
        for name in ("change/", "change/movers/", "class/"):
            client.get(f"/accounts/{group.pk}/{name}", headers={"HX-Request": "true"} if "movers" in name else {})
            caches["process"].clear()
            changing.forget()
            with CaptureQueriesContext(connection) as captured:
                client.get(f"/accounts/{group.pk}/{name}", headers={"HX-Request": "true"} if "movers" in name else {})
            counted.append(len(captured))
        return counted

    few = queries()
    for at in range(100):
        more = account(f"M{at:03}", f"More {at}", parent=group)
        Lineage.objects.create(ancestor=group, account=more, distance=1)
        Standing.objects.create(run=run, account=more, revenue=at, state="active", abc="C")
    assert queries() == few


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the published ledgers are not beside this checkout")
@pytest.mark.parametrize(("file", "window", "currency"), PUBLISHED)
def test_published_ledgers_say_on_the_page_what_the_core_says(
    director: User, publish: Publish, tmp_path: Path, file: str, window: Window, currency: str
) -> None:
    of = kept(tmp_path, SHARED / file, AnalysisOptions(window=window), currency=currency)
    publish(of)
    largest = [row["code"] for row in of.analysis.standings.to_pylist()[:4]]
    for code in largest:
        change, shown = told_by_the_core(of, code), built(director, code)
        assert shown.revenue is not None
        assert shown.revenue.difference == change.change
        assert sum(step.value for step in shown.revenue.steps[1:-1]) == change.parts.total == change.change
        listed = [(product.code, product.revenue, product.before) for product in shown.products]
        assert listed == [
            (row.product or "", row.revenue, row.revenue_before) for row in change.products[: len(listed)]
        ]
        assert sum(product.change for product in shown.products) + shown.rest[1] == change.change
        assert told(director, code) == said_by_the_core(of, code)
