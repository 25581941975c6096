"""Before an import is taken back: what goes, and what stays because people have written on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from anahtar_web.accounts.models import Account
from anahtar_web.ledgers.beside import LOOKS, Line, Moment
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.pages.sums import Sums
from anahtar_web.ledgers.queries import leaving_with
from anahtar_web.ui.panels import Panel

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class TakeBackPage:
    """The question, with what hangs on the answer.

    Parameters
    ----------
    going
        How many accounts came only with this import and go with it.
    staying
        Accounts that have no other lines and stay, because people have written on them; the first of them.
    """

    of: Import
    form: Any
    sums: Sums | None
    going: int
    staying: Sequence[Account]
    staying_count: int
    panels: Sequence[Panel[Line]]

    @classmethod
    def build(cls, *, of: Import, form: Any, user: Any) -> Self:
        """Gather the page."""
        going, staying = leaving_with(of)
        panels = LOOKS.panels(Moment(of, leaving=True), user)
        return cls(of, form, Sums.of(of), going, staying[:SHOWN], len(staying), panels)
