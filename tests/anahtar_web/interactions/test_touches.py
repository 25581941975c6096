"""When an account was touched last, and will be next: right after every change, and added up over its group."""

import random
from datetime import date

import pytest

from anahtar_web.accounts.actions import create_group_for, merge, put_into_group, take_out_of_group, undo_merge
from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.company import queries as company_queries
from anahtar_web.interactions.actions import Parts, Written, delete, edit, finish, move, touching, turn_the_day
from anahtar_web.interactions.models import AccountTouch, Interaction, NextTouch
from anahtar_web.interactions.queries import touches_of
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account
from tests.anahtar_web.interactions.made import ago, agreed, happened, touch

pytestmark = pytest.mark.django_db


def test_each_direction_is_told_apart_and_a_visit_from_a_call(acme: Account, ana: User) -> None:
    happened(acme, ana, 9, direction="in", kind="mail")
    happened(acme, ana, 5)
    happened(acme, ana, 12, kind="visit", direction="both")
    row = touch(acme)
    assert (row.last_in, row.last_out, row.last_any, row.last_visit) == (ago(9), ago(5), ago(5), ago(12))
    assert (row.all_last_in, row.all_last_any, row.all_last_visit) == (ago(9), ago(5), ago(12))


def test_a_touch_that_is_moved_or_deleted_is_none(acme: Account, ana: User) -> None:
    happened(acme, ana, 30)
    late = happened(acme, ana, 2)
    edit(
        interaction=late,
        version=1,
        written=Written(kind="call", direction="in", day=ago(10), subject="Other day"),
        parts=Parts(),
        by=ana,
    )
    assert (touch(acme).last_out, touch(acme).last_in, touch(acme).last_any) == (ago(30), ago(10), ago(10))
    late.refresh_from_db()
    delete(interaction=late, version=late.version, reason="Another customer", by=ana)
    assert (touch(acme).last_in, touch(acme).last_any) == (None, ago(30))


def test_what_is_planned_is_the_next_touch_and_becomes_the_last_one_on_its_day(
    acme: Account, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(acme, ana, -3, kind="meeting", direction="both")
    assert (touch(acme).last_any, touch(acme).next_on, touch(acme).next_owner) == (None, ago(-3), ana)
    assert turn_the_day() == 0
    day = ago(-3)
    for module in (touching, company_queries):
        monkeypatch.setattr(module, "today", lambda: day)
    assert turn_the_day() > 0
    assert (touch(acme).last_any, touch(acme).all_last_visit, touch(acme).next_on) == (day, day, None)


def test_the_next_touch_is_the_earliest_open_step_with_its_owner(acme: Account, ana: User, boris: User) -> None:
    later, sooner = agreed(acme, ana, 9), agreed(acme, ana, 4, owner=boris)
    assert (touch(acme).next_on, touch(acme).next_owner) == (ago(-4), boris)
    move(touch=sooner, seen=sooner.steps.get().pk, due_on=ago(-20), owner=boris, reason="They asked", by=ana)
    assert (touch(acme).all_next_on, touch(acme).all_next_owner) == (ago(-9), ana)
    finish(touch=later, seen=later.steps.get().pk, by=ana)
    assert touch(acme).next_on == ago(-20)


def test_a_group_is_touched_where_any_of_its_companies_is(acme: Account, birch: Account, ana: User, head: User) -> None:
    happened(acme, ana, 3)
    group = create_group_for(account=acme, code="G", name="Holding", by=head, reason="One house")
    assert touch(group).all_last_any == ago(3)
    put_into_group(account=birch, group=group, by=head, reason="One house")
    happened(birch, head, 1, direction="in")
    assert (touch(group).all_last_any, touch(group).all_last_in, touch(group).last_any) == (ago(1), ago(1), None)
    assert touch(acme).all_last_any == ago(3)
    take_out_of_group(account=birch, by=head, reason="Sold")
    assert (touch(group).all_last_any, touch(birch).all_last_any) == (ago(3), ago(1))


def test_a_merge_brings_touches_along_and_gives_them_back(acme: Account, birch: Account, ana: User, head: User) -> None:
    happened(birch, head, 2, kind="visit", direction="both")
    done = merge(source=birch, target=acme, by=head, reason="One company")
    assert (touch(acme).all_last_visit, touch(acme).last_visit) == (ago(2), None)
    undo_merge(merge=done, by=head)
    assert touch(acme).all_last_any is None
    assert touch(birch).all_last_any == ago(2)


def _by_hand(of: Account) -> tuple[date | None, date | None, date | None]:
    below = Lineage.objects.filter(ancestor=of).values("account")
    rows = Interaction.objects.standing().filter(account__in=below, day__lte=ago(0))
    days = [row.day for row in rows]
    out = [row.day for row in rows if row.direction in ("out", "both")]
    steps = NextTouch.objects.open().filter(account__in=below).values_list("due_on", flat=True)
    return max(days, default=None), max(out, default=None), min(steps, default=None)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long), pytest.param(3, marks=pytest.mark.long)])
def test_whatever_happens_rows_equal_a_count_by_hand(head: User, seed: int) -> None:
    dice = random.Random(seed)
    accounts = [account(f"R{at}", f"Firm {at}") for at in range(6)]
    for _turn in range(25):
        of = dice.choice(accounts)
        match dice.randrange(5):
            case 0 | 1:
                happened(of, head, dice.randrange(60), direction=dice.choice(["in", "out", "both"]))
            case 2:
                agreed(of, head, dice.randrange(60))
            case 3:
                rows = list(Interaction.objects.standing())
                if rows:
                    gone = dice.choice(rows)
                    delete(interaction=gone, version=gone.version, reason="So", by=head)
            case _:
                other = dice.choice(accounts)
                if other != of and not Lineage.objects.filter(ancestor=of, account=other).exists():
                    of.refresh_from_db()
                    if of.parent_id != other.pk:
                        put_into_group(account=of, group=other, by=head, reason="So")
    rows = touches_of([one.pk for one in accounts])
    for one in accounts:
        row = rows.get(one.pk) or AccountTouch()
        assert (row.all_last_any, row.all_last_out, row.all_next_on) == _by_hand(one)
