"""What an analysis foresees stands beside its standings: the same states, whole runs only, none of former ones."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest
from django.urls import reverse

from anahtar.facts import keys
from anahtar.forecast.foresight import FORESIGHT
from anahtar.ledger.store.store import Ledger
from anahtar_web.accounts.models import Account
from anahtar_web.company.models import Company, Lapse
from anahtar_web.foresight import publishing
from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook
from anahtar_web.foresight.queries import direction_outlooks, forecast, outlook_of, outlooks_of
from anahtar_web.insight import alongside
from anahtar_web.insight import publishing as standings
from anahtar_web.insight.actions import analyse
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.queries import shown_run
from anahtar_web.jobs.told import shown
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account
from tests.anahtar_web.foresight.conftest import ALONE, FIRST, LAST
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept, Publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[alongside.Analysed]:
    """What the steps of an analysis were given."""
    given: list[alongside.Analysed] = []
    step = alongside.Step("seen", "seen", given.append)
    monkeypatch.setattr(alongside, "_STEPS", {**alongside._STEPS, "seen": step})
    return given


def test_every_account_that_bought_has_an_outlook_with_the_state_of_its_standing(ledger: Ledger) -> None:
    run = analyse(by=None)
    outlooks = {one.account.code: one for one in Outlook.objects.filter(run=run).select_related("account")}
    rows = {one.account.code: one for one in Standing.objects.filter(run=run).select_related("account")}
    assert set(outlooks) == {code for code, row in rows.items() if row.last_purchase}
    for code, one in outlooks.items():
        row = rows[code]
        assert (one.state, one.expected_by, one.days_late) == (row.state, row.expected_by, row.days_late)
        assert one.last_purchase == row.last_purchase
        assert one.silence + one.closed_days == row.silence
        assert str(one.silence) in shown(one.why)


def test_what_is_written_is_what_the_core_foresees(many: Ledger, asked: list[alongside.Analysed]) -> None:
    analyse(by=None)
    foreseen = asked[0].foreseen
    assert foreseen.accounts.fitted is not None
    for row in foreseen.accounts.table.to_pylist():
        one = outlook_of(Account.objects.get(code=foreseen.codes[row.pop("account_id")]))
        assert {name: getattr(one, name) for name in row} == row
    assert foreseen.accounts.table.schema == FORESIGHT


def test_a_ledger_of_many_accounts_chooses_its_model_by_a_backtest(
    many: Ledger, asked: list[alongside.Analysed]
) -> None:
    run = analyse(by=None)
    told = forecast()
    assert told is not None
    assert told.run == run
    foreseen = asked[0].foreseen
    assert foreseen.backtest is not None
    assert told.model == foreseen.kind.value == foreseen.backtest.chosen.value
    assert told.refusal is None
    assert told.horizon == foreseen.accounts.horizon >= 90
    assert told.criterion == "rhythm"


def test_a_ledger_of_ten_accounts_says_why_there_is_no_backtest_and_no_model(ledger: Ledger) -> None:
    analyse(by=None)
    told = forecast()
    assert told is not None
    assert (told.model, told.backtest) == ("", None)
    assert "A model of the whole base needs 30" in shown(told.refusal)
    assert Outlook.objects.filter(none_ahead=None).count() == Outlook.objects.count() == 10


def test_directions_are_foreseen_by_their_names_from_four_purchase_days_on(ledger: Ledger) -> None:
    analyse(by=None)
    acme = Account.objects.get(code=sales.ACME)
    found = {one.direction: one for one in direction_outlooks(acme)}
    assert set(found) == {"Rulman", "Hidrolik"}
    assert found["Hidrolik"].state in ("lapsed", "lost")
    assert found["Rulman"].state == "active"
    assert outlook_of(acme).state == "active"  # type: ignore[union-attr]  # it bought
    assert not DirectionOutlook.objects.filter(account__code="0010").exists(), "its lines name no direction"
    assert min(DirectionOutlook.objects.values_list("purchase_days", flat=True)) >= 4


def test_product_groups_regions_and_sites_are_foreseen_side_by_side(many: Ledger) -> None:
    """Gebze is Marmara and İzmir is Ege: what is foreseen of a site is what is foreseen of its region."""
    analyse(by=None)
    rows = DirectionOutlook.objects.order_by("account", "direction")
    names = {kind: {row.direction for row in rows if row.dimension == kind} for kind in ("direction", "region", "site")}
    assert names == {
        "direction": {"Rulman", "Hidrolik", "Kayış"},
        "region": {"Ege", "Marmara"},
        "site": {"Gebze", "İzmir"},
    }
    region = {"İzmir": "Ege", "Gebze": "Marmara"}
    told = ("last_purchase", "silence", "days_late", "gaps", "silences_as_long", "state", "at_stake", "last_gaps")
    by_region = {(row.account_id, row.direction): row for row in rows if row.dimension == "region"}
    for row in rows.filter(dimension="site"):
        other = by_region.pop((row.account_id, region[row.direction]))
        assert [getattr(row, name) for name in told] == [getattr(other, name) for name in told]
    assert not by_region


def test_who_is_supplied_at_one_place_has_no_rhythm_there_but_its_own(many: Ledger) -> None:
    analyse(by=None)
    assert set(DirectionOutlook.objects.filter(account__code=f"M{ALONE:02}").values_list("dimension", flat=True)) == {
        "direction"
    }


def test_the_latest_gaps_are_kept(many: Ledger) -> None:
    """Those of the account's purchase days in the ledger, in which nobody closed."""
    analyse(by=None)
    one = outlook_of(Account.objects.get(code="M01"))
    assert one is not None
    assert len(one.last_gaps) == 12
    days = [FIRST + timedelta(1)]
    while days[-1] <= LAST - timedelta(1):
        days.append(days[-1] + timedelta(8 + (len(days) * 5 + 1) % 4))
    gaps = [(later - day).days for day, later in pairwise(days[:-1])]
    assert one.last_gaps == gaps[-12:]
    assert one.closed_days == 0


