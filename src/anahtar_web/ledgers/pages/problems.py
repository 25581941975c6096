"""The problems of an import: a table that can be narrowed, sorted, paged and taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404

from anahtar.ledger.problems import Kind, Verdict
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers import problem_table, storage
from anahtar_web.ledgers.correction_book import is_ready
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.pages.sums import Problem, Sums
from anahtar_web.ledgers.problem_table import Order, Wanted
from anahtar_web.ledgers.wording import VERDICTS, did_with, tone_of

PER_PAGE: Final = 50
_DEEPEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One row that was not taken at face value."""

    file: str
    sheet: str
    row: int
    column: str
    text: str
    label: Any
    done: Any
    tone: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """Some problems of an import, and what all of those asked for come to.

    Parameters
    ----------
    query
        The filters as they stand in an address, for the downloads.
    """

    of: Import
    rows: Sequence[Row]
    page: Any
    total: int
    amount: int
    wanted: Wanted
    order: str
    kinds: Sequence[tuple[str, Any]]
    verdicts: Sequence[tuple[str, Any]]
    files: Sequence[str]
    may_import: bool
    is_read: bool
    query: str
    can_correct: bool

    @classmethod
    def build(cls, *, of: Import, user: Any, filters: Mapping[str, str]) -> Self:
        """Gather the page."""
        wanted, order = wanted_of(filters), _order(filters.get("sort", ""))
        number = _number(filters.get("page", ""))
        path = storage.problems_of(of)
        found = problem_table.Found([], 0, 0)
        if path is not None:
            found = problem_table.page(path, wanted, order=order, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
        sums = Sums.of(of)
        problems: Sequence[Problem] = sums.problems if sums else ()
        return cls(
            of=of,
            rows=[_row(told) for told in found.rows],
            page=Paginator(range(found.total), PER_PAGE).get_page(number),
            total=found.total,
            amount=found.amount,
            wanted=wanted,
            order=order.value,
            kinds=[(kind.value, kind.label) for kind in Kind if any(problem.kind == kind for problem in problems)],
            verdicts=list(VERDICTS.items()),
            files=sorted({file.name for file in sums.draft.files}) if sums else [],
            may_import=user.may(Right.IMPORT),
            is_read=path is not None,
            query=_query(wanted),
            can_correct=is_ready(of),
        )


def wanted_of(filters: Mapping[str, str]) -> Wanted:
    """Give the filters of an address; values nobody offered are as if absent."""
    kind, verdict = filters.get("kind", ""), filters.get("verdict", "")
    return Wanted(
        kind=kind if kind in set(Kind) else "",
        verdict=verdict if verdict in set(Verdict) else "",
        file=filters.get("file", "")[:300],
        text=filters.get("q", "").strip()[:200],
    )


def _query(wanted: Wanted) -> str:
    told = {"kind": wanted.kind, "verdict": wanted.verdict, "file": wanted.file, "q": wanted.text}
    given = {name: value for name, value in told.items() if value}
    return f"?{urlencode(given)}" if given else ""


def _order(text: str) -> Order:
    return Order(text) if text in set(Order) else Order.FIRST


def _number(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) < 6 else 1
    if number > _DEEPEST:
        raise Http404
    return max(1, number)


def _row(told: Mapping[str, Any]) -> Row:
    return Row(
        file=told["file"],
        sheet=told["sheet"],
        row=told["row"],
        column=told["column"],
        text=told["text"],
        label=Kind(told["kind"]).label,
        done=did_with(told["kind"], told["verdict"]),
        tone=tone_of(told["kind"], told["verdict"]),
        amount=told["amount"],
    )
