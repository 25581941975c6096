"""The board of all cases somebody sees: a column per stage, or the same as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.utils.translation import gettext as _

from anahtar_web.accounts.figures import figures
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.risks.asked import NONE, Asked
from anahtar_web.risks.models import AWAY, CLOSED, Case, Move, Reason, Stage
from anahtar_web.risks.pages.choices import Choices
from anahtar_web.risks.pages.rows import Row
from anahtar_web.risks.queries import (
    Weight,
    board,
    first_of_each_stage,
    kams_of_cases,
    latest_moves,
    names_of_reasons,
    outlooks,
    stakes_of,
    weights,
)
from anahtar_web.risks.stakes import together
from anahtar_web.risks.told import said_of
from anahtar_web.risks.transitions import ALLOWED, BEFORE_LOSS, TO_BE_SAID

if TYPE_CHECKING:
    from anahtar_web.people.models import User

CARDS: Final = 15
"""In each column; what is beyond stands in the table."""


@dataclass(frozen=True, slots=True)
class Way:
    """A stage to which a card can go.

    Parameters
    ----------
    how
        `go`: at once. `say`: why is asked first. `loss`: by the record of the loss, which moves it.
    """

    stage: Stage
    how: str


@dataclass(frozen=True, slots=True)
class Card:
    """A case on the board.

    Parameters
    ----------
    ways
        Where it can go; none: the reader moves nothing.
    by_ledger
        Whether the ledger moved it last.
    why
        What was said of that move.
    """

    row: Row
    ways: Sequence[Way]
    by_ledger: bool
    why: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The cases of one stage.

    Parameters
    ----------
    rows
        In the table: all of them.
    cards
        On the board: the first of them.
    total
        How many there are.
    at_stake
        What their accounts and directions bought in their last year, together; an account's money counts once.
    more
        Address of the table with all of them.
    """

    stage: str
    name: str
    total: int
    at_stake: int
    rows: Sequence[Row] = ()
    cards: Sequence[Card] = ()
    more: str = ""

    @property
    def hidden(self) -> int:
        """How many are not on the board."""
        return self.total - len(self.cards)

    @property
    def is_folded(self) -> bool:
        """Whether it takes little room until it is opened: there is nothing in it, or nothing to be done."""
        return not self.total or self.stage in CLOSED


@dataclass(frozen=True, slots=True)
class Phase:
    """Stages that belong together, in large type: how many cases there are, and what is at stake."""

    name: str
    total: int
    at_stake: int
    overdue: int

    @classmethod
    def of(cls, name: str, stages: Sequence[str], weighed: Sequence[Weight]) -> Self:
        """Add them up; an account that has several cases is counted once."""
        some = [one for one in weighed if one.stage in stages]
        return cls(name, len(some), together(one.stake for one in some), sum(one.is_late for one in some))


@dataclass(frozen=True, slots=True)
class BoardPage:
    """All cases somebody sees, stage by stage: those that are open, or those that are closed.

    Parameters
    ----------
    phases
        The open ones added up; only on the board.
    found
        How many are shown, or would be if the columns were long enough.
    reason
        Only cases, open and closed, whose loss was put down to it; None: all.
    moved
        Key of the case that was moved just now.
    may_define
        Whether the reader may change the list of reasons.
    """

    lanes: Sequence[Lane]
    asked: Asked
    choices: Choices
    phases: Sequence[Phase]
    currency: str
    found: int
    reason: Reason | None
    may_write: bool
    may_define: bool
    moved: int | None = None

    @classmethod
    def build(cls, user: "User", asked: Asked, reason: Reason | None = None, moved: int | None = None) -> Self:
        """Read it; the number of queries does not depend on the number of cases."""
        day = today()
        kams = kams_of_cases(user, day)
        asking = _filters(user, asked, kams, day)
        lanes, phases = _table(user, asked, asking, day) if asked.is_table else _board(user, asked, asking, day)
        shown = [lane for lane in lanes if asked.is_table or lane.stage not in CLOSED]
        return cls(
            lanes=lanes,
            asked=asked,
            choices=Choices.among(user, set(kams.values())),
            phases=phases,
            currency=figures().currency,
            found=sum(lane.total for lane in shown),
            reason=reason,
            may_write=user.may(Right.WRITE_DOSSIER),
            may_define=user.may(Right.DEFINE_DOSSIER),
            moved=moved,
        )


