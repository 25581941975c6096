"""The KAM and the core team of an account, day by day."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from anahtar_web.accounts.actions import (
    UnableToChangeMerged,
    UnableToEndPart,
    UnableToHandOver,
    UnableToJoinTeam,
    assign,
    end_part,
    hand_over,
    join_team,
)
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.accounts.queries import managers_of
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

Days = Callable[[int], date]


@pytest.fixture
def of_today(db: None) -> Days:
    """A day counted from today."""
    return lambda days: today() + timedelta(days)


def held_by(acme: Account) -> list[tuple[str, date, date | None]]:
    rows = Assignment.objects.filter(account=acme, part=Part.MANAGER).order_by("since")
    return [(row.person.name.split()[0], row.since, row.until) for row in rows]


def test_a_hand_over_closes_the_old_one_on_the_day_and_opens_the_new(
    acme: Account, chen: User, head: User, ana: User, of_today: Days
) -> None:
    hand_over(account=acme, to=chen, by=head, on=of_today(0), reason="Ana goes to Ankara")
    assert held_by(acme) == [("Ana", date(2024, 1, 1), of_today(0)), ("Chen", of_today(0), None)]
    assert managers_of([acme.pk], of_today(-1)) == {acme.pk: ana}
    entry = Entry.objects.get(verb="account.handed_over")
    assert (entry.by, entry.account_id, entry.reason) == (head, acme.pk, "Ana goes to Ankara")
    assert entry.before == {"manager": "Ana Işık"}
    assert entry.after == {"manager": "Chen Öztürk", "since": of_today(0).isoformat()}


def test_the_first_manager_may_begin_in_the_past(chen: User, head: User, of_today: Days) -> None:
    lone = account("9", "Lone")
    hand_over(account=lone, to=chen, by=head, on=of_today(-300))
    assert held_by(lone) == [("Chen", of_today(-300), None)]


def test_a_hand_over_may_be_planned_and_nothing_changes_before(
    acme: Account, chen: User, ana: User, head: User, of_today: Days
) -> None:
    hand_over(account=acme, to=chen, by=head, on=of_today(30))
    assert managers_of([acme.pk], of_today(29)) == {acme.pk: ana}
    assert managers_of([acme.pk], of_today(30)) == {acme.pk: chen}


def test_what_is_planned_stays_planned_when_somebody_steps_in_before(
    acme: Account, boris: User, chen: User, head: User, of_today: Days
) -> None:
    hand_over(account=acme, to=chen, by=head, on=of_today(30))
    hand_over(account=acme, to=boris, by=head, on=of_today(5))
    assert held_by(acme) == [
        ("Ana", date(2024, 1, 1), of_today(5)),
        ("Boris", of_today(5), of_today(30)),
        ("Chen", of_today(30), None),
    ]


def test_who_was_planned_for_later_may_begin_earlier(acme: Account, chen: User, head: User, of_today: Days) -> None:
    hand_over(account=acme, to=chen, by=head, on=of_today(30))
    hand_over(account=acme, to=chen, by=head, on=of_today(5))
    assert held_by(acme) == [("Ana", date(2024, 1, 1), of_today(5)), ("Chen", of_today(5), None)]


def test_a_slip_of_today_is_corrected_today(acme: Account, boris: User, chen: User, head: User, of_today: Days) -> None:
    hand_over(account=acme, to=chen, by=head, on=of_today(0))
    hand_over(account=acme, to=boris, by=head, on=of_today(0))
    assert held_by(acme) == [("Ana", date(2024, 1, 1), of_today(0)), ("Boris", of_today(0), None)]
    assert Entry.objects.filter(verb="account.handed_over").count() == 2


def test_another_plan_for_the_same_day_replaces_the_first(
    acme: Account, boris: User, chen: User, head: User, of_today: Days
) -> None:
    hand_over(account=acme, to=chen, by=head, on=of_today(30))
    hand_over(account=acme, to=boris, by=head, on=of_today(30))
    assert held_by(acme)[1:] == [("Boris", of_today(30), None)]


@pytest.mark.parametrize("days", [-365 * 5, -1])
def test_days_that_were_lived_are_not_rewritten(
    days: int, acme: Account, boris: User, chen: User, head: User, of_today: Days
) -> None:
    hand_over(account=acme, to=chen, by=head, on=of_today(-1))
    before = held_by(acme)
    with pytest.raises(UnableToHandOver, match="Chen Öztürk has looked after Acme"):
        hand_over(account=acme, to=boris, by=head, on=of_today(days))
    assert held_by(acme) == before


def test_it_is_refused_who_has_it_who_cannot_and_a_slip_of_the_year(
    acme: Account, ana: User, chen: User, auditor: User, head: User, of_today: Days
) -> None:
    with pytest.raises(UnableToHandOver, match="on that day already"):
        hand_over(account=acme, to=ana, by=head, on=of_today(3))
    with pytest.raises(UnableToHandOver, match="no role of key account managers"):
        hand_over(account=acme, to=auditor, by=head, on=of_today(3))
    with pytest.raises(UnableToHandOver, match="Check the year"):
        hand_over(account=acme, to=chen, by=head, on=of_today(1000))
    chen.is_active = False
    with pytest.raises(UnableToHandOver, match="locked out"):
        hand_over(account=acme, to=chen, by=head, on=of_today(3))
    assert held_by(acme) == [("Ana", date(2024, 1, 1), None)]
    assert not Entry.objects.filter(verb="account.handed_over").exists()


def test_a_merged_account_keeps_its_history_and_gets_no_team(
    acme: Account, birch: Account, ana: User, head: User, of_today: Days
) -> None:
    Account.objects.filter(pk=birch.pk).update(merged_into=acme)
    with pytest.raises(UnableToChangeMerged, match="goes on under Acme"):
        hand_over(account=birch, to=ana, by=head, on=of_today(0))
    with pytest.raises(UnableToChangeMerged):
        join_team(account=birch, person=ana, part=Part.SALES, by=head, on=of_today(0))


def test_nobody_ever_has_an_account_together_with_another(head: User, of_today: Days) -> None:
    """Any order of hand-overs, planned and done, leaves one manager a day at most."""
    import random

    from anahtar_web.gate.rights import Role
    from tests.anahtar_web.conftest import person

    chance = random.Random(20261126)
    people = [person(f"p{at}@kuzey.example", f"P{at}", Role.KAM) for at in range(4)]
    for attempt in range(30):
        lone = account(f"L{attempt}", f"Lone {attempt}")
        for _ in range(8):
            on = of_today(chance.choice([-20, -5, -1, 0, 1, 5, 20, 40]))
            try:
                if chance.random() < 0.25 and (rows := list(Assignment.objects.filter(account=lone))):
                    end_part(assignment=chance.choice(rows), by=head, on=on)
                else:
                    hand_over(account=lone, to=chance.choice(people), by=head, on=on)
            except (UnableToHandOver, UnableToEndPart):
                continue
        rows = list(Assignment.objects.filter(account=lone).order_by("since"))
        for earlier, later in pairwise(rows):
            assert earlier.until is not None
            assert earlier.until <= later.since
            assert earlier.since < later.since


def test_somebody_joins_and_leaves_the_core_team(acme: Account, chen: User, head: User, of_today: Days) -> None:
    joined = join_team(account=acme, person=chen, part=Part.SALES, by=head, on=of_today(-10))
    end_part(assignment=joined, by=head, on=of_today(0), reason="other duties")
    joined.refresh_from_db()
    assert (joined.since, joined.until) == (of_today(-10), of_today(0))
    joined_entry, ended = Entry.objects.filter(account_id=acme.pk).order_by("id")
    assert joined_entry.after == {"person": "Chen Öztürk", "part": "sales", "since": of_today(-10).isoformat()}
    assert (ended.verb, ended.reason, ended.after) == (
        "account.part_ended",
        "other duties",
        {"until": of_today(0).isoformat()},
    )


def test_a_part_is_given_once_and_the_managers_part_only_by_a_hand_over(
    acme: Account, boris: User, head: User, of_today: Days
) -> None:
    with pytest.raises(UnableToJoinTeam, match="has the part “Service” already"):
        join_team(account=acme, person=boris, part=Part.SERVICE, by=head, on=of_today(0))
    with pytest.raises(UnableToJoinTeam, match="handed over"):
        join_team(account=acme, person=boris, part=Part.MANAGER, by=head, on=of_today(0))
    join_team(account=acme, person=boris, part=Part.SALES, by=head, on=of_today(0))


def test_a_plan_is_taken_back_as_if_it_had_never_been(acme: Account, chen: User, head: User, of_today: Days) -> None:
    planned = hand_over(account=acme, to=chen, by=head, on=of_today(30))
    end_part(assignment=planned, by=head, on=of_today(0))
    assert held_by(acme) == [("Ana", date(2024, 1, 1), None)]
    assert Entry.objects.filter(verb="account.plan_withdrawn").count() == 1


def test_a_part_ends_within_its_days(acme: Account, boris: User, head: User, of_today: Days) -> None:
    part = Assignment.objects.get(account=acme, person=boris)
    with pytest.raises(UnableToEndPart, match="cannot end before"):
        end_part(assignment=part, by=head, on=date(2023, 12, 31))
    end_part(assignment=part, by=head, on=of_today(10))
    with pytest.raises(UnableToEndPart, match="ends on"):
        end_part(assignment=part, by=head, on=of_today(20))
    end_part(assignment=part, by=head, on=of_today(-3))
    with pytest.raises(UnableToEndPart, match="ended on"):
        end_part(assignment=part, by=head, on=of_today(-5))


def test_several_accounts_are_given_all_or_none(
    acme: Account, birch: Account, chen: User, boris: User, head: User, of_today: Days
) -> None:
    lone = account("9", "Lone")
    assign(accounts=[acme, birch, lone], to=chen, part=Part.MANAGER, by=head, on=of_today(0))
    assert managers_of([acme.pk, birch.pk, lone.pk], of_today(0)) == {acme.pk: chen, birch.pk: chen, lone.pk: chen}
    Account.objects.filter(pk=lone.pk).update(merged_into=acme)
    before = list(Assignment.objects.order_by("pk").values())
    with pytest.raises(UnableToChangeMerged):
        assign(accounts=[acme, birch, lone], to=boris, part=Part.MANAGER, by=head, on=of_today(1))
    assert list(Assignment.objects.order_by("pk").values()) == before


def test_a_bulk_assignment_tells_what_it_changed_and_what_was_so_already(
    acme: Account, birch: Account, boris: User, chen: User, head: User, of_today: Days
) -> None:
    done: Any = assign(accounts=[acme, birch], to=chen, part=Part.MANAGER, by=head, on=of_today(0))
    assert (done.changed, done.already) == (1, 1)
    done = assign(accounts=[acme, birch], to=boris, part=Part.SERVICE, by=head, on=of_today(0))
    assert (done.changed, done.already) == (1, 1)
