"""What every page of losses knows: the run, how much of the company its reader sees, and the other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.account.stats import lines_address
from anahtar_web.insight.queries import knows_company, shown_run
from anahtar_web.losses.models import LossReport
from anahtar_web.losses.queries import left_out, report_of

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages."""

    name: str
    label: Any
    icon: str
    company: bool = False
    """Whether it tells of the whole company."""

    @property
    def view(self) -> str:
        """Name of its address."""
        return f"losses:{self.name}"


TABS: Final = (
    Tab("overview", gettext_lazy("Overview"), "trending-down"),
    Tab("places", pgettext_lazy("of losses", "Where"), "map-pin", company=True),
    Tab("accounts", gettext_lazy("Accounts"), "building-2"),
    Tab("parts", gettext_lazy("Directions that died"), "unplug"),
    Tab("what_if", gettext_lazy("What if"), "flask-conical", company=True),
    Tab("way_back", gettext_lazy("The way back"), "undo-2"),
    Tab("successors", gettext_lazy("Other codes"), "arrow-right-left"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above.

    Parameters
    ----------
    report
        None: no analysis has looked for losses yet.
    whole
        Whether the reader sees every account.
    left_out
        Accounts of theirs that took over one which is not theirs, and are in no sum.
    """

    here: str
    run: Run | None
    report: LossReport | None
    whole: bool
    left_out: int

    @classmethod
    def build(cls, user: "User", here: str) -> Self:
        """Read it: two queries, one more for who sees only some accounts."""
        run, _refused = shown_run()
        report = report_of(run)
        hidden = 0 if run is None or report is None else left_out(user, run)
        return cls(here, run, report, knows_company(user), hidden)

    @classmethod
    def of(cls, user: "User", here: str, run: Run, report: LossReport) -> Self:
        """The same of a run that was found."""
        return cls(here, run, report, knows_company(user), left_out(user, run))

    @property
    def currency(self) -> str:
        """What money is in."""
        return self.run.currency if self.run else ""

    @property
    def tabs(self) -> Sequence[Tab]:
        """The pages this reader may open."""
        return [tab for tab in TABS if self.whole or not tab.company]

    @property
    def periods(self) -> "Periods | None":
        """From when to when the bridge leads; None: there is no bridge."""
        report = self.report
        if report is None or report.window_start is None or report.before_start is None:
            return None
        assert report.window_end is not None
        assert report.before_end is not None
        now, before = (report.window_start, report.window_end), (report.before_start, report.before_end)
        whole = self.run is not None and now == (self.run.window_start, self.run.window_end)
        return Periods(now, before, by_year=whole and _is_year_before(before, now))


@dataclass(frozen=True, slots=True)
class Periods:
    """The two periods of the bridge.

    Parameters
    ----------
    by_year
        They are those of the account's own pages: the window, and the same a year before.
    """

    now: tuple[date, date]
    before: tuple[date, date]
    by_year: bool

    def lines(self, account: Account) -> str:
        """Where an account's lines of now are."""
        return lines_address(account)

    def lines_before(self, account: Account) -> str:
        """Where those of before are; in a young ledger all its lines, for the halves of it are no year."""
        return lines_address(account, before="yes") if self.by_year else lines_address(account)


def _is_year_before(before: tuple[date, date], now: tuple[date, date]) -> bool:
    return all((one.year + 1, one.month) == (other.year, other.month) for one, other in zip(before, now, strict=True))


def bucket_words() -> dict[str, str]:
    """What each bucket of the bridge means, in a sentence."""
    return {
        "new": _("bought now, and never before"),
        "returned": _("bought now and long ago, not in the earlier period"),
        "expansion": _("bought in both periods, now more"),
        "contraction": _("bought in both periods, now less"),
        "lost": _("bought in the earlier period, not in the later one"),
        "steady": _("bought the same amount in both"),
    }
