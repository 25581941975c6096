"""The rule by which an account decides is stated, stated anew, or the decision has been made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar.rules.decision import Committee, Member, Rule, UnableToDecide, more_than_half
from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import survivor
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import STATED, Decision, DecisionVersion, Seat, Stakeholder
from anahtar_web.ui.templatetags.shown import day, say


class UnableToStateRule(Refused):
    """The rule decides nothing, or the decision has been made."""


@dataclass(frozen=True, slots=True)
class Say:
    """A seat as it is stated.

    Parameters
    ----------
    who
        Somebody at the account, or a gap.
    """

    who: Stakeholder
    weight: int = 1
    has_veto: bool = False
    must_sign: bool = False


@transaction.atomic
def state(*, account: Account, fields: Mapping[str, Any], seats: Sequence[Say], by: User) -> Decision:
    """State by which rule an account decides something.

    Raises
    ------
    UnableToStateRule
        Nothing can be decided by it, or somebody is not at the account.
    """
    home = held(account)
    clean = _clean(home, fields, seats)
    made: Decision = Decision.objects.create(account=home, by=by)
    version = _write(made, 1, clean, seats, by=by)
    _tell("stakeholder.rule_stated", version, home, seats, by=by)
    return made


@transaction.atomic
def restate(
    *, decision: Decision, seen: int, fields: Mapping[str, Any], seats: Sequence[Say], by: User
) -> DecisionVersion:
    """State the rule anew; how it was stated before stays readable.

    Parameters
    ----------
    seen
        Number of the version that was read.

    Raises
    ------
    EditedMeanwhile
        Somebody has stated it anew since; carries that version.
    UnableToStateRule
        Nothing can be decided by it, or somebody is not at the account.
    """
    home = held(survivor(decision.account))
    before = _current(decision, seen)
    clean = _clean(home, fields, seats)
    if clean == {name: getattr(before, name) for name in STATED} and _same(before, seats):
        return before
    made = _follow(before, clean | {"closed_on": before.closed_on}, seats, by=by)
    _tell("stakeholder.rule_restated", made, home, seats, by=by)
    return made


@transaction.atomic
def close_decision(*, decision: Decision, seen: int, closed_on: date | None, by: User) -> DecisionVersion:
    """Write down that they have decided, or (without a day) that it is open again.

    Raises
    ------
    EditedMeanwhile
        Somebody has stated it anew since; carries that version.
    UnableToStateRule
        The day is to come, or that is what is written already.
    """
    home = held(survivor(decision.account))
    before = _current(decision, seen)
    if closed_on is not None and closed_on > today():
        raise UnableToStateRule(_("%(day)s is to come: say the day once they have decided.") % {"day": day(closed_on)})
    if closed_on == before.closed_on:
        raise UnableToStateRule(_("That is what is written already. Change something, or leave it."))
    kept = {name: getattr(before, name) for name in STATED}
    made = _follow(before, kept | {"closed_on": closed_on}, None, by=by)
    record(
        "stakeholder.decision_closed" if closed_on else "stakeholder.decision_reopened",
        home,
        by=by,
        after={"decision": made.name} | ({"closed_on": closed_on.isoformat()} if closed_on else {}),
        account=home.pk,
    )
    return made


def _clean(home: Account, fields: Mapping[str, Any], seats: Sequence[Say]) -> dict[str, Any]:
    clean: dict[str, Any] = {name: fields.get(name) for name in STATED}
    clean["name"], clean["note"] = str(clean["name"] or "").strip(), str(clean["note"] or "").strip()
    if not clean["name"]:
        raise UnableToStateRule(_("Say what is decided: a frame contract, a tender, a trial."))
    there = set(Stakeholder.objects.of(home).values_list("pk", flat=True))
    if any(one.who.pk not in there for one in seats):
        raise UnableToStateRule(_("Somebody with a seat is not at this account. Choose people who are."))
    members = tuple(Member(str(one.who.pk), one.weight, one.has_veto, one.must_sign) for one in seats)
    rule = Rule(clean["rule"])
    if not rule.counts_weights:
        clean["quota"] = None
    elif clean["quota"] is None:
        clean["quota"] = more_than_half(members)
    try:
        Committee(rule, members, clean["quota"])
    except UnableToDecide as refusal:
        raise UnableToStateRule(say(refusal.message)) from refusal
    return clean


def _current(decision: Decision, seen: int) -> DecisionVersion:
    rows = DecisionVersion.objects.select_for_update(of=("self",)).select_related("decision__account", "by")
    current: DecisionVersion = rows.get(decision=decision, current=True)
    if current.number != seen:
        raise EditedMeanwhile(current)
    return current


def _same(before: DecisionVersion, seats: Sequence[Say]) -> bool:
    held_now = before.seats.order_by("pk").values_list("stakeholder", "weight", "has_veto", "must_sign")
    return set(held_now) == {(one.who.pk, one.weight, one.has_veto, one.must_sign) for one in seats}


def _follow(
    before: DecisionVersion, fields: Mapping[str, Any], seats: Sequence[Say] | None, *, by: User
) -> DecisionVersion:
    DecisionVersion.objects.filter(pk=before.pk).update(current=False)
    made = _write(before.decision, before.number + 1, fields, seats or (), by=by)
    if seats is None:
        copied = [
            Seat(
                version=made,
                stakeholder_id=one.stakeholder_id,
                weight=one.weight,
                has_veto=one.has_veto,
                must_sign=one.must_sign,
            )
            for one in before.seats.order_by("pk")
        ]
        Seat.objects.bulk_create(copied)
    return made


def _write(
    decision: Decision, number: int, fields: Mapping[str, Any], seats: Sequence[Say], *, by: User
) -> DecisionVersion:
    made: DecisionVersion = DecisionVersion.objects.create(decision=decision, number=number, by=by, **fields)
    Seat.objects.bulk_create(
        Seat(version=made, stakeholder=one.who, weight=one.weight, has_veto=one.has_veto, must_sign=one.must_sign)
        for one in seats
    )
    return made


def _tell(verb: str, version: DecisionVersion, home: Account, seats: Sequence[Say], *, by: User) -> None:
    """Tell the trail by which rule, and how many have a seat: it outlives an erasure, and names nobody."""
    after = {"decision": version.name, "rule": version.rule, "quota": version.quota, "seats": len(seats)}
    record(verb, home, by=by, after={name: value for name, value in after.items() if value}, account=home.pk)
