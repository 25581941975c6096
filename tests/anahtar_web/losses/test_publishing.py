"""What a run finds of losses is written, balances to the cent, and is the same for whoever counts it from the rows."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Count, Sum

from anahtar.analysis.losing.criterion import FlatDays, OwnRhythm
from anahtar.analysis.losing.likely import Likely
from anahtar.analysis.losing.losses import LossOptions
from anahtar.forecast.models import Kind
from anahtar.report.losses import losses_summary
from anahtar.rules.lapse_criterion import Criterion, LapseCriterion
from anahtar_web.accounts.models import Account
from anahtar_web.insight.actions import analyse
from anahtar_web.insight.models import Run
from anahtar_web.losses import reckoning
from anahtar_web.losses.actions import say_of
from anahtar_web.losses.bridging import Bridge, added, bridge_of
from anahtar_web.losses.models import BridgeRow, Continuation, Lapse, LossReport, PartialLoss, Succession, WayBack
from anahtar_web.losses.months import Month
from anahtar_web.losses.pages.overview import own_months
from anahtar_web.people.models import User
from tests.anahtar_web.losses import sales
from tests.anahtar_web.losses.conftest import Found, Show, found_in

pytestmark = pytest.mark.django_db


def money(text: str) -> int:
    """A decimal string of the core's JSON in ten-thousandths."""
    whole, _, part = text.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 10_000 + int(part.ljust(4, "0")))


def balance(bridge: Bridge) -> int:
    amounts = {name: one.amount for name, one in bridge.buckets.items()}
    gained = amounts["new"] + amounts["returned"] + amounts["expansion"]
    return bridge.revenue_before + gained + amounts["contraction"] + amounts["lost"] - bridge.revenue


def test_rows_come_to_what_the_command_writes_as_json(run: Run, firm: Found) -> None:
    told = losses_summary(firm.losses)
    bridge = told["bridge"]
    rows = BridgeRow.objects.filter(run=run)
    for name, bucket in bridge["buckets"].items():
        own = rows.filter(bucket=name).aggregate(n=Count("pk"), before=Sum("revenue_before"), now=Sum("revenue"))
        assert own["n"] == bucket["accounts"], name
        assert (own["now"] or 0) - (own["before"] or 0) == money(bucket["amount"]), name
    assert {
        (row.account.code, row.bucket, row.revenue_before, row.revenue) for row in rows.select_related("account")
    } == {
        (one["code"], one["bucket"], money(one["revenue_before"]), money(one["revenue"])) for one in bridge["accounts"]
    }
    assert {
        (one.account.code, one.code, one.silence, one.revenue)
        for one in PartialLoss.objects.filter(run=run).select_related("account")
    } == {(one["account"], one["value"], one["silence"], money(one["revenue"])) for one in told["partial_losses"]}
    assert {
        (one.account.code, one.silence, one.value, one.chance)
        for one in WayBack.objects.filter(run=run).select_related("account")
    } == {
        (one["code"], one["silence"], None if one["value"] is None else money(one["value"]), one["chance"]["value"])
        for one in told["win_back"]["accounts"]
    }
    # A ledger in which something of each happens, or the comparisons above say nothing.
    assert all(bridge["buckets"][name]["accounts"] for name in ("new", "expansion", "contraction", "lost"))
    assert told["partial_losses"]
    assert told["win_back"]["accounts"]


def test_the_bridge_of_the_rows_is_that_of_the_report(run: Run, director: User) -> None:
    report = LossReport.objects.get(run=run)
    of_run = bridge_of(director, run, report)
    assert of_run is not None
    assert of_run == added(BridgeRow.objects.filter(run=run))
    assert balance(of_run) == 0


def test_the_months_counted_from_the_rows_are_those_of_the_core(run: Run, firm: Found, director: User) -> None:
    stored = [Month.told(one) for one in LossReport.objects.get(run=run).told["months"]]
    assert stored == own_months(director, run)
    assert [one.lost_then for one in stored] == [one.lost_then for one in firm.losses.months]
    assert sum(one.lost_then for one in stored) > sum(one.lost_now for one in stored) > 0
    assert Lapse.objects.filter(run=run).count() == firm.losses.lapses.num_rows


@pytest.mark.parametrize(
    "seed",
    [
        *(1, 2),
        *(pytest.param(seed, marks=pytest.mark.sweep) for seed in (3, 4)),
        pytest.param(5, marks=pytest.mark.long),
    ],
)
def test_the_bridge_balances_to_the_ten_thousandth_whatever_the_ledger(
    seed: int, show: Show, tmp_path: Path, director: User
) -> None:
    since = sales.FIRST if seed % 2 else sales.FIRST.replace(year=2025, month=2)
    run = show(found_in(tmp_path, sales.text(seed, accounts=12, since=since), profit=False))
    bridge = bridge_of(director, run, LossReport.objects.get(run=run))
    assert bridge is not None
    assert balance(bridge) == 0
    assert bridge == added(BridgeRow.objects.filter(run=run))


