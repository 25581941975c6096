"""Other thresholds tried out: who would be classed otherwise, and why, before anybody is.

What is shown is what saving would do: the thresholds are the company's, and so all accounts are judged by the months
and the measure of the analysis, whatever the filter of the page says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator

from anahtar.analysis.reclassing import Reclassing, reclass
from anahtar_web.audit.shown import Version, versions
from anahtar_web.company.criteria import flat
from anahtar_web.company.forms import CutsChangeForm, CutsForm
from anahtar_web.company.models import Company
from anahtar_web.company.queries import company
from anahtar_web.gate.rights import Right
from anahtar_web.insight import slices
from anahtar_web.insight.models import Measure, Run
from anahtar_web.insight.pages.matrix.changes import Change, changes
from anahtar_web.insight.pages.portfolio.matrix import meanings
from anahtar_web.insight.portfolio.periods import span
from anahtar_web.insight.queries import hides_measure, knows_company

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 50
SHOWN: Final = 10
"""Changes beside the matrix itself."""

CUTS: Final = ("abc_a", "abc_b", "xyz_x", "xyz_y")


def tries(user: "User", run: Run) -> bool:
    """Whether a person may try thresholds out.

    Trying tells what the larger accounts make together: a border moved until an account changes its class is the sum
    of all that stand above it. So it is for those who see the thresholds, and the whole company.
    """
    return user.may(Right.SEE_SETTINGS) and knows_company(user) and not hides_measure(user, run)


@dataclass(frozen=True, slots=True)
class Count:
    """Accounts of a class or a cell, by the thresholds of now and by those that are tried."""

    name: str
    before: int
    after: int

    @property
    def more(self) -> int:
        """How many more, or less than nothing."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Tried:
    """What the tried thresholds change.

    Parameters
    ----------
    columns, rows
        The matrix with its sums: A, B, C; for each of X, Y, Z its meaning, its own sum and its cells.
    page
        The part of the changes that is shown.
    brief
        Whether only the first of them are.
    asked
        The thresholds as an address writes them.
    """

    columns: Sequence[Count]
    rows: Sequence[tuple[Count, str, Sequence[Count]]]
    changed: int
    changes: Sequence[Change]
    page: "Page[Any]"
    brief: bool
    asked: str


@dataclass(frozen=True, slots=True)
class TryPage:
    """The template's contract.

    Parameters
    ----------
    form
        The four thresholds.
    tried
        None: nothing is tried, or what is typed cannot be.
    change
        The form that saves what is tried; None for who may not, and where nothing would change.
    may
        Whether the reader may save at all.
    in_force
        Whether the thresholds tried are those the company has.
    waits
        Whether the company's thresholds are others than those of the figures: the analysis is still at work.
    keys_follow
        Whether the criteria of key accounts name classes, so that these change too.
    versions
        What somebody else has saved meanwhile beside what is tried.
    """

    run: Run
    form: CutsForm
    tried: Tried | None
    change: CutsChangeForm | None
    may: bool
    in_force: bool
    waits: bool
    keys_follow: bool
    months: str
    versions: Sequence[Version] = ()

    @classmethod
    def build(
        cls,
        user: "User",
        run: Run,
        query: Mapping[str, Any] | None = None,
        *,
        page: str = "",
        size: int = SIZE,
        sent: CutsChangeForm | None = None,
        theirs: Company | None = None,
    ) -> Self:
        """Try what an address or a form that came back says; the number of queries does not depend on the accounts.

        Parameters
        ----------
        query
            The four thresholds in percent; None: those of the company.
        sent
            The form that was sent to save them, and came back.
        theirs
            The company as somebody else has saved it meanwhile.

        Raises
        ------
        FiguresMissing
            The run has nothing to compute it from.
        """
        house = theirs or company()
        saved, shown = _saved(house), _shown(run)
        form = CutsForm(query) if query is not None else CutsForm(initial=CutsForm.cuts_of(house))
        cuts = form.cuts() if form.is_valid() else None if query is not None else saved
        tried = None
        if cuts is not None and (query is not None or saved != shown):
            tried = _tried(user, run, cuts, page, size)
        may = user.may(Right.CHANGE_THRESHOLDS)
        return cls(
            run=run,
            form=form,
            tried=tried,
            change=_change(cuts, house, sent) if may and tried and (cuts != saved or sent) else None,
            may=may,
            in_force=cuts == saved,
            waits=saved != shown,
            keys_follow=bool(flat(house.criteria)["class.on"]),
            months=span(slices.judged(run).window),
            versions=versions("company", _saved(theirs), cuts or {}) if theirs else (),
        )

    @property
    def by_profit(self) -> bool:
        """Whether accounts are ranked by profit."""
        return self.run.measure == Measure.PROFIT


def _saved(house: Company) -> dict[str, float]:
    return {name: round(getattr(house, name), 6) for name in CUTS}


def _shown(run: Run) -> dict[str, float]:
    told = (*run.options["abc_cuts"], *run.options["xyz_cuts"])
    return {name: round(cut, 6) for name, cut in zip(CUTS, told, strict=True)}


def _change(cuts: Mapping[str, float] | None, house: Company, sent: CutsChangeForm | None) -> CutsChangeForm:
    if sent is not None:
        return sent
    shown = {name: f"{cut * 100:.10g}" for name, cut in (cuts or {}).items()}
    return CutsChangeForm(initial={**shown, "version": house.version})


def _tried(user: "User", run: Run, cuts: Mapping[str, float], page: str, size: int) -> Tried:
    found = slices.judged(run)
    abc, xyz = (cuts["abc_a"], cuts["abc_b"]), (cuts["xyz_x"], cuts["xyz_y"])
    told = reclass(found, abc_cuts=abc, xyz_cuts=xyz)
    listed = Paginator(range(told.changed.num_rows), size).get_page(page)
    start = max(listed.start_index() - 1, 0)
    return Tried(
        [Count(name, told.abc_before[name], told.abc[name]) for name in "ABC"],
        _rows(told),
        told.changed.num_rows,
        changes(told.changed.slice(start, size), (abc, xyz), user, run),
        listed,
        size < SIZE and listed.has_other_pages(),
        "&".join(f"{name}={cut * 100:.10g}" for name, cut in cuts.items()),
    )


def _rows(told: Reclassing) -> Sequence[tuple[Count, str, Sequence[Count]]]:
    found = []
    for xyz, meaning in meanings().items():
        cells = [Count(f"{abc}{xyz}", told.cells_before[f"{abc}{xyz}"], told.cells[f"{abc}{xyz}"]) for abc in "ABC"]
        whole = Count(xyz, sum(cell.before for cell in cells), sum(cell.after for cell in cells))
        found.append((whole, meaning, cells))
    return found
