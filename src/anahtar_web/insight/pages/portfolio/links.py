"""Where the figures of the portfolio lead: to the accounts they are made of, where the table can show the same."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar.analysis.slicing import Slice
from anahtar_web.insight.models import Run
from anahtar_web.insight.portfolio.asked import PortfolioAsked


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the accounts table under the filter in force.

    Parameters
    ----------
    same_figures
        Whether the table shows the same months and lines.
    same_classes
        Whether its classes and cells are by the same measure too.
    """

    asked: PortfolioAsked
    same_figures: bool
    same_classes: bool

    @classmethod
    def of(cls, asked: PortfolioAsked, found: Slice, run: Run) -> "Links":
        """See what the table of a run can show of a filter."""
        same = (found.window.start, found.window.end) == (run.window_start, run.window_end)
        same = same and not asked.direction and not asked.without
        return cls(asked, same, same and asked.measure == run.measure)

    def figures(self, **filters: str | list[str]) -> str:
        """Lead to the accounts of a filter that says nothing of classes; empty where the table shows other figures."""
        return self._address(filters) if self.same_figures else ""

    def classes(self, **filters: str | list[str]) -> str:
        """Lead to the accounts of a class or a cell; empty where the table classes by another filter."""
        return self._address(filters) if self.same_classes else ""

    def always(self, **filters: str | list[str]) -> str:
        """Lead to the accounts themselves, whatever figures the table shows beside them."""
        return self._address(filters)

    @property
    def explained(self) -> str:
        """Why figures lead nowhere, where they do not; empty: they do."""
        if self.same_classes:
            return ""
        if self.asked.without:
            return _("The accounts table holds every account: with some left out, figures do not lead there.")
        if not self.same_figures:
            return _(
                "The accounts table shows the months of the analysis and all lines: under this filter, figures do not "
                "lead there."
            )
        return _("The accounts table classes by the other measure: under this one, cells do not lead there.")

    def _address(self, filters: dict[str, str | list[str]]) -> str:
        pairs = urlencode({**self.asked.narrowed, **filters}, doseq=True)
        return reverse("insight:accounts") + (f"?{pairs}" if pairs else "?view=all")