def test_who_changed_the_code_is_neither_lost_nor_new(run: Run) -> None:
    found = Continuation.objects.select_related("old", "new", "end").get(run=run)
    assert (found.old.code, found.new.code, found.end.code, found.by) == (sales.OLD, sales.NEW, sales.NEW, "basket")
    assert found.evidence
    assert not BridgeRow.objects.filter(run=run, account=found.old).exists()
    assert BridgeRow.objects.get(run=run, account=found.new).bucket in ("expansion", "contraction")


def test_a_persons_word_wins_over_the_basket(run: Run, firm: Found, head: User) -> None:
    old, new = (Account.objects.get(code=code) for code in (sales.OLD, sales.NEW))
    Succession.objects.create(old=old, new=new, goes_on=False, by=head)
    assert reckoning.said({}) == ({}, [(sales.OLD, sales.NEW)])
    Succession.objects.update(goes_on=True)
    assert reckoning.said({}) == ({sales.OLD: sales.NEW}, [])
    # Merged since: they are one account, and there is nothing left to say.
    assert reckoning.said({sales.OLD: sales.NEW}) == ({}, [])
    other = Account.objects.get(code="0004")
    Succession.objects.create(old=new, new=other, goes_on=True, by=head)
    assert reckoning.said({}) == ({sales.OLD: sales.NEW, sales.NEW: "0004"}, [])
    # The third is merged into the first: what was a chain would be a circle, and nobody's figures wait for it.
    assert reckoning.said({"0004": sales.OLD}) == ({sales.OLD: sales.NEW}, [])


def test_the_companys_criterion_decides_which_silence_is_a_loss(firm: Found) -> None:
    analysis = firm.of.analysis
    flat = LapseCriterion(Criterion.FLAT, flat_days=77)
    assert reckoning.borders_of(analysis, _foreseen(flat)) == FlatDays(77)
    for kind in (Criterion.RHYTHM, Criterion.PROBABILITY, Criterion.COMBINED):
        # Without a backtest there is no model to ask.
        assert reckoning.borders_of(analysis, _foreseen(LapseCriterion(kind))) == OwnRhythm(analysis.base.interval)


def test_a_company_that_goes_by_probability_loses_by_what_models_of_the_past_said(firm: Found) -> None:
    analysis, model = firm.of.analysis, object()
    stands = [SimpleNamespace(day=19_000, fits={Kind.MBG: SimpleNamespace(model=model)})]
    backtest = SimpleNamespace(chosen=Kind.MBG, stands=stands)
    for kind in (Criterion.PROBABILITY, Criterion.COMBINED):
        found = reckoning.borders_of(analysis, _foreseen(LapseCriterion(kind, lapsed=0.6), backtest))
        assert isinstance(found, Likely)
        assert [(one.day, one.model) for one in found.told] == [(19_000, model)]
        assert (found.lapsed, found.horizon) == (0.6, 104)
        assert found.intervals is (kind is Criterion.COMBINED)
    rhythm = reckoning.borders_of(analysis, _foreseen(LapseCriterion(), backtest))
    assert rhythm == OwnRhythm(analysis.base.interval)


def _foreseen(criterion: LapseCriterion, backtest: object = None) -> Any:
    return SimpleNamespace(criterion=criterion, backtest=backtest, accounts=SimpleNamespace(horizon=104))


def test_a_word_against_the_basket_makes_one_lost_and_the_other_new(show: Show, tmp_path: Path, director: User) -> None:
    run = show(found_in(tmp_path, sales.text(7, accounts=70), LossOptions(apart=[(sales.OLD, sales.NEW)])))
    buckets = dict(
        BridgeRow.objects.filter(run=run, account__code__in=(sales.OLD, sales.NEW)).values_list(
            "account__code", "bucket"
        )
    )
    assert buckets[sales.NEW] == "new"
    assert not Continuation.objects.filter(run=run).exists()


def test_every_analysis_looks_for_losses_and_forgets_those_of_the_one_before(
    publish: object, reckoned_once: None, firm: Found, data: Path, head: User
) -> None:
    shutil.copytree(firm.of.ledger, data / "ledger")
    first = analyse(by=None)
    assert first is not None
    rows = BridgeRow.objects.filter(run=first)
    assert rows.count() == firm.losses.bridge.accounts.num_rows  # type: ignore[union-attr]  # it has two years
    old, new = (Account.objects.get(code=code) for code in (sales.OLD, sales.NEW))
    say_of(old=old, new=new, goes_on=False, by=head)
    second = analyse(by=None)
    assert second is not None
    assert list(LossReport.objects.values_list("run", flat=True)) == [second.pk]
    assert not rows.exists()
    assert {row.bucket for row in BridgeRow.objects.filter(run=second, account=new)} == {"new"}
    assert not Continuation.objects.exists()
