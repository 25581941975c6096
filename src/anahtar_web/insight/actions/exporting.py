"""Lists leave the house: exactly what is on the screen, with a trail, a reason for many rows and a daily allowance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.audit.models import Entry
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.asked import Asked
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import standings_of
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.insight.models import Standing
    from anahtar_web.people.models import User

VERB: Final = "accounts.exported"
A_DAY: Final = 100_000
"""Rows one person may take out in a day."""
WITHOUT_REASON: Final = 1_000
"""Rows up to which nobody is asked why."""
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
    left = left_today(by)
    if not accounts:
        raise UnableToExport.nothing()
    if len(accounts) > left:
        raise UnableToExport.over_allowance(found.count(), left)
    if len(accounts) > WITHOUT_REASON and not reason.strip():
        raise UnableToExport.without_reason(len(accounts))
    told = {
        "rows": len(accounts),
        "format": form,
        "filter": asked.query(),
        "columns": [column.name for column in asked.columns],
    }
    if chosen is not None:
        told["chosen"] = sorted(Account.objects.filter(pk__in=accounts).values_list("code", flat=True))
    return TakenOut(accounts, asked, run, by, record(VERB, run, by=by, after=told, reason=reason.strip()))


def among(standings: "QuerySet[Standing]", chosen: Sequence[int] | None) -> "QuerySet[Standing]":
    """Leave the chosen accounts; None: all."""
    return standings if chosen is None else standings.filter(account__in=chosen)


def left_today(user: "User") -> int:
    """Tell how many rows a person may still take out today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = Entry.objects.filter(verb=VERB, by=user, at__gte=midnight, at__lt=midnight + timedelta(days=1, hours=2))
    taken = sum(int(after.get("rows", 0)) for after in today.values_list("after", flat=True))
    return max(A_DAY - taken, 0)