def test_of_very_many_directions_only_those_that_are_late_are_written(
    many: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyse(by=None)
    every = set(DirectionOutlook.objects.values_list("account__code", "direction", "state"))
    monkeypatch.setattr(publishing, "MOST_DIRECTIONS", 5)
    analyse(by=None)
    assert len(every) > 5
    left = set(DirectionOutlook.objects.values_list("account__code", "direction", "state"))
    assert left == {row for row in every if row[2] != "active"}
    assert left < every


def test_accounts_that_go_on_under_another_have_no_row_of_their_own(ledger: Ledger) -> None:
    analyse(by=None)
    before = outlook_of(Account.objects.get(code=sales.ACME))
    Account.objects.filter(code="0008").update(merged_into=Account.objects.get(code=sales.ACME))
    analyse(by=None)
    after = outlook_of(Account.objects.get(code=sales.ACME))
    assert before is not None
    assert after is not None
    assert after.purchase_days > before.purchase_days
    assert not Outlook.objects.filter(account__code="0008").exists()
    assert not DirectionOutlook.objects.filter(account__code="0008").exists()


def test_two_directions_of_one_name_are_told_apart_by_code(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"code": ["A", "B", "C"], "name": ["x" * 300, "x" * 300, "y"]})
    monkeypatch.setattr(keys, "directions", lambda folders: table)
    names = publishing._names([])
    assert names == {"A": "x" * 200, "B": "x" * 196 + " (B)", "C": "y"}


# Whole runs only -------------------------------------------------------------------------------------------------


def test_of_former_runs_nothing_is_kept(ledger: Ledger) -> None:
    analyse(by=None)
    run = analyse(by=None)
    assert run is not None
    for model in (Outlook, DirectionOutlook, Forecast):
        assert set(model.objects.values_list("run", flat=True)) == {run.pk}


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("step", ["_whole", "take_over"])
def test_killed_in_between_nothing_half_is_shown(ledger: Ledger, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = analyse(by=None)
    rows = set(Outlook.objects.values_list("pk", flat=True))

    def kill(*args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(publishing if step == "_whole" else standings, step, kill)
        with pytest.raises(Killed):
            analyse(by=None)
    assert shown_run() == (before, None)
    assert {one.pk for one in outlooks_of(Account.objects.all()).values()} == rows
    assert Outlook.objects.exclude(run=before).exists(), "written beside, shown to nobody"
    after = analyse(by=None)
    assert after is not None
    assert set(Outlook.objects.values_list("run", flat=True)) == {after.pk}


def test_a_step_is_asked_before_its_run_takes_over_and_followed_after(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, bool]] = []

    def reckon(given: alongside.Analysed) -> None:
        told.append(("reckon", given.run.current))
        assert Standing.objects.filter(run=given.run).count() == len(given.accounts) == 11
        assert Outlook.objects.filter(run=given.run).exists(), "those below come first"
        assert given.folder.is_dir()

    def after(run: Run) -> None:
        told.append(("after", Run.objects.get(pk=run.pk).current))

    step = alongside.Step("late", "late", reckon, after=after)
    monkeypatch.setattr(alongside, "_STEPS", {**alongside._STEPS, "late": step})
    analyse(by=None)
    assert told == [("reckon", False), ("after", True)]


def test_another_worker_that_has_the_job_by_then_is_not_overtaken(ledger: Ledger) -> None:
    before = analyse(by=None)
    asked = []

    def hold() -> None:
        asked.append(Outlook.objects.exclude(run=before).exists())
        if asked[-1]:
            raise Killed

    with pytest.raises(Killed):
        analyse(by=None, hold=hold)
    assert asked == [False, True]
    assert shown_run() == (before, None)


def test_the_page_of_an_account_says_why_by_the_company_s_criterion(ledger: Ledger, signed_in: Any, head: User) -> None:
    Company(pk=1, lapse="flat", lapse_days=45).save()
    analyse(by=None)
    elm = Account.objects.get(code="0005")
    one = outlook_of(elm)
    assert one is not None
    assert (one.state, one.expected_by) == ("lapsed", one.last_purchase + timedelta(45))
    page = signed_in(head).get(reverse("insight:account", args=[elm.pk])).content.decode()
    assert f"silent for {one.silence} days, as long as in 0 of its {one.gaps} gaps; 45 days are allowed" in page
    assert "expected intervals" not in page


def test_states_follow_the_company_s_criterion(many: Ledger) -> None:
    said = {}
    for kind in Lapse:
        Company(pk=1, lapse=kind.value, lapse_days=60).save()
        run = analyse(by=None)
        said[kind] = tuple(Standing.objects.filter(run=run).order_by("account__code").values_list("state", flat=True))
        assert forecast().criterion == kind.value  # type: ignore[union-attr]  # there is one
    assert len(set(said.values())) >= 3


# Reading ---------------------------------------------------------------------------------------------------------


def test_before_the_first_analysis_nothing_is_foreseen() -> None:
    new = account("N1", "New")
    assert (forecast(), outlook_of(new), outlooks_of([new]), direction_outlooks(new)) == (None, None, {}, [])


def test_a_run_of_an_earlier_version_foresees_nothing(publish: Publish, firm: Kept) -> None:
    publish(firm)
    assert forecast() is None
    assert outlooks_of(Account.objects.all()) == {}
