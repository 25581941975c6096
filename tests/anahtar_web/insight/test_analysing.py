"""From the ledger to what the pages show: the same figures, whole runs only, and a refusal that is told."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, Sum

from anahtar.ledger.store.integrity import DamagedBatch
from anahtar.ledger.store.store import Ledger
from anahtar.money import to_cents
from anahtar.report.summary import summary
from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.company.models import Company
from anahtar_web.insight import publishing, slices
from anahtar_web.insight.actions import analyse
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.portfolio import periods
from anahtar_web.insight.queries import current_run, shown_run
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept, Publish, add

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(firm: Kept, data: Path, reckoned_once: None) -> Ledger:
    """The firm's ledger in the house, not yet analysed."""
    shutil.copytree(firm.ledger, data / "ledger")
    return Ledger.open(data / "ledger")


def counts(field: str) -> dict[str, int]:
    rows = Standing.objects.filter(run=current_run()).exclude(**{f"{field}__isnull": True})
    return dict(rows.values_list(field).annotate(Count("pk")).order_by(field))


def test_the_standings_are_those_of_the_command_line(ledger: Ledger, firm: Kept) -> None:
    Company(pk=1, measure="profit").save()
    run = analyse(by=None)
    assert run is not None
    told = summary(firm.analysis)
    assert counts("abc") == {abc: part["customers"] for abc, part in told["abc"].items() if part["customers"]}
    assert counts("state") == {state: n for state, n in told["silence"].items() if n}
    assert counts("cell") == {cell: n for cell, n in told["matrix"].items() if n}
    assert str(to_cents(run.amount_accepted)) == told["ledger"]["amount_accepted"]
    assert run.customers == told["ledger"]["customers"]
    assert [a["code"] for a in told["key_accounts"]] == list(
        Standing.objects.filter(key=True).order_by("rank").values_list("account__code", flat=True)
    )


def test_every_column_says_what_the_analysis_says(run: Run, firm: Kept) -> None:
    same = ("revenue", "profit", "margin", "value", "change", "share", "rank", "abc_year_ago", "trend", "silence")
    rows = {row["code"]: row for row in firm.analysis.standings.to_pylist()}
    for standing in Standing.objects.exclude(account__code="HOLDING").select_related("account"):
        row = rows[standing.account.code]
        assert [getattr(standing, name) for name in same] == [row[name] for name in same]
        assert standing.last12 == row["last12"]
        assert standing.type_list == row["types"]
        assert (standing.expected_by, standing.last_purchase) == (row["expected_by"], row["last_purchase"])


def test_revenue_is_ranked_beside_profit_for_those_who_see_only_that(
    run: Run, publish: Publish, firm_by_revenue: Kept
) -> None:
    beside = {
        standing.account.code: (standing.revenue_rank, standing.revenue_share, standing.revenue_change)
        for standing in Standing.objects.filter(run=run).select_related("account")
    }
    by_revenue = publish(firm_by_revenue)
    for standing in Standing.objects.filter(run=by_revenue).select_related("account"):
        rank, share, change = beside[standing.account.code]
        assert rank == standing.rank
        assert share == pytest.approx(standing.share) if share else standing.share is None
        assert change == pytest.approx(standing.change) if change is not None else standing.change is None


def test_a_group_carries_the_sums_of_its_companies(run: Run) -> None:
    group = Standing.objects.get(account__code="HOLDING")
    own = Standing.objects.filter(account__code__in=["0003", "0004"])
    assert group.companies == 2
    assert group.revenue is None
    assert group.group_revenue == own.aggregate(sum=Sum("revenue"))["sum"]
    assert group.group_profit == own.aggregate(sum=Sum("profit"))["sum"]
    assert group.group_last_purchase == max(own.values_list("last_purchase", flat=True))
    alone = Standing.objects.get(account__code=sales.ACME)
    assert (alone.companies, alone.group_revenue) == (0, alone.revenue)


def test_a_group_of_groups_sums_up_every_depth(run: Run, publish: Publish, firm: Kept) -> None:
    top = account("TOP", "Top")
    holding = Account.objects.get(code="HOLDING")
    below = [holding.pk, *Account.objects.filter(parent=holding).values_list("pk", flat=True)]
    Account.objects.filter(pk=holding.pk).update(parent=top, parent_said_by_person=True)
    for distance, pk in ((1, below[0]), (2, below[1]), (2, below[2])):
        Lineage.objects.create(ancestor=top, account_id=pk, distance=distance)
    run = publish(firm)
    sums = dict(Standing.objects.filter(run=run).values_list("account__code", "group_revenue"))
    assert sums["TOP"] == sums["HOLDING"]
    assert Standing.objects.get(run=run, account=top).companies == 2


def test_an_empty_ledger_has_no_run_and_no_account() -> None:
    assert analyse(by=None) is None
    assert shown_run() == (None, None)
    assert not Account.objects.exists()


