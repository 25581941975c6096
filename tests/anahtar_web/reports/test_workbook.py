"""The portfolio as a workbook: the numbers of the page, in the sheets of the command line, of what one may see."""

from typing import Any

import pytest

from anahtar_web.accounts.actions import Verdict, decide_key
from anahtar_web.accounts.models import Account, KeyStatus
from anahtar_web.audit.models import Entry
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from anahtar_web.reports import rows as report_rows
from anahtar_web.reports import workbook as making
from anahtar_web.strategies.actions import write
from anahtar_web.strategies.subjects import SUBJECTS
from anahtar_web.ui.templatetags.shown import share
from tests.anahtar_web.reports.conftest import SignedIn
from tests.anahtar_web.reports.papers import table, workbook

pytestmark = [
    pytest.mark.django_db,
    # openpyxl reads neither sparklines nor data bars, and says so.
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]

SHEETS = ["Summary", "Key accounts", "All accounts", "ABC-XYZ matrix", "Migration", "Concentration"]


def accounts(book: dict[str, list[list[Any]]]) -> list[dict[str, Any]]:
    return table(book["All accounts"], "Rank")


def test_its_accounts_have_the_figures_of_the_run(director: User, run: Run, signed_in: SignedIn) -> None:
    book = workbook(signed_in(director))
    assert list(book) == SHEETS
    found = {row["Code"]: row for row in accounts(book)}
    for standing in Standing.objects.filter(run=run, rank__isnull=False).select_related("account"):
        row = found[standing.account.code]
        assert row["Rank"] == standing.rank
        assert row["Account"] == standing.account.name
        assert row["Revenue"] == pytest.approx((standing.revenue or 0) / 10_000)
        assert row["Profit"] == pytest.approx((standing.profit or 0) / 10_000)
        assert row["Margin"] == pytest.approx(standing.margin)
        assert row["Share"] == pytest.approx(standing.share)
        assert row["Cumulative share"] == pytest.approx(standing.cumulative_share)
        assert (row["ABC"], row["ABC a year before"]) == (standing.abc, standing.abc_year_ago)
        assert row["Last purchase"].date() == standing.last_purchase


def test_its_sums_are_those_of_the_page(director: User, run: Run, signed_in: SignedIn) -> None:
    book = workbook(signed_in(director))
    classes = {row[0]: row for row in book["Summary"] if row[0] in ("A", "B", "C", "N")}
    standings = Standing.objects.filter(run=run)
    for abc, row in classes.items():
        inside = standings.filter(abc=abc)
        assert row[2] == inside.count()
        assert row[3] == pytest.approx(sum(one.value or 0 for one in inside) / 10_000)
    cells = {row["Cell"]: row for row in table(book["ABC-XYZ matrix"], "Cell")}
    assert sum(row["Accounts"] for row in cells.values()) == standings.exclude(cell=None).count()
    assert sum(row["Revenue"] for row in cells.values()) == pytest.approx(
        sum(one.revenue or 0 for one in standings.exclude(cell=None)) / 10_000
    )
    top = {row[0]: row[1] for row in book["Concentration"]}
    assert top["top 1"] == pytest.approx(standings.get(rank=1).share)
    assert top["Sum of positive values"] == pytest.approx(run.value_positive / 10_000)


def test_moves_of_classes_count_every_account_once(director: User, run: Run, signed_in: SignedIn) -> None:
    rows = workbook(signed_in(director))["Migration"]
    at = next(number for number, row in enumerate(rows) if row[0] == "before")
    heads = rows[at]
    told = {row[0]: row for row in rows[at + 1 : at + 7]}
    pairs = list(Standing.objects.filter(run=run, lines__gt=0).values_list("abc_year_ago", "abc"))
    for before in ("A", "B", "C"):
        for after in ("A", "B", "C"):
            if before in told and after in heads:
                assert (told[before][heads.index(after)] or 0) == pairs.count((before, after))


