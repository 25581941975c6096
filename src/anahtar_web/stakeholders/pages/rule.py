"""By which rule an account decides, how that stands today, whom to win, and what if somebody stood otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.forms import Form
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar.rules.decision import Committee, Outcome, Power, Stance, Verdict, sentences, stands, verdict, why_power
from anahtar.words import Message
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.shown import Version, versions
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.stakeholders.models import STATED, DecisionVersion, Stakeholder
from anahtar_web.stakeholders.queries import Seated, Stated, decisions_of, versions_of_decision

if TYPE_CHECKING:
    from anahtar_web.people.models import User

TONES: Final = {Verdict.CARRIED: "good", Verdict.ASSUMED: "warn", Verdict.OPEN: "info", Verdict.LOST: "bad"}

SUPPOSED: Final[Mapping[str, Any]] = {
    "confirmed": _("the stance is confirmed"),
    "won": _("we win them"),
    "against": _("they turn against us"),
    "left": _("they leave"),
}
"""What may be supposed of somebody."""

_PARTS: Final[tuple[tuple[str, Any], ...]] = (
    ("confirmed", _("for us, confirmed")),
    ("assumed", _("for us, assumed")),
    ("open", pgettext_lazy("of a decision", "open")),
    ("against_assumed", _("against us, assumed")),
    ("against", _("against us, confirmed")),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar of weights.

    Parameters
    ----------
    x, width
        In a drawing of a thousand.
    """

    name: str
    label: Any
    weight: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat in the table.

    Parameters
    ----------
    power
        None where nothing can be reckoned.
    supposed
        What the reader supposes of it; empty: nothing.
    """

    seated: Seated
    power: Power | None
    why: Message | None
    has_vote: bool
    supposed: str

    @property
    def banzhaf(self) -> float:
        """Part of all votes that decide."""
        return float(self.power.banzhaf) if self.power else 0.0

    @property
    def shapley(self) -> float:
        """Part of all orders of voting in which the vote decides."""
        return float(self.power.shapley) if self.power else 0.0

    @property
    def who(self) -> Stakeholder | None:
        """Who sits there."""
        return self.seated.who

    @property
    def options(self) -> list[tuple[str, Any, bool]]:
        """What may be supposed of them: value, words, whether it is."""
        member = self.seated.member
        offered = [
            name
            for name in SUPPOSED
            if not (name == "confirmed" and (member.confirmed or member.stance is Stance.UNKNOWN))
            and not (name == "won" and member.stance.is_for)
            and not (name == "against" and member.stance.is_against)
            and not (name == "left" and self.seated.is_open)
        ]
        return [(f"{self.seated.key}:{name}", SUPPOSED[name], name == self.supposed) for name in offered]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a decision stands, in words and as a bar.

    Parameters
    ----------
    before
        The verdict without what is supposed, where that is another one.
    quota_x
        Where the line of the quota runs.
    """

    outcome: Outcome
    told: Sequence[Message]
    parts: Sequence[Part]
    quota_x: str
    supposes: bool
    before: Message | None

    @property
    def word(self) -> Message:
        """The verdict in a word."""
        return stands(self.outcome.verdict)

    @property
    def tone(self) -> str:
        """Its colour."""
        return TONES[self.outcome.verdict]


@dataclass(frozen=True, slots=True)
class RulePage:
    """The template's contract.

    Parameters
    ----------
    here
        The decision that is open; None: nobody has stated one.
    standing
        How it stands, with what is supposed; None: nothing can be reckoned.
    """

    head: Head
    decisions: Sequence[Stated]
    here: Stated | None
    standing: Standing | None
    rows: Sequence[SeatRow]
    history: Sequence[DecisionVersion]
    on: date | None
    may_write: bool

    @classmethod
    def build(
        cls, account: Account, user: "User", *, which: int | None, supposed: Sequence[str], on: date | None
    ) -> Self:
        """Read it; the number of queries does not depend on the number of decisions or seats."""
        decisions = decisions_of(account, on=on)
        here = next((one for one in decisions if one.decision.pk == which), decisions[0] if decisions else None)
        supposes = _supposes(here, supposed)
        return cls(
            head=Head.build(account, user, "decision"),
            decisions=decisions,
            here=here,
            standing=_standing(here, supposes) if here else None,
            rows=_rows(here, supposes) if here else (),
            history=versions_of_decision(here.decision, on=on) if here else (),
            on=on,
            may_write=on is None and user.may(Right.WRITE_DOSSIER) and account.merged_into_id is None,
        )

    @property
    def is_closed(self) -> bool:
        """Whether they have decided."""
        closed = self.here.version.closed_on if self.here else None
        return closed is not None and closed <= (self.on or today())

    @property
    def counts_weights(self) -> bool:
        """Whether weights and quota say anything."""
        return self.here is not None and self.here.rule.counts_weights


