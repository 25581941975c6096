"""Lists are kept and changed, cases are opened for accounts on them, and they are taken out."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.audit import leaving
from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.models import Standing
from anahtar_web.people.models import User
from anahtar_web.risks.actions import open_case
from anahtar_web.risks.models import Case, Stage
from anahtar_web.ui.text import fold
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import MOST, WinbackList
from anahtar_web.winbacks.queries.members import open_cases as open_cases_of


class UnableToKeepList(Refused):
    """The list cannot be kept so, or not that many cases be opened at once."""


@transaction.atomic
def keep_list(*, name: str, narrow: Narrow, cost: int = 0, by: User) -> WinbackList:
    """Keep a filter as a list.

    Raises
    ------
    UnableToKeepList
        It has no name, or another list is called so.
    """
    made = WinbackList(name=_named(name), query=narrow.query, cost=cost, owner=by)
    _free(made)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # somebody else has kept one of that name, a moment before
        raise _taken(made) from None
    record("winback_list.kept", made, by=by, after={"filter": made.query})
    return made


@transaction.atomic
def change_list(*, kept: WinbackList, seen: int, name: str, narrow: Narrow, cost: int, by: User) -> WinbackList:
    """Change name, filter and cost of a list; campaigns that were drawn from it stay as they are.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToKeepList
        It has no name, or another list is called so.
    """
    was = {"name": kept.name, "filter": kept.query}
    kept.name = _named(name)
    _free(kept)
    kept.save_over(seen, {"name": kept.name, "name_key": fold(kept.name)[:120], "query": narrow.query, "cost": cost})
    record("winback_list.changed", kept, by=by, before=was, after={"name": kept.name, "filter": kept.query})
    return kept


def _named(name: str) -> str:
    clean = " ".join(name.split())[:100]
    if not clean:
        raise UnableToKeepList(_("Give the list a name."))
    return clean


def _free(kept: WinbackList) -> None:
    if WinbackList.objects.filter(name_key=fold(kept.name)[:120]).exclude(pk=kept.pk).exists():
        raise _taken(kept)


def _taken(kept: WinbackList) -> UnableToKeepList:
    return UnableToKeepList(_("Another list is called “%(name)s”. Choose another name.") % {"name": kept.name})


@transaction.atomic
def open_cases(*, accounts: Sequence[Account], by: User) -> int:
    """Open a case for each account that has none open; gives how many were opened.

    Raises
    ------
    UnableToKeepList
        Too many at once, or none.
    UnableToChangeMerged
        One of them goes on under another.
    """
    if not 0 < len(accounts) <= MOST:
        raise UnableToKeepList(_("Choose accounts, %(most)s at once at most.") % {"most": MOST})
    having = set(open_cases_of([one.pk for one in accounts]).values_list("account", flat=True))
    without = [one for one in accounts if one.pk not in having]
    cases_for(without, by=by)
    return len(without)


def cases_for(accounts: Sequence[Account], *, by: User) -> dict[int, Case]:
    """Open a case for each, where the ledger says it stands."""
    rows = Standing.objects.filter(run__current=True, account__in=[one.pk for one in accounts])
    states = dict(rows.values_list("account", "state"))
    return {
        one.pk: open_case(
            account=one,
            title=_("To be won back"),
            stage=Stage.LOST if states.get(one.pk) == "lost" else Stage.LAPSED,
            by=by,
        )
        for one in accounts
    }


@transaction.atomic
def take_out(*, kept: WinbackList, rows: int, handed_on: bool, form: str, reason: str = "", by: User) -> None:
    """Note that a list was taken out.

    Parameters
    ----------
    handed_on
        Whether it holds only what others may read.

    Raises
    ------
    UnableToTakeOut
        It is empty, too large for today, or large without a reason.
    """
    leaving.allow(rows=rows, reason=reason, by=by)
    record(
        "winback_list.exported",
        kept,
        by=by,
        after={"rows": rows, "form": form, "handed_on": handed_on},
        reason=reason.strip(),
    )
