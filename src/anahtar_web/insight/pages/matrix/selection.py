"""The filter of the portfolio with what it selects, as every page of the matrix begins."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.http import QueryDict

from anahtar.analysis.portfolio import Portfolio
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.portfolio.links import Links
from anahtar_web.insight.pages.portfolio.page import Filtering, asked_for, filtering, without_for
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.remembered import Memory

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Selection:
    """The filter and the accounts it is about; those thought away are left out of everything.

    Parameters
    ----------
    mark
        What tells the accounts and their figures from any others.
    """

    asked: PortfolioAsked
    portfolio: Portfolio
    mark: Hashable
    memory: Memory

    @classmethod
    def of(cls, user: "User", run: Run, query: QueryDict) -> Self:
        """Read an address; refusals are those of `asked_for`."""
        asking = asked_for(user, run, query)
        reckoned = without_for(asking, user, run) or asking.reckoned
        return cls(asking.asked, reckoned.portfolio, reckoned.mark, asking.memory)

    def filtering(self, user: "User", run: Run) -> Filtering:
        """Say what stands above the figures."""
        return filtering(self.asked, self.portfolio.slice, user, run)

    def links(self, run: Run) -> Links:
        """Say where figures lead to."""
        return Links.of(self.asked, self.portfolio.slice, run)
