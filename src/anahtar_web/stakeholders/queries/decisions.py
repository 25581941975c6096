"""What an account decides, by which rule, and how it stands; now, or as it was known on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Prefetch, QuerySet

from anahtar.rules.decision import Committee, Member, Outcome, Rule, Stance, UnableToDecide, verdict
from anahtar.words import Message
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import end_of, today
from anahtar_web.stakeholders.models import Decision, DecisionVersion, Seat, Stakeholder
from anahtar_web.stakeholders.queries.people import everybody_of

_MIDDLE = 3
"""Influence of somebody of whom nobody has said it."""


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat, and who sits in it as they were known.

    Parameters
    ----------
    who
        None: nobody is known any more.
    """

    seat: Seat
    who: Stakeholder | None
    has_left: bool

    @property
    def key(self) -> str:
        """What the committee knows it by."""
        return str(self.seat.pk)

    @property
    def is_open(self) -> bool:
        """Whether nobody is known whose stance could count: a gap, somebody who left, somebody erased."""
        return self.who is None or self.has_left or self.who.is_gap

    @property
    def member(self) -> Member:
        """The seat as the rule takes it."""
        stance = self.who.stance if self.who and not self.is_open else ""
        return Member(
            key=self.key,
            weight=self.seat.weight,
            has_veto=self.seat.has_veto,
            must_sign=self.seat.must_sign,
            stance=Stance(stance or "unknown"),
            confirmed=bool(stance) and self.who is not None and self.who.is_confirmed,
            influence=(self.who.influence if self.who else None) or _MIDDLE,
        )


@dataclass(frozen=True, slots=True)
class Stated:
    """A decision as it was stated, with the people in its seats.

    Parameters
    ----------
    refusal
        Why nothing can be reckoned any more: seats were stated rightly, and an erasure took somebody out.
    """

    version: DecisionVersion
    seats: Sequence[Seated]
    committee: Committee | None
    refusal: Message | None = None

    @property
    def decision(self) -> Decision:
        """What it is a version of."""
        decision: Decision = self.version.decision
        return decision

    @property
    def rule(self) -> Rule:
        """By which rule."""
        return Rule(self.version.rule)

    def outcome(self) -> Outcome | None:
        """How it stands."""
        return verdict(self.committee) if self.committee is not None else None


def decisions_of(account: Account, *, on: date | None = None) -> list[Stated]:
    """Give what an account and those merged into it decide: the open ones by their day, then the others."""
    rows = _held(Decision.objects.of(account), on)
    people = {who.pk: who for who in everybody_of(account, on=on)}
    day = on or today()
    found = [stated(row, people, day) for row in rows]
    return sorted(found, key=lambda one: _order(one, day))


def _order(one: Stated, day: date) -> tuple[bool, date, int]:
    closed = one.version.closed_on is not None and one.version.closed_on <= day
    return closed, one.version.due_on or date.max, one.decision.pk


def stated(version: DecisionVersion, people: Mapping[int, Stakeholder], day: date) -> Stated:
    """Put the people into the seats of a version."""
    seats = [_seated(seat, people, day) for seat in version.seats.all()]
    try:
        committee = Committee(Rule(version.rule), tuple(one.member for one in seats), version.quota)
    except UnableToDecide as refusal:
        return Stated(version, seats, None, refusal.message)
    return Stated(version, seats, committee)


def _seated(seat: Seat, people: Mapping[int, Stakeholder], day: date) -> Seated:
    who = people.get(seat.stakeholder_id) if seat.stakeholder_id else None
    return Seated(seat, who, who is not None and who.left_on is not None and who.left_on <= day)


def _held(decisions: "QuerySet[Decision]", on: date | None) -> list[DecisionVersion]:
    rows = DecisionVersion.objects.filter(decision__in=decisions.order_by().values("pk"))
    whole = DecisionVersion.objects.select_related("decision__account", "by").prefetch_related(
        Prefetch("seats", Seat.objects.order_by("pk"))
    )
    if on is None:
        return list(whole.filter(pk__in=rows.filter(current=True).values("pk")).order_by("pk"))
    last = rows.filter(recorded_at__lt=end_of(on)).order_by().values("decision").annotate(last=Max("pk"))
    return list(whole.filter(pk__in=last.values("last")).order_by("pk"))


def versions_of_decision(decision: Decision, *, on: date | None = None) -> list[DecisionVersion]:
    """Give every version of a decision, the last one first."""
    rows = DecisionVersion.objects.filter(decision=decision).select_related("by")
    if on is not None:
        rows = rows.filter(recorded_at__lt=end_of(on))
    return list(rows.order_by("-pk"))