def test_a_damaged_batch_is_refused_and_the_figures_before_stay(ledger: Ledger, data: Path) -> None:
    before = analyse(by=None)
    assert before is not None
    part = next((data / "ledger" / "batches").glob("*/lines/2025-03.parquet"))
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)
    with pytest.raises(DamagedBatch):
        analyse(by=None)
    current, refused = shown_run()
    assert current == before
    assert refused is not None
    assert refused.damaged_batch == before.batches[0]
    assert Standing.objects.filter(run=before).count() == before.customers + 1
    assert publishing.folder_of(before).is_dir()


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.long
@pytest.mark.parametrize("step", ["bulk_write", "take_over"])
def test_killed_before_the_end_the_run_before_stays_and_the_next_one_is_whole(
    ledger: Ledger, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = analyse(by=None)

    def kill(*args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(publishing, step, kill)
        with pytest.raises(Killed):
            analyse(by=None)
    assert shown_run() == (before, None)
    after = analyse(by=None)
    assert after is not None
    assert Standing.objects.filter(run=after).count() == after.customers + 1
    assert set(Standing.objects.values_list("run", flat=True)) == {after.pk}
    assert not Run.objects.filter(finished_at=None).exists()


def test_the_folders_of_the_last_thirteen_runs_are_kept(run: Run, firm: Kept, publish: Publish, data: Path) -> None:
    for _again in range(14):
        run = publish(firm)
    (data / "runs" / ".77.unfinished").mkdir()
    publishing.sweep()
    kept = {path.name for path in (data / "runs").iterdir() if path.is_dir()}
    assert kept == {str(pk) for pk in Run.objects.order_by("-pk").values_list("pk", flat=True)[:13]}
    assert str(run.pk) in kept


def test_slices_are_kept_of_the_run_that_is_shown_alone(firm: Kept, publish: Publish, data: Path) -> None:
    former, current = publish(firm), publish(firm)
    publishing.sweep()
    folders = [publishing.folder_of(run) for run in (former, current)]
    assert [(folder / "slices").exists() for folder in folders] == [False, True]
    assert all((folder / "ground").exists() for folder in folders)


def test_an_analysis_leaves_what_the_portfolio_is_computed_from(ledger: Ledger) -> None:
    run = analyse(by=None)
    assert run is not None
    found = slices.read(run, slices.usual(run))
    assert found.amounts("revenue").sum() == run.revenue
    kept = {path.name for path in (publishing.folder_of(run) / "slices").iterdir()}
    offered = [
        slices.asked_of(run, window=one.window, measure=measure, direction=None)
        for one in periods.offered(run)
        for measure in ("revenue", "profit")
    ]
    assert slices.usual(run) in offered
    assert len(offered) > 2
    assert kept == {f"{asked.stamp}.arrow" for asked in offered}


@pytest.mark.long
def test_what_people_merged_counts_for_the_account_that_remains(ledger: Ledger) -> None:
    analyse(by=None)
    own = dict(Standing.objects.values_list("account__code", "revenue"))
    Account.objects.filter(code="0008").update(merged_into=Account.objects.get(code=sales.ACME))
    run = analyse(by=None)
    together = dict(Standing.objects.filter(run=run).values_list("account__code", "revenue"))
    assert together[sales.ACME] == own[sales.ACME] + own["0008"]
    assert "0008" not in together
    assert Account.objects.get(code="0008").in_ledger


def test_the_company_says_by_what_accounts_are_judged(ledger: Ledger) -> None:
    Company(pk=1, measure="revenue", abc_a=0.5, abc_b=0.6).save()
    run = analyse(by=None)
    assert run is not None
    assert run.measure == "revenue"
    assert run.options["abc_cuts"] == [0.5, 0.6]
    assert Standing.objects.get(run=run, account__code=sales.BIRCH).abc != "A"


@pytest.mark.long
def test_an_import_that_is_taken_back_takes_its_accounts_with_it(data: Path, tmp_path: Path) -> None:
    ledger = Ledger.create(data / "ledger")
    (tmp_path / "a.csv").write_bytes(sales.text(upto=sales.LAST.replace(year=2024)))
    (tmp_path / "b.csv").write_bytes(sales.text(since=sales.LAST.replace(year=2025, month=1, day=1)))
    add(ledger, tmp_path / "a.csv")
    analyse(by=None)
    add(ledger, tmp_path / "b.csv")
    analyse(by=None)
    assert Account.objects.filter(code="0006").exists()
    ledger.remove("2", made_at="2026-01-06T09:00:00")
    run = analyse(by=None)
    assert run is not None
    assert run.batches == [ledger.batches()[0].batch]
    assert not Account.objects.filter(code="0006").exists()
    ledger.remove("1", made_at="2026-01-07T09:00:00")
    assert analyse(by=None) is None
    assert current_run() is None
    assert not Account.objects.exists()