def _supposes(here: Stated | None, supposed: Iterable[str]) -> dict[str, str]:
    """Read `12:confirmed`; what is no seat of this decision, or nothing that may be supposed, is left out."""
    keys = {one.key for one in here.seats} if here else set()
    said = (text.partition(":") for text in supposed)
    return {key: what for key, _colon, what in said if key in keys and what in SUPPOSED}


def _standing(here: Stated, supposes: Mapping[str, str]) -> Standing | None:
    if here.committee is None:
        return None
    committee = here.committee
    for key, what in supposes.items():
        committee = _supposing(committee, key, what)
    outcome, now = verdict(committee), verdict(here.committee).verdict
    names = {one.key: name_of(one) for one in here.seats}
    return Standing(
        outcome=outcome,
        told=sentences(outcome, here.rule, names),
        parts=_parts(outcome),
        quota_x=f"{outcome.tally.quota / outcome.tally.total * 1000:.1f}",
        supposes=bool(supposes),
        before=stands(now) if supposes and now is not outcome.verdict else None,
    )


def _supposing(committee: Committee, key: str, what: str) -> Committee:
    if what == "left":
        return committee.without(key)
    now = next(member.stance for member in committee.members if member.key == key)
    stance = {"won": Stance.SUPPORTER, "against": Stance.BLOCKER}.get(what, now)
    return committee.supposing(key, stance=stance, confirmed=True)


def name_of(seated: Seated) -> str:
    """Say who sits in a seat."""
    if seated.who is None:
        return str(_("somebody who is not known any more"))
    return seated.who.shown


def _parts(outcome: Outcome) -> list[Part]:
    tally, x, found = outcome.tally, 0.0, []
    for name, label in _PARTS:
        weight = getattr(tally, name)
        width = weight / tally.total * 1000
        found.append(Part(name, label, weight, f"{x:.1f}", f"{width:.1f}"))
        x += width
    return found


def _rows(here: Stated, supposes: Mapping[str, str]) -> list[SeatRow]:
    if here.committee is None:
        return [SeatRow(one, None, None, True, "") for one in here.seats]
    game, power = here.committee.game, here.committee.game.power()
    voting = [bool(game.weights[place]) or place in game.required for place in game.seats]
    rows = [
        SeatRow(
            one, power[place], why_power(power[place], voters=sum(voting)), voting[place], supposes.get(one.key, "")
        )
        for place, one in enumerate(here.seats)
    ]
    return sorted(rows, key=lambda row: -row.shapley)


@dataclass(frozen=True, slots=True)
class StatePage:
    """The form of a rule, and both versions where somebody else has stated it meanwhile."""

    head: Head
    form: Any
    stated: DecisionVersion | None = None
    both: Sequence[Version] = ()
    who: str = ""
    when: datetime | None = None

    @classmethod
    def beside(
        cls, current: DecisionVersion, account: Account, user: "User", form: Form, typed: Mapping[str, Any]
    ) -> Self:
        """Put what is saved beside what was typed."""
        theirs = {name: getattr(current, name) for name in STATED}
        return cls(
            head=Head.build(account, user, "decision"),
            form=form,
            stated=current,
            both=versions("decisionversion", theirs, {name: typed[name] for name in STATED}),
            who=current.by.name,
            when=current.recorded_at,
        )