def _filters(user: "User", asked: Asked, kams: Mapping[int, int], day: date) -> dict[str, Any]:
    told: dict[str, Any] = {"q": asked.q, "severity": int(asked.severity or 0), "stage": asked.stage}
    told["owner"] = user.pk if asked.mine else asked.owner
    told["direction"] = asked.direction
    told["overdue"] = day if asked.overdue else None
    told["lost_for"] = asked.reason
    if asked.kam == NONE:
        told["not_of"] = list(kams)
    elif asked.kam:
        told["accounts"] = [account for account, person in kams.items() if str(person) == asked.kam]
    return told


def _table(user: "User", asked: Asked, asking: Mapping[str, Any], day: date) -> tuple[list[Lane], Sequence[Phase]]:
    cases = [case for case in board(user, asking) if asked.reason or (case.stage in CLOSED) is asked.shows_closed]
    foreseen = outlooks(cases)
    rows = [Row(case, foreseen.get(case.pk), day) for case in cases]
    lanes = [_lane(stage, [row for row in rows if row.case.stage == stage]) for stage in Stage]
    return [lane for lane in lanes if lane.total], ()


def _lane(stage: Stage, rows: list[Row]) -> Lane:
    rows.sort(key=lambda row: -(row.outlook.at_stake if row.outlook else 0))
    foreseen = {row.case.pk: row.outlook for row in rows if row.outlook}
    at_stake = together(stakes_of([row.case for row in rows], foreseen))
    return Lane(stage.value, str(stage.label), len(rows), at_stake, rows=rows)


def _board(user: "User", asked: Asked, asking: Mapping[str, Any], day: date) -> tuple[list[Lane], Sequence[Phase]]:
    weighed = weights(board(user, asking), day)
    cards = _cards(first_of_each_stage(board(user, asking), CARDS), day, user.may(Right.WRITE_DOSSIER))
    lanes = []
    for stage in Stage:
        whole = Phase.of(str(stage.label), (stage,), weighed)
        more = asked.query(view="table", stage=stage.value)
        own = [card for card in cards if card.row.case.stage == stage]
        lanes.append(Lane(stage.value, whole.name, whole.total, whole.at_stake, cards=own, more=more))
    return lanes, _phases(weighed)


def _phases(weighed: Sequence[Weight]) -> Sequence[Phase]:
    return (
        Phase.of(_("Open cases"), [stage for stage in Stage if stage not in CLOSED], weighed),
        Phase.of(_("Not lost yet"), BEFORE_LOSS, weighed),
        Phase.of(_("To be won back"), AWAY, weighed),
        Phase.of(_("On probation"), (Stage.WON_BACK,), weighed),
    )


def _cards(cases: Sequence[Case], day: date, may_write: bool) -> list[Card]:
    foreseen, moves = outlooks(cases), latest_moves(cases)
    names = names_of_reasons(moves.values())
    return [_card(Row(case, foreseen.get(case.pk), day), moves.get(case.pk), names, may_write) for case in cases]


def _card(row: Row, move: Move | None, names: Mapping[int, str], may_write: bool) -> Card:
    may_move = may_write and row.case.account.merged_into_id is None
    return Card(
        row=row,
        ways=ways_of(row.case) if may_move else (),
        by_ledger=move is not None and move.by_id is None,
        why=said_of(move, names) if move is not None else "",
    )


def ways_of(case: Any) -> list[Way]:
    """Tell where a case can go; it carries `is_recorded`: whether it is written down why it was lost."""
    allowed = ALLOWED[case.stage]
    return [Way(stage, _how(case, stage)) for stage in Stage if stage in allowed]


def _how(case: Any, stage: Stage) -> str:
    if stage == Stage.LOST and case.stage not in AWAY and not case.is_recorded:
        return "loss"
    return "say" if stage in TO_BE_SAID else "go"
