"""Lists of lost accounts: who stands on them, in what order, and how much that is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.insight.models import Run, Standing
from anahtar_web.losses.models import Lapse
from anahtar_web.people.models import User
from anahtar_web.risks.actions import open_case, record_loss
from anahtar_web.risks.models import Case, Reason, Stage
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import WinbackList
from anahtar_web.winbacks.queries import Extent, extents, members, rank
from tests.anahtar_web.accounts.pages import nothing_changes
from tests.anahtar_web.conftest import account
from tests.anahtar_web.winbacks.conftest import UNIT, Made, ago, lost, many, started

pytestmark = pytest.mark.django_db


def test_a_list_ranks_by_value_less_cost_and_unknown_ones_last_by_revenue(
    run: Run, head: User, ana: User, acme: Account, birch: Account, made: Made
) -> None:
    """
    account  value  offers open  value - cost
    acme       300          250            50
    birch      100            0       100 - 5
    cedar        ?            0             ?   revenue 10
    dune         ?            0             ?   revenue 20
    """
    cedar, dune = account("0003", "Cedar"), account("0004", "Dune")
    lost(run, acme, value=300)
    lost(run, birch, value=100)
    lost(run, cedar, revenue=10 * UNIT)
    lost(run, dune, revenue=20 * UNIT, state="lapsed")
    offer = made(cost=250 * UNIT)
    actions.submit(offer=offer, seen=offer.version, by=ana)
    found = members(list(rank(head, run, Narrow(), 5 * UNIT)), head)
    assert [one.account for one in found] == [birch, acme, dune, cedar]
    assert [one.value for one in found] == [95 * UNIT, 50 * UNIT, None, None]
    assert [one.cost for one in found] == [5 * UNIT, 250 * UNIT, 5 * UNIT, 5 * UNIT]


def test_a_filter_narrows_and_stays_alive(run: Run, head: User, acme: Account, birch: Account, case: Case) -> None:
    lost(run, acme, silence=200, value=10)
    lost(run, birch, silence=400, revenue=50 * UNIT)
    Lapse.objects.create(run=run, account=birch, bought_on=ago(900), lost_on=ago(800), purchases=3, revenue=1)
    Lapse.objects.create(run=run, account=birch, bought_on=ago(400), lost_on=ago(300), purchases=3, revenue=1)
    reason = Reason.objects.get(code="price")
    record_loss(case=case, decided_on=today(), reasons=[reason], would_return="perhaps", by=head)

    def on(**narrow: object) -> list[Account]:
        kept = Narrow.kept(Narrow(**narrow).query)  # type: ignore[arg-type]  # whatever the test says
        return [one.account for one in members(list(rank(head, run, kept, 0)), head)]

    assert on(silence_from=201) == on(silence_to=400, silence_from=400) == on(times_lost=2) == [birch]
    assert on(silence_to=200) == on(reason=reason.pk) == on(would_return="perhaps") == [acme]
    assert on(revenue=1000 * UNIT) == [acme]
    assert on(state="lapsed") == on(direction="Rulman") == on(times_lost=3) == on(would_return="yes") == []
    Standing.objects.filter(account=acme).update(state="lapsed")
    assert on(state="lapsed") == [acme]


def test_who_does_not_read_margins_gets_another_order_and_no_values(run: Run, marketing: User, head: User) -> None:
    poor, rich = account("1", "Poor"), account("2", "Rich")
    lost(run, poor, value=900)
    lost(run, rich, revenue=9_000 * UNIT)
    found = members(list(rank(marketing, run, Narrow(), 5)), marketing)
    assert [(one.account, one.value, one.cost) for one in found] == [(rich, None, 0), (poor, None, 0)]
    assert members(list(rank(head, run, Narrow(), 5)), head)[0].account == poor


def test_a_list_shows_who_somebody_sees_with_as_many_queries_for_many(
    run: Run, ana: User, head: User, acme: Account
) -> None:
    lost(run, acme, value=5)
    many(run, 3)
    assert [one.account for one in members(list(rank(ana, run, Narrow(), 0)), ana)] == [acme]

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            members(list(rank(head, run, Narrow(), 0)), head)
        return len(queries)

    few = asked()
    for one in [account(f"M{place}", f"More {place}") for place in range(20)]:
        lost(run, one, value=1)
    assert asked() == few


def test_it_is_told_of_every_list_how_much_stands_on_it(
    run: Run, head: User, marketing: User, every_lost: WinbackList, acme: Account, birch: Account
) -> None:
    lost(run, acme, value=50, silence=400)
    lost(run, birch, revenue=70 * UNIT)
    dear = actions.keep_list(name="Dear", narrow=Narrow(silence_from=300), cost=60 * UNIT, by=head)
    told = extents([every_lost, dear], head, run)
    assert told == {every_lost.pk: Extent(2, 1070 * UNIT, 1), dear.pk: Extent(1, 1000 * UNIT, 0)}
    assert extents([every_lost], marketing, run) == {every_lost.pk: Extent(2, 1070 * UNIT, None)}


def test_cases_are_opened_once_and_two_hundred_at_most(run: Run, head: User) -> None:
    accounts = many(run, 3)
    assert actions.open_cases(accounts=accounts[:2], by=head) == 2
    assert actions.open_cases(accounts=accounts, by=head) == 1
    assert {case.stage for case in Case.objects.all()} == {Stage.LOST}
    with nothing_changes(), pytest.raises(actions.UnableToKeepList, match="200"):
        actions.open_cases(accounts=accounts * 67, by=head)


def test_a_case_of_one_direction_is_not_that_of_the_account(
    run: Run, head: User, acme: Account, every_lost: WinbackList
) -> None:
    lost(run, acme, value=10)
    of_one = open_case(account=acme, title="Bearings go", stage=Stage.LAPSED, direction="Rulman", by=head)
    draw = started(every_lost, head, holdout_share=0).draws.get()
    assert draw.case != of_one
    assert (draw.case.direction, draw.case.stage) == ("", Stage.LOST)


def test_names_of_lists_are_told_apart(every_lost: WinbackList, head: User) -> None:
    with nothing_changes(), pytest.raises(actions.UnableToKeepList, match="Another list"):
        actions.keep_list(name="EVERYBODY  lost", narrow=Narrow(), by=head)
    seen = every_lost.version
    told = {"name": "All lost", "narrow": Narrow(silence_from=90), "cost": 7}
    actions.change_list(kept=every_lost, seen=seen, by=head, **told)
    assert Narrow.kept(WinbackList.objects.get().query) == Narrow(silence_from=90)
    with nothing_changes(), pytest.raises(EditedMeanwhile):
        actions.change_list(kept=WinbackList.objects.get(), seen=seen, by=head, **told)
