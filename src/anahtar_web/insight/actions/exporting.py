"""Lists leave the house: exactly what is on the screen, with a trail, a reason for many rows and a daily allowance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.audit.leaving import A_DAY, WITHOUT_REASON, left_today
from anahtar_web.audit.models import Entry
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.asked import Asked
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import standings_of
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    import pyarrow as pa
    from django.db.models import QuerySet

    from anahtar_web.insight.models import Standing
    from anahtar_web.people.models import User

VERB: Final = "accounts.exported"
MOVES: Final = "accounts.moves_exported"
TAKEN_AS_REPORT: Final = "run.reported"
"""The portfolio as a document or a workbook: its accounts count like those of a list."""
FORMATS: Final = ("xlsx", "csv")


class UnableToExport(Refused):
    """The list cannot be taken out."""

    @classmethod
    def without_reason(cls, rows: int) -> "UnableToExport":
        """Many rows leave the house only with a reason."""
        return cls(
            _("%(rows)s rows: say what they are for, where more than %(limit)s leave the house.")
            % {"rows": number(rows), "limit": number(WITHOUT_REASON)}
        )

    @classmethod
    def over_allowance(cls, rows: int, left: int) -> "UnableToExport":
        """The day's allowance does not suffice."""
        return cls(
            _("%(rows)s rows are more than the %(left)s that you may still take out today. Narrow the list.")
            % {"rows": number(rows), "left": number(left)}
        )

    @classmethod
    def nothing(cls) -> "UnableToExport":
        """There is no row."""
        return cls(_("The list is empty; there is nothing to take out."))


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What an export holds: these accounts, in this order, as they were when it was allowed."""

    accounts: Sequence[int]
    asked: Asked
    run: Run
    by: "User"
    entry: Entry


@transaction.atomic
def take_out(
    *, asked: Asked, run: Run, form: str, reason: str, by: "User", chosen: Sequence[int] | None = None
) -> TakenOut:
    """Allow an export and put it on the trail.

    Parameters
    ----------
    chosen
        Accounts chosen by hand, of those the list holds; None: all that it holds.

    Raises
    ------
    UnableToExport
        It has no rows, lacks a reason, or exceeds the day's allowance.
    """
    found = among(asked.narrow(standings_of(by, run), by), chosen).order_by(*asked.order(walked=False))
    accounts = list(found.values_list("account", flat=True)[: A_DAY + 1])
    _check(len(accounts), reason, by)
    told = {
        "rows": len(accounts),
        "format": form,
        "filter": asked.query(),
        "columns": [column.name for column in asked.columns],
    }
    if chosen is not None:
        told["chosen"] = sorted(Account.objects.filter(pk__in=accounts).values_list("code", flat=True))
    return TakenOut(accounts, asked, run, by, record(VERB, run, by=by, after=told, reason=reason.strip()))


@dataclass(frozen=True, slots=True)
class MovesTaken:
    """Accounts that moved in the matrix, as they were when it was allowed: rows of `Portfolio.movers`."""

    moves: "pa.Table"
    filter: str
    run: Run
    by: "User"
    entry: Entry


@transaction.atomic
def take_out_moves(*, moves: "pa.Table", filter: str, run: Run, form: str, reason: str, by: "User") -> MovesTaken:
    """Allow the list of those who moved to leave the house, and put it on the trail.

    Parameters
    ----------
    filter
        What the list was narrowed to, as its address writes it.

    Raises
    ------
    UnableToExport
        It has no rows, lacks a reason, or exceeds the day's allowance.
    """
    _check(moves.num_rows, reason, by)
    told = {"rows": moves.num_rows, "format": form, "filter": filter}
    return MovesTaken(moves, filter, run, by, record(MOVES, run, by=by, after=told, reason=reason.strip()))


def _check(rows: int, reason: str, by: "User") -> None:
    left = left_today(by)
    if not rows:
        raise UnableToExport.nothing()
    if rows > left:
        raise UnableToExport.over_allowance(rows, left)
    if rows > WITHOUT_REASON and not reason.strip():
        raise UnableToExport.without_reason(rows)


def among(standings: "QuerySet[Standing]", chosen: Sequence[int] | None) -> "QuerySet[Standing]":
    """Leave the chosen accounts; None: all."""
    return standings if chosen is None else standings.filter(account__in=chosen)