def test_a_managers_workbook_knows_nothing_of_the_company(
    ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    book = workbook(signed_in(ana))
    (row,) = accounts(book)
    assert (row["Code"], row["Share"], row["Rank"]) == (acme.code, 1, 1)
    everything = " ".join(str(cell) for sheet in book.values() for line in sheet for cell in line if cell is not None)
    for other in Account.objects.exclude(pk=acme.pk):
        assert other.name not in everything
    assert str(run.revenue / 10_000) not in everything
    assert "band" not in everything
    assert "of your own accounts" in everything


def test_marketings_workbook_has_no_column_of_profit(marketing: User, run: Run, signed_in: SignedIn) -> None:
    book = workbook(signed_in(marketing))
    everything = " ".join(str(cell) for sheet in book.values() for line in sheet for cell in line if cell is not None)
    for word in ("Profit", "profit", "Margin", "margin"):
        assert word not in everything
    profits = {one / 10_000 for one in Standing.objects.filter(run=run).values_list("profit", flat=True) if one}
    numbers = {cell for sheet in book.values() for line in sheet for cell in line if isinstance(cell, float)}
    assert not profits & numbers
    assert accounts(book)[0]["Revenue"]


def test_a_filter_narrows_it(director: User, run: Run, signed_in: SignedIn) -> None:
    group = Account.objects.get(code="HOLDING")
    found = {row["Code"] for row in accounts(workbook(signed_in(director), f"group={group.pk}"))}
    assert found == {"0003", "0004"}
    lines = workbook(signed_in(director), "direction=Rulman&period=2024")["Summary"]
    remarks = " ".join(str(row[0]) for row in lines if row[0])
    assert "Direction: Rulman" in remarks
    assert "Jan 24 – Dec 24" in remarks


def test_decisions_stand_beside_what_the_ledger_says(
    director: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    decide_key(account=acme, verdict=Verdict(KeyStatus.KEY, "Half of the steel", tier="2"), by=director)
    rows = {row["Code"]: row for row in table(workbook(signed_in(director))["Key accounts"], "Code")}
    own = Standing.objects.get(run=run, account=acme)
    assert rows[acme.code]["Decided"].startswith("Key account · Tier 2 ")
    assert rows[acme.code]["Value"] == pytest.approx((own.value or 0) / 10_000)
    assert rows[acme.code]["Share"] == pytest.approx(own.share)


def test_every_sheet_says_the_share_of_the_key_accounts_that_people_decided_on(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    birch = Account.objects.get(code="0002")
    decide_key(account=birch, verdict=Verdict(KeyStatus.KEY, "Wants to grow"), by=director)
    book = workbook(signed_in(director))
    labels, values = next(
        (row, book["Summary"][at + 1]) for at, row in enumerate(book["Summary"]) if "Share of the key accounts" in row
    )
    told = values[labels.index("Share of the key accounts")]
    assert "by the ledger: " in str(book["Summary"]), "what the ledger proposes stands beside what was decided"
    assert told == share(Standing.objects.get(run=run, account=birch).share)
    (said,) = [row[0] for row in book["Concentration"] if str(row[0]).startswith("The key accounts make ")]
    assert said.startswith(f"The key accounts make {told} of the total: ")


def test_the_first_sheet_promises_what_the_others_hold(director: User, run: Run, signed_in: SignedIn) -> None:
    told = {row[0]: row[2] for row in workbook(signed_in(director))["Summary"] if row[0] in SHEETS}
    assert told["Key accounts"] == "Who is key, as people decided and as the ledger says, and what it brings."
    assert told["Migration"] == "Who moved between classes, against the same months a year before."


def test_totals_that_include_what_is_left_out_say_so(
    director: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    rows = [str(row[0]) for row in workbook(signed_in(director), f"without={acme.pk}")["Summary"]]
    assert any("They include the accounts left out" in row for row in rows)
    rows = [str(row[0]) for row in workbook(signed_in(director))["Summary"]]
    assert not any("They include the accounts left out" in row for row in rows)


def test_a_cell_says_the_companys_own_strategy(director: User, run: Run, signed_in: SignedIn) -> None:
    told = {"word": "=Hold them", "text": "A call {every} week.", "reason": "Two left unheard"}
    write(subject=SUBJECTS["AX"], version=0, by=director, **told)
    cells = [str(cell) for row in workbook(signed_in(director))["ABC-XYZ matrix"] for cell in row if cell is not None]
    assert "=Hold them. A call {every} week." in cells


def test_names_are_text(director: User, run: Run, signed_in: SignedIn) -> None:
    names = {row["Account"] for row in accounts(workbook(signed_in(director)))}
    assert {"=1+1", "@SUM(A1)"} <= names


def test_more_accounts_than_fit_are_counted(
    director: User, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "ROWS", 3)
    monkeypatch.setattr(report_rows, "ROWS", 3)
    book = workbook(signed_in(director))
    assert len(accounts(book)) == 3
    said = " ".join(str(cell) for row in book["All accounts"][:4] for cell in row if cell)
    assert "The first 3 of 10 accounts." in said


def test_it_goes_on_the_trail_with_its_rows(director: User, run: Run, signed_in: SignedIn) -> None:
    workbook(signed_in(director))
    entry = Entry.objects.get(verb="run.reported")
    assert (entry.after["format"], entry.after["rows"]) == ("xlsx", 10)


def test_a_selection_nobody_bought_in_is_an_empty_workbook(ana: User, run: Run, signed_in: SignedIn) -> None:
    book = workbook(signed_in(ana))
    assert list(book) == SHEETS
    assert accounts(book) == []
    said = [str(row[0]) for row in book["Concentration"]]
    assert "No account has a value above zero: there is nothing to have a share of." in said
    assert not any(row.startswith("The key accounts make") for row in said)
