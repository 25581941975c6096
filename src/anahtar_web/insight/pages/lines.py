"""The lines of the ledger that a figure of an account was made from."""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.exceptions import BadRequest
from django.http import QueryDict

from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field
from anahtar_web.insight.counted import batches_of, companies_below, with_merged
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.accounts import Slice
from anahtar_web.jobs.told import shown, told_of

if TYPE_CHECKING:
    from anahtar_web.people.models import User

PARAMETERS: Final = frozenset({"month", "direction", "product", "region", "site", "before", "order", "own", "page"})
NAMED: Final = ("direction", "product", "region", "site")
"""What lines can be asked for by name; an empty one asks for the lines that name none."""

SIZE: Final = 50
DEEPEST: Final = 200
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.A)
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class LinesPage:
    """The template's contract.

    Parameters
    ----------
    before
        The lines of the same days a year earlier are asked for.
    older
        Batches were imported or taken back since the run: these are the lines of then, as far as they are still there.
    unreadable
        Why there are no lines.
    """

    account: Account
    run: Run
    first: date
    last: date
    month: date | None
    direction: str | None
    product: str | None
    region: str | None
    site: str | None
    before: bool
    order: str
    with_companies: bool
    has_companies: bool
    rows: Sequence[Mapping[str, Any]] = ()
    slice: Slice | None = None
    amount: int = 0
    cost: int | None = None
    without_cost: int = 0
    sees_cost: bool = False
    sees_margin: bool = False
    several_accounts: bool = False
    older: bool = False
    unreadable: str = ""

    @classmethod
    def build(cls, account: Account, user: "User", run: Run, query: QueryDict) -> Self:
        """Read one page of the lines.

        Raises
        ------
        BadRequest
            The address asks for a month, an order or a page that cannot be.
        """
        from anahtar.facts.lines import Order, account_lines
        from anahtar.ledger.store.integrity import DamagedBatch, DamagedLedger

        month = _month(query.get("month", ""))
        order = _order(query.get("order", Order.LATEST.value), [one.value for one in Order])
        page = _page(query.get("page", "1"))
        named = {name: _name(query, name) for name in NAMED}
        before = query.get("before", "") == "yes" and month is None
        first, last = _days(run, month)
        if before:
            first, last = days_before(run)
        companies = companies_below(account, user, run)
        grouped = bool(companies) and query.get("own", "") != "yes"
        codes = with_merged([account.code, *(companies if grouped else ())], run.options.get("merged", {}))
        common: dict[str, Any] = {
            "account": account,
            "run": run,
            "first": first,
            "last": last,
            "month": month,
            **named,
            "before": before,
            "order": order,
            "with_companies": grouped,
            "has_companies": bool(companies),
        }
        try:
            batches = batches_of(run)
            found = account_lines(
                batches.folders,
                codes,
                first=first,
                last=last,
                **named,
                order=Order(order),
                limit=SIZE,
                offset=(page - 1) * SIZE,
            )
        except (DamagedBatch, DamagedLedger) as refusal:
            return cls(**common, unreadable=shown(told_of(refusal)))
        sees_cost = user.sees(Field.COST)
        return cls(
            **common,
            rows=_rows(found.table.to_pylist(), user),
            slice=Slice(page, SIZE, found.total, DEEPEST * SIZE),
            amount=found.amount,
            cost=found.cost if sees_cost else None,
            without_cost=found.without_cost if sees_cost else 0,
            sees_cost=sees_cost and found.cost is not None,
            sees_margin=user.sees(Field.MARGIN) and found.cost is not None,
            several_accounts=len(codes) > 1,
            older=batches.older,
        )

    @property
    def narrowed(self) -> bool:
        """Whether these are not all lines of the window."""
        return self.before or any(
            one is not None for one in (self.month, self.direction, self.product, self.region, self.site)
        )

    @property
    def shows_region(self) -> bool:
        """Whether one of the lines names a region."""
        return any(row["region"] for row in self.rows)

    @property
    def shows_site(self) -> bool:
        """Whether one of the lines names a site."""
        return any(row["site"] for row in self.rows)

    @property
    def product_name(self) -> str:
        """What the lines call the product that is asked for."""
        return next((row["product_name"] for row in self.rows if row["product_name"]), "")

    @property
    def profit(self) -> int | None:
        """Amount less cost, where every line has one."""
        return None if self.cost is None or self.without_cost else self.amount - self.cost


def _rows(rows: Sequence[dict[str, Any]], user: "User") -> Sequence[dict[str, Any]]:
    """Leave out what is not for the reader: what a page does not get, it cannot show by a slip."""
    sees_cost, sees_margin = user.sees(Field.COST), user.sees(Field.MARGIN)
    for row in rows:
        cost, amount = row.pop("cost"), row["amount"]
        row["cost"] = cost if sees_cost else None
        row["margin"] = 1 - cost / amount if sees_margin and cost is not None and amount > 0 else None
        row["pieces"] = None if row["quantity"] is None else _pieces(row["quantity"])
    return rows


def _pieces(quantity: int) -> tuple[Decimal, int]:
    """Give a quantity and the places it needs."""
    pieces = (Decimal(quantity) / 10_000).normalize()
    exponent = pieces.as_tuple().exponent
    return pieces, max(0, -exponent) if isinstance(exponent, int) else 0


def _days(run: Run, month: date | None) -> tuple[date, date]:
    start, end, as_of = run.window_start, run.window_end, run.as_of
    if start is None or end is None or as_of is None:
        raise BadRequest("run without figures")
    if month is None:
        return start, min(end, as_of)
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return month, max(min(last, as_of), month)


def days_before(run: Run) -> tuple[date, date]:
    """Give the days that a run compares its window with: the same months a year earlier, up to the same day."""
    from anahtar.analysis.changes import year_before
    from anahtar.analysis.result import Window

    if run.window_start is None or run.window_end is None:
        raise BadRequest("run without figures")
    window = year_before(Window(run.window_start, run.window_end))
    return window.start, window.end


def _name(query: QueryDict, name: str) -> str | None:
    text = query.get(name)
    if text is not None and len(text) > _LONGEST:
        raise BadRequest(f"{name} too long")
    return text


def _month(text: str) -> date | None:
    if not text:
        return None
    found = _MONTH.fullmatch(text)
    if found is None or not 1900 <= int(found[1]) <= 2999:
        raise BadRequest("no month")
    return date(int(found[1]), int(found[2]), 1)


def _order(text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise BadRequest("unknown order")
    return text


def _page(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= DEEPEST):
        raise BadRequest("page out of range")
    return int(text)
