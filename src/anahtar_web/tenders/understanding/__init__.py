"""What the rows of a file of past tenders mean: tenders with their lots, and what is to be done where a row is none."""

from typing import TYPE_CHECKING

from anahtar_web.tenders.understanding.columns import Columns
from anahtar_web.tenders.understanding.gathering import gathered
from anahtar_web.tenders.understanding.here import mark_known
from anahtar_web.tenders.understanding.rows import broken_rows
from anahtar_web.tenders.understanding.told import BroughtLot, BroughtTender, Problem, Problems, Understood

if TYPE_CHECKING:
    from anahtar_web.people.models import User
    from anahtar_web.tenders.models import TenderImport

__all__ = ["BroughtLot", "BroughtTender", "Problem", "Understood", "understand"]


def understand(of: "TenderImport", user: "User") -> Understood:
    """Understand the rows of a file by its mapping; a query more for each thousand accounts it names, not for a row."""
    columns = Columns.of_import(of, user)
    if columns.questions:
        return Understood((), (), columns.questions, ())
    problems = Problems(columns)
    tenders = gathered(columns, user, problems)
    mark_known(tenders, problems)
    broken_rows(of.broken, problems)
    return Understood(tenders, problems.in_order, (), sorted(problems.stopped))
