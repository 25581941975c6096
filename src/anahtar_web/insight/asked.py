"""What the address of the accounts table asks for. A name it does not know, or may not, is refused whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Case, F, QuerySet, When
from django.http import QueryDict

from anahtar_web.insight import filters
from anahtar_web.insight.columns import ALWAYS, Column, usual_columns, usual_sort, visible_columns
from anahtar_web.insight.models import GREATEST_FIRST, Run, Standing

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 50
LARGEST_SIZE: Final = 200
DEEPEST: Final = 10_000
"""Rows that can be paged through; what lies behind is found by a filter or taken out as a whole."""

PARAMETERS: Final = frozenset({"q", "sort", "columns", "page", "size", "view", *filters.BY_NAME})


@dataclass(frozen=True, slots=True)
class Asked:
    """One state of the table.

    Parameters
    ----------
    text
        Words that name or code must hold.
    narrowed
        Filter -> its values.
    sort
        Column and direction.
    columns
        In the order shown; the account first.
    usual
        Whether nobody chose columns.
    view
        The saved view it came from, if the address says so.
    """

    text: str
    narrowed: Mapping[str, tuple[str, ...]]
    sort: Column
    downwards: bool
    columns: Sequence[Column]
    usual: bool = True
    sorted_as_usual: bool = True
    page: int = 1
    size: int = SIZE
    view: str = ""
    hidden: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, query: QueryDict, user: "User", run: Run) -> Self:
        """Read an address.

        Raises
        ------
        BadRequest
            It has a parameter, a filter's value, a column or an order that is unknown or not for this person. That it
            exists for others must not be told, so the two are one.
        """
        for name in query:
            if name not in PARAMETERS:
                raise BadRequest(f"unknown parameter {name!r}")
        visible = visible_columns(user, run)
        chosen = _columns(",".join(query.getlist("columns")), visible)
        sort = _single(query, "sort")
        column, downwards = _sort(sort or usual_sort(user, run), visible)
        return cls(
            text=_text(query),
            narrowed=dict(_narrowed(query)),
            sort=column,
            downwards=downwards,
            columns=chosen or usual_columns(user, run),
            usual=not chosen,
            sorted_as_usual=not sort,
            size=_number(query, "size", SIZE, LARGEST_SIZE),
            page=_page(query),
            view=_single(query, "view"),
        )

    def narrow(self, standings: "QuerySet[Standing]", user: "User") -> "QuerySet[Standing]":
        """Leave what the filters and the text mean of the standings of the accounts somebody sees."""
        for name, values in self.narrowed.items():
            standings = filters.BY_NAME[name].narrow(standings, values)
        return filters.matching(standings, self.text, user)

    def order(self, *, walked: bool = True) -> tuple[Any, ...]:
        """Give the order, the same for the same rows, unknown values last.

        Parameters
        ----------
        walked
            By the index of the column, from its end, until a page is full. What is narrowed may stand at the other end:
            then all that meets the filters is looked at (`models.NARROW`), and the page's rows are picked.
        """
        column, downwards = self.sort.sort, self.downwards != self.sort.upside_down
        of_account = "__" in column
        # Every account's number is above zero; but no planner knows it, and no index has this.
        key = F(column) if walked or of_account else Case(When(account__gt=0, then=F(column)))
        order = key.desc(nulls_last=True) if downwards else key.asc(nulls_last=True)
        # Ties the other way round where the index is read from its end.
        same = downwards == (column in GREATEST_FIRST)
        return order, "account" if same else "-account"

    @property
    def sorted_by(self) -> str:
        """The order as the address writes it."""
        return f"-{self.sort.name}" if self.downwards else self.sort.name

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter or a text leaves some accounts out."""
        return bool(self.narrowed or self.text.strip())

    def parameters(self, *, without: str = "", value: str = "") -> list[tuple[str, str]]:
        """Write the state as parameters, without pages; `without` leaves a filter, or one value of it, out."""
        found = [("q", self.text)] if self.text and without != "q" else []
        for name, values in self.narrowed.items():
            found += [(name, one) for one in values if name != without or (value and one != value)]
        if not self.sorted_as_usual:
            found.append(("sort", self.sorted_by))
        if not self.usual:
            found.append(("columns", ",".join(column.name for column in self.columns)))
        if self.size != SIZE:
            found.append(("size", str(self.size)))
        return found

    def address(self, *, without: str = "", value: str = "") -> str:
        """Write the state as an address."""
        return "?" + urlencode(self.parameters(without=without, value=value))

    def query(self) -> str:
        """Write filter and order for a saved view: all but columns and pages."""
        return urlencode([(name, value) for name, value in self.parameters() if name not in ("columns", "size")])

    def all_rows(self) -> Self:
        """Give the same without pages."""
        return replace(self, page=1)


def _single(query: QueryDict, name: str) -> str:
    values = query.getlist(name)
    if len(values) > 1:
        raise BadRequest(f"{name!r} more than once")
    return values[0] if values else ""


def _text(query: QueryDict) -> str:
    text = _single(query, "q")
    if len(text) > filters.LONGEST_TEXT:
        raise BadRequest("text too long")
    return text


def _narrowed(query: QueryDict) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in filters.FILTERS:
        # An empty choice of a form without script is no choice.
        values = tuple(dict.fromkeys(value for value in query.getlist(one.name) if value))
        if len(values) > 1 and not one.many:
            raise BadRequest(f"{one.name!r} more than once")
        if not all(filters.is_meant(one, value) for value in values):
            raise BadRequest(f"unknown value of {one.name!r}")
        if values:
            yield one.name, values


def _columns(text: str, visible: Mapping[str, Column]) -> list[Column]:
    if not text:
        return []
    names = list(dict.fromkeys(name for name in text.split(",") if name))
    if unknown := [name for name in names if name not in visible]:
        raise BadRequest(f"unknown columns {unknown[:5]}")
    return [visible[ALWAYS], *(visible[name] for name in names if name != ALWAYS)]


def _sort(text: str, visible: Mapping[str, Column]) -> tuple[Column, bool]:
    column = visible.get(text.removeprefix("-"))
    if column is None or not column.sort or text.startswith("--"):
        raise BadRequest(f"unknown order {text!r}")
    return column, text.startswith("-")


def _number(query: QueryDict, name: str, usual: int, largest: int) -> int:
    text = _single(query, name)
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and 1 <= int(text) <= largest):
        raise BadRequest(f"{name!r} out of range")
    return int(text)


def _page(query: QueryDict) -> int:
    size = _number(query, "size", SIZE, LARGEST_SIZE)
    return _number(query, "page", 1, -(-DEEPEST // size))
