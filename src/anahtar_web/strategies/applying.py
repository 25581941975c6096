"""Which strategy holds for an account: of its decided types first, else of its cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from anahtar.report.labels import TYPES, label
from anahtar_web.accounts.models import KeyDecision, KeyStatus
from anahtar_web.strategies.subjects import SUBJECTS, TYPE_CODES, Subject
from anahtar_web.ui.templatetags.shown import say


@dataclass(frozen=True, slots=True)
class Applying:
    """What holds for an account, and why.

    Parameters
    ----------
    subject
        None: neither type nor cell tells.
    further
        Other types that were decided too; their strategies say more, the first one leads.
    """

    subject: Subject | None
    further: Sequence[Subject] = ()
    instead_of: str = ""
    """The cell that would tell, were there no decided type."""

    @property
    def why(self) -> str:
        """Say why it is this one."""
        if self.subject is None:
            return _("It stands in no cell of the matrix, and nobody has decided on a type.")
        if self.subject.is_cell:
            return _("It stands in cell %(cell)s; no type of a key account was decided.") % {"cell": self.subject.code}
        names = {"type": say(label(TYPES, self.subject.code)), "cell": self.instead_of}
        if self.instead_of:
            return _("Decided as a key account of the type %(type)s, which goes before its cell %(cell)s.") % names
        return _("Decided as a key account of the type %(type)s.") % names


NOTHING: Final = Applying(None)


def applying(decision: KeyDecision | None, cell: str) -> Applying:
    """Find what holds for an account.

    Parameters
    ----------
    decision
        The one that holds; only a key account goes by its types, a watched one still by its cell.
    cell
        Its cell; empty, or a word that names none: it stands outside the matrix.
    """
    types = leading(decision.types) if decision is not None and decision.status == KeyStatus.KEY else ()
    if types:
        first, *further = types
        return Applying(first, further, cell if cell in SUBJECTS else "")
    return Applying(SUBJECTS[cell]) if cell in SUBJECTS else NOTHING


def leading(written: str) -> Sequence[Subject]:
    """Read types as decisions carry them, the one that leads first."""
    return [SUBJECTS[code] for code in TYPE_CODES if code in written.split()]
