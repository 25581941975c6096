"""The matrix whole: one filter, its cells, who moved, and the thresholds for who may try others."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.http import QueryDict
from django.utils.safestring import SafeString

from anahtar.rules.strategy import CELLS
from anahtar_web.company.words import percent
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.matrix.grid import Grid
from anahtar_web.insight.pages.matrix.moves import Moved, Moves, Named
from anahtar_web.insight.pages.matrix.selection import Selection
from anahtar_web.insight.pages.matrix.trying import SHOWN, TryPage, tries
from anahtar_web.insight.pages.matrix.ways import Ways
from anahtar_web.insight.pages.portfolio.page import Filtering
from anahtar_web.insight.pages.portfolio.written import write
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.queries import knows_company
from anahtar_web.insight.remembered import Memory
from anahtar_web.insight.trust import Trust, trust
from anahtar_web.strategies.queries import Strategy, in_force

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Borders:
    """Where the classes end, as the figures have them."""

    abc: Sequence[str]
    xyz: Sequence[str]

    @classmethod
    def of(cls, run: Run) -> Self:
        """Of a run."""
        return cls(*([percent(cut) for cut in run.options[name]] for name in ("abc_cuts", "xyz_cuts")))


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """The template's contract.

    Parameters
    ----------
    own
        Whether totals and shares are of the reader's accounts alone.
    trying
        None for who does not see the company's thresholds.
    empty
        Nobody in the selection bought in these months.
    """

    run: Run
    trust: Trust
    own: bool
    asked: PortfolioAsked
    filtering: Filtering
    empty: bool
    written: "WrittenMatrix"
    trying: TryPage | None

    @classmethod
    def build(cls, user: "User", run: Run, refused: Run | None, query: QueryDict) -> Self:
        """Read everything the page shows; the number of queries does not depend on the number of accounts.

        Raises
        ------
        FiguresMissing
            The run has nothing to compute it from.
        """
        selection = Selection.of(user, run, query)
        return cls(
            run=run,
            trust=trust(user, run, refused),
            own=not knows_company(user),
            asked=selection.asked,
            filtering=selection.filtering(user, run),
            empty=not selection.portfolio.now.accounts,
            written=WrittenMatrix(selection),
            trying=TryPage.build(user, run, size=SHOWN) if tries(user, run) else None,
        )


@dataclass(frozen=True)
class WrittenMatrix:
    """The template's contract: `cells` and `ways` are whole pieces of the page, which hold no form.

    Their templates find what they need under `page`: `asked`, `own`, `currency`, and what is reckoned.
    """

    selection: Selection

    @property
    def cells(self) -> SafeString:
        """The nine cells."""
        return self._piece("insight/matrix/_grid.html", lambda: self._strategies)

    @property
    def who(self) -> SafeString:
        """Who moved in a year."""
        return self._piece("insight/matrix/_ways.html", lambda: self._known.told)

    @property
    def asked(self) -> PortfolioAsked:
        """The filter in force."""
        return self.selection.asked

    @property
    def own(self) -> bool:
        """Whether totals and shares are of the reader's accounts alone."""
        return not knows_company(self._memory.user)

    @property
    def currency(self) -> str:
        """The ledger's."""
        return self.selection.portfolio.slice.currency

    @cached_property
    def borders(self) -> Borders | None:
        """Where the classes end; None for who does not see the company's thresholds."""
        return Borders.of(self._memory.run) if self._memory.user.may(Right.SEE_SETTINGS) else None

    @property
    def trying(self) -> bool:
        """Whether the reader may try other thresholds below."""
        return tries(self._memory.user, self._memory.run)

    @property
    def grid(self) -> Grid:
        """The cells with what they come to."""
        memory, links = self._memory, self.selection.links(self._memory.run)
        return Grid.build(self.selection.portfolio, memory.user, memory.run, links, dict(self._strategies))

    @cached_property
    def ways(self) -> Ways | None:
        """The ways through the matrix; None: the ledger does not reach back a year."""
        return Ways.build(self.selection.portfolio, self.asked)

    @property
    def moves(self) -> Sequence[Moved]:
        """The moves with the most money at stake."""
        return self._known.rows

    @cached_property
    def _strategies(self) -> tuple[tuple[str, Strategy], ...]:
        return tuple(in_force(CELLS).items())

    @cached_property
    def _known(self) -> Named:
        return Named.of(Moves.first(self.selection), self._memory)

    @property
    def _memory(self) -> Memory:
        return self.selection.memory

    def _piece(self, template: str, told: Callable[[], Hashable]) -> SafeString:
        return write(
            template,
            self,
            memory=self._memory,
            of=self.asked.address(),
            told=lambda: (self.selection.mark, told()),
        )
