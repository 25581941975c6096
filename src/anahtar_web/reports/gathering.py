"""Everything a report shows of the portfolio, for one person under one filter: read once, for paper and workbook."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.portfolio import Asking, asked_for
from anahtar_web.insight.pages.portfolio.page import Figures, Filtering, figures_of, filtering, without_for
from anahtar_web.insight.queries import knows_company
from anahtar_web.insight.slices import FiguresMissing
from anahtar_web.insight.trust import Trust, trust
from anahtar_web.reports.queries import KeyAccounts, key_accounts

if TYPE_CHECKING:
    from anahtar_web.people.models import User

LARGEST: Final = 25
"""Accounts a document names; how many more there are is said."""


class UnableToReport(Refused):
    """There is nothing to make a report of."""

    @classmethod
    def without_figures(cls) -> "UnableToReport":
        """The ledger has not been analysed, or its figures cannot be read."""
        return cls(_("There are no figures to report: the ledger has not been analysed, or not anew. Try again later."))


class UnableToMeanFilter(UnableToReport):
    """What a kept filter names is gone, or not for this person any more: trying again does not help."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The filter of this report names what no longer exists or what you no longer see. Open the portfolio, "
                "choose a filter anew and subscribe again."
            )
        )


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found.

    Parameters
    ----------
    own
        Whether totals and shares are of the reader's accounts alone.
    """

    run: Run
    asking: Asking
    filtering: Filtering
    figures: Figures
    keys: KeyAccounts
    trust: Trust
    own: bool


def gather(user: "User", run: Run | None, query: QueryDict, *, most: int = LARGEST) -> Gathered:
    """Read what a person may see of the portfolio under a filter.

    Raises
    ------
    UnableToReport
        There are no figures.
    BadRequest, Http404
        The filter asks for what there is not, or not for this person.
    """
    if run is None:
        raise UnableToReport.without_figures()
    try:
        asking = asked_for(user, run, query)
        without = without_for(asking, user, run)
    except FiguresMissing as missing:
        raise UnableToReport.without_figures() from missing
    return Gathered(
        run=run,
        asking=asking,
        filtering=filtering(asking.asked, asking.slice, user, run),
        figures=figures_of(asking, without, user, run, most=most),
        keys=key_accounts(asking, user, run, today()),
        trust=trust(user, run, None),
        own=not knows_company(user),
    )


def gather_again(user: "User", run: Run | None, query: str) -> Gathered:
    """Read the same for a filter that was kept: what it names may be gone since.

    Raises
    ------
    UnableToReport
        There are no figures.
    UnableToMeanFilter
        The filter means nothing any more.
    """
    try:
        return gather(user, run, QueryDict(query))
    except (BadRequest, Http404) as refusal:
        raise UnableToMeanFilter from refusal
