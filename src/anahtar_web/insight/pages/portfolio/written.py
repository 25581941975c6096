"""What stays the same for many requests: made and written once for those who see alike.

It is remembered twice. By the state of the house, that nothing be asked at all while nothing changes; and by what the
piece shows, that what changed elsewhere does not have it written anew: then only its names are read again.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from anahtar_web.insight import remembered
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.remembered import Memory


def write(template: str, page: Any, *, memory: Memory, of: Hashable, told: Callable[[], Hashable]) -> SafeString:
    """Give a piece of a page; its template finds `page`, and holds no form: a form is of one request.

    Parameters
    ----------
    of
        Which one it is among those of the template: the address.
    told
        Gives all that it shows beside what the run, the address, the day, the language and the role say: figures by
        their mark, names as they are. What is forgotten here goes stale.
    """
    # Roles see different things: who sees all accounts need not see profit.
    question = (template, of, get_language(), memory.user.role)

    def make() -> SafeString:
        return memory.recall_alike(
            *question, told(), make=lambda: render_to_string(template, {"page": page}), among=remembered.pieces
        )

    return memory.recall(*question, make=make, among=remembered.rows)


@dataclass(frozen=True)
class Written:
    """The template's contract: `headline` and `cards` are whole pieces of the page.

    Their templates find what they need under `page`: `asked`, `figures`, `own`.

    Parameters
    ----------
    make
        Reckons the figures; asked only where they are not written yet.
    told
        What the pieces show, as `write` wants it.
    own
        Whether totals and shares are of the reader's accounts alone.
    empty
        Whether nobody in the selection bought in these months.
    """

    asked: PortfolioAsked
    memory: Memory
    make: Callable[[], Any]
    told: Callable[[], Hashable]
    own: bool
    empty: bool

    @cached_property
    def figures(self) -> Any:
        """The figures in words."""
        return self.make()

    @property
    def headline(self) -> SafeString:
        """The figures on top."""
        return self._piece("insight/portfolio/_figures.html")

    @property
    def cards(self) -> SafeString:
        """Everything below them."""
        return self._piece("insight/portfolio/_cards.html")

    def _piece(self, template: str) -> SafeString:
        return write(template, self, memory=self.memory, of=self.asked.address(), told=self.told)
