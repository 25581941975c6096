"""How far the figures can be trusted: what every analytical screen says above them, each part a link to what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.cache import caches
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.queries import suspected_duplicates, without_group, without_manager
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import knows_company
from anahtar_web.jobs.told import shown
from anahtar_web.ui.templatetags.shown import ago, day, number, share

if TYPE_CHECKING:
    from anahtar_web.people.models import User

COUNTED_FOR: Final = 60
"""Seconds for which the counts are kept: counted anew for every page, they would cost more than the page."""

_OLD_DAYS: Final = 31
_MUCH_UNASSIGNED: Final = 0.05


@dataclass(frozen=True, slots=True)
class Part:
    """One statement.

    Parameters
    ----------
    careful
        Whether it asks for care.
    """

    icon: str
    text: str
    href: str = ""
    careful: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """The strip, and what is wrong with the ledger itself, if anything."""

    parts: tuple[Part, ...]
    refused: Run | None

    @property
    def reason(self) -> str:
        """Why the last analysis was refused, in the reader's language."""
        return "" if self.refused is None else shown(self.refused.refusal)


def trust(user: "User", run: Run, refused: Run | None, *, of_one: bool = False) -> Trust:
    """Build the strip for a person: what concerns the whole company only for who may know it.

    Parameters
    ----------
    of_one
        For the page of one account, whose figures do not hang on who looks after the others.
    """
    base = () if of_one else _accounts(user, run)
    parts = [*_ledger(user, run), *base, _run_time(user, run)]
    return Trust(tuple(parts), refused)


def _ledger(user: "User", run: Run) -> Iterator[Part]:
    imports = _address("ledgers:list") if user.may(Right.SEE_IMPORTS) else ""
    old = run.as_of is not None and run.last_date is not None and (run.as_of - run.last_date).days > _OLD_DAYS
    yield Part("calendar-check", _("Ledger until %(day)s") % {"day": day(run.last_date)}, imports, careful=old)
    if not knows_company(user):
        return
    refused = ngettext("%(n)s row refused", "%(n)s rows refused", run.rows_refused)
    yield Part("file-x", refused % {"n": number(run.rows_refused)}, imports, careful=run.rows_refused > 0)
    whole = run.amount_accepted + run.unassigned_amount
    part = run.unassigned_amount / whole if whole > 0 else 0.0
    text = _("%(share)s without a customer") % {"share": share(part)}
    yield Part("user-x", text, imports, careful=part > _MUCH_UNASSIGNED)


def _accounts(user: "User", run: Run) -> Iterator[Part]:
    counts = _counts(user, run)
    here = reverse("insight:accounts")
    n = counts["without_manager"]
    text = ngettext("%(n)s account without a KAM", "%(n)s accounts without a KAM", n) % {"n": number(n)}
    yield Part("user-round-x", text, f"{here}?kam=none", careful=n > 0)
    n = counts["without_group"]
    text = ngettext("%(n)s account in no group", "%(n)s accounts in no group", n) % {"n": number(n)}
    yield Part("network", text, f"{here}?group=none")
    if "duplicates" in counts:
        n = counts["duplicates"]
        text = ngettext("%(n)s suspected duplicate", "%(n)s suspected duplicates", n) % {"n": number(n)}
        yield Part("copy", text, _address("accounts:duplicates"), careful=n > 0)


def _run_time(user: "User", run: Run) -> Part:
    href = reverse("insight:runs") if user.may(Right.SEE_SETTINGS) else ""
    return Part("refresh-cw", _("Analysed %(ago)s") % {"ago": ago(run.finished_at)}, href)


def _counts(user: "User", run: Run) -> dict[str, int]:
    """Count what is missing around the accounts somebody sees: once for all who see all of them."""
    whose = "all" if user.may(Right.SEE_ALL_ACCOUNTS) else str(user.pk)
    curates = user.may(Right.CURATE_ACCOUNTS)
    cache, key = caches["process"], f"insight.trust.{run.pk}.{whose}.{curates}"
    counts: dict[str, int] | None = cache.get(key)
    if counts is None:
        counts = {"without_manager": without_manager(user).count(), "without_group": without_group(user).count()}
        if curates:
            counts["duplicates"] = suspected_duplicates(user)
        cache.set(key, counts, COUNTED_FOR)
    return counts


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
