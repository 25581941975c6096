"""From a run to signals: every kind by hand, once only, awake again, over."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from anahtar_web.signals import actions
from anahtar_web.signals.actions import follow
from anahtar_web.signals.models import Signal, SignalDecision, State
from anahtar_web.signals.queries import outcomes
from tests.anahtar_web.conftest import account
from tests.anahtar_web.signals.conftest import AS_OF, direction, new_run, outlook, standing

pytestmark = pytest.mark.django_db

What = SignalDecision.What


def kinds(of: Account) -> list[str]:
    return sorted(Signal.objects.filter(account=of).exclude(state=State.GONE).values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("state", "fields", "told"),
    [
        ("watch", {}, ["silent"]),
        ("at_risk", {}, ["silent"]),
        ("lapsed", {}, ["silent"]),
        ("lost", {}, []),
        ("active", {}, []),
        ("new", {}, []),
        ("returned", {}, ["back"]),
        ("active", {"none_ahead": 0.30}, ["likely"]),
        ("active", {"none_ahead": 0.29}, []),
        ("active", {"none_ahead": 0.90, "purchase_days": 3}, []),
        ("active", {"none_ahead": None}, []),
    ],
)
def test_a_kind_follows_from_the_outlook(acme: Account, state: str, fields: dict[str, float], told: list[str]) -> None:
    run = new_run()
    standing(run, acme)
    outlook(run, acme, state, **fields)
    follow(run)
    assert kinds(acme) == told


@pytest.mark.parametrize(
    ("months", "orders", "state", "told"),
    [
        ([100] * 9 + [50] * 3, 6, "active", ["declining"]),
        ([100] * 9 + [50] * 3, 5, "active", []),
        ([100] * 9 + [53] * 3, 6, "active", []),
        # who is silent is told to be silent, not to decline
        ([100] * 9 + [50] * 3, 6, "watch", ["silent"]),
    ],
)
def test_a_decline_follows_from_the_months(
    acme: Account, months: list[int], orders: int, state: str, told: list[str]
) -> None:
    run = new_run()
    standing(run, acme, last12=months, orders=orders)
    outlook(run, acme, state)
    follow(run)
    assert kinds(acme) == told
    if told == ["declining"]:
        # 1,050 in the year, 4 x 150 if it stays so.
        assert Signal.objects.get(account=acme).at_stake == 450


@pytest.mark.parametrize(
    ("whole", "part", "told"),
    [("active", "at_risk", ["direction"]), ("active", "watch", []), ("watch", "lapsed", ["silent"])],
)
def test_a_direction_is_told_of_while_the_account_buys(acme: Account, whole: str, part: str, told: list[str]) -> None:
    run = new_run()
    standing(run, acme)
    outlook(run, acme, whole)
    direction(run, acme, "Hidrolik", part)
    follow(run)
    assert kinds(acme) == told


def test_one_silence_in_three_kinds_of_direction_is_told_once(acme: Account) -> None:
    """The site and its region bring the same: the site is named. Valves fell silent long before: another silence."""
    run = new_run()
    standing(run, acme)
    outlook(run, acme, "active")
    direction(run, acme, "Ege", "lapsed", dimension="region", at_stake=70, last_gaps=[1])
    direction(run, acme, "İzmir", "lapsed", dimension="site", at_stake=70, last_gaps=[28, 31])
    direction(run, acme, "Hidrolik", "at_risk", at_stake=40, last_gaps=[2])
    direction(run, acme, "Vana", "lapsed", at_stake=30, silence=300)
    follow(run)
    told = {one.direction: one for one in Signal.objects.all()}
    assert {name: one.dimension for name, one in told.items()} == {"İzmir": "site", "Vana": "direction"}
    assert told["İzmir"].figures["same"] == [["region", "Ege"], ["direction", "Hidrolik"]]
    assert told["İzmir"].figures["gaps"] == [28, 31]
    assert "same" not in told["Vana"].figures
    before = list(Signal.objects.values())
    follow(run)
    assert list(Signal.objects.values()) == before


def test_signals_of_before_are_of_product_groups(acme: Account) -> None:
    """The next analysis finds them again, with what people decided on them."""
    run = new_run()
    standing(run, acme)
    outlook(run, acme, "active")
    direction(run, acme, "Hidrolik", "at_risk")
    follow(run)
    first = Signal.objects.get()
    Signal.objects.update(dimension="")
    import_module("anahtar_web.signals.migrations.0002_directions_of_three_kinds").name_the_kind(apps, None)
    follow(run)
    assert Signal.objects.get() == first


def test_only_accounts_worth_it_are_told_of(acme: Account, head: User, ana: User) -> None:
    """A, B, key by the ledger or by a person, or looked after; not the many of class C, not who is merged."""
    run = new_run()
    made = {name: account(name, name) for name in ("A", "B", "C", "key", "decided", "merged")}
    for name, one in [*made.items(), ("acme", acme)]:
        standing(run, one, abc=name if name in ("A", "B") else "C", key=name == "key")
        outlook(run, one, "at_risk")
    KeyDecision.objects.create(account=made["decided"], status=KeyStatus.KEY, reason="So.", by=head)
    Account.objects.filter(pk=made["merged"].pk).update(merged_into=made["A"])
    follow(run)
    told = set(Signal.objects.values_list("account__code", flat=True))
    assert told == {"A", "B", "key", "decided", "ACME"}


def test_a_second_time_changes_nothing_and_the_next_run_brings_it_up_to_date(acme: Account) -> None:
    run = new_run()
    standing(run, acme)
    outlook(run, acme, "watch")
    follow(run)
    before = list(Signal.objects.values())
    follow(run)
    assert list(Signal.objects.values()) == before

    later = new_run(AS_OF + timedelta(days=31))
    standing(later, acme)
    outlook(later, acme, "at_risk", last_purchase=before[0]["last_purchase"], at_stake=5)
    follow(later)
    one = Signal.objects.get()
    assert (one.level, one.at_stake, one.first_seen, one.last_seen) == ("at_risk", 5, AS_OF, AS_OF + timedelta(31))
    assert (one.first_run_id, one.last_run_id) == (run.pk, later.pk)


def test_what_is_over_is_gone_and_a_purchase_makes_another_silence_of_it(acme: Account, head: User) -> None:
    run = new_run()
    standing(run, acme)
    outlook(run, acme, "watch")
    follow(run)
    actions.dismiss(signal=Signal.objects.get(), reason="pause", by=head)

    again = new_run(AS_OF + timedelta(days=60))
    standing(again, acme)
    outlook(again, acme, "watch", last_purchase=AS_OF + timedelta(days=8))
    follow(again)
    assert sorted(Signal.objects.values_list("state", flat=True)) == [State.GONE, State.OPEN]

    over = new_run(AS_OF + timedelta(days=90))
    standing(over, acme)
    outlook(over, acme, "active")
    follow(over)
    assert list(Signal.objects.values_list("state", flat=True)) == [State.GONE, State.GONE]


def test_a_dismissed_one_stays_dismissed_for_that_silence(acme: Account, head: User) -> None:
    run = new_run()
    standing(run, acme)
    outlook(run, acme, "watch")
    follow(run)
    actions.dismiss(signal=Signal.objects.get(), reason="season", by=head)
    worse = new_run(AS_OF + timedelta(days=31))
    standing(worse, acme)
    outlook(worse, acme, "lapsed", last_purchase=Signal.objects.get().last_purchase)
    follow(worse)
    one = Signal.objects.get()
    assert (one.state, one.level) == (State.DISMISSED, "lapsed")


@pytest.mark.parametrize(
    ("level", "until", "state"),
    [("watch", 5, State.SNOOZED), ("at_risk", 5, State.OPEN), ("watch", 0, State.OPEN)],
)
def test_one_put_off_wakes_by_its_day_or_when_it_gets_worse(
    acme: Account, head: User, level: str, until: int, state: State
) -> None:
    run = new_run()
    standing(run, acme)
    outlook(run, acme, "watch")
    follow(run)
    actions.snooze(signal=Signal.objects.get(), until=today() + timedelta(days=5), words="Their answer", by=head)
    Signal.objects.update(snoozed_until=today() + timedelta(days=until))
    later = new_run(AS_OF + timedelta(days=3))
    standing(later, acme)
    outlook(later, acme, level, last_purchase=Signal.objects.get().last_purchase)
    follow(later)
    one = Signal.objects.get()
    assert one.state == state
    assert SignalDecision.objects.filter(what=What.WOKE).count() == (state == State.OPEN)


def test_what_became_of_decisions_is_counted(head: User) -> None:
    """Three dismissed: bought on day 20, bought on day 100 of 90, never; one not known yet beside them."""
    run = new_run(horizon=90)
    made = [account(name, name) for name in ("soon", "late", "never")]
    for one in made:
        standing(run, one)
        outlook(run, one, "watch")
    follow(run)
    for signal in Signal.objects.all():
        actions.dismiss(signal=signal, reason="pause", by=head)
    assert (outcomes(head, run).dismissed.waiting, outcomes(head, run).dismissed.rate) == (3, None)

    bought: dict[str, date] = {"soon": AS_OF + timedelta(days=20), "late": AS_OF + timedelta(days=100)}
    for days in (40, 120):
        later = new_run(AS_OF + timedelta(days=days))
        for one in made:
            day = bought.get(one.code)
            kept = day if day and day <= AS_OF + timedelta(days=days) else AS_OF - timedelta(days=52)
            outlook(later, one, "active", last_purchase=kept)
        follow(later)
    told = outcomes(head, later).dismissed
    assert (told.bought, told.away, told.waiting) == (1, 2, 0)
    assert told.rate == pytest.approx(1 / 3)
