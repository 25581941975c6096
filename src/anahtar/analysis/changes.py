"""What changed against a year before, and why: of one account, of a group or of all.

Importing this module is cheap; only `change_of_portfolio` needs the query compiler.
"""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from anahtar.analysis.result import AnalysisOptions, Measure, Window
from anahtar.facts.keys import accounts
from anahtar.facts.merging import survivors
from anahtar.facts.product_sums import product_sums
from anahtar.ledger.manifest import Manifest
from anahtar.metrics.change import Change
from anahtar.metrics.price_volume_mix import price_volume_mix
from anahtar.words import Month, Refusal, say

if TYPE_CHECKING:
    from anahtar.facts.facts import Facts


class UnableToCompare(Refusal):
    """The ledger does not reach back to what is to be compared with."""

    def __init__(self, before: Window, first: date) -> None:
        super().__init__(
            say(
                "There is nothing to compare with: the ledger begins in {begins}, the comparison in {wanted}. "
                "Import the earlier months, or choose a later window.",
                begins=Month(first.year, first.month),
                wanted=Month(before.start.year, before.start.month),
            )
        )
        self.before, self.first = before, first


def year_before(window: Window) -> Window:
    """The same months a year earlier; the last day of a month stays the last day."""
    return Window(_year_earlier(window.start), _year_earlier(window.end))


def _year_earlier(day: date) -> date:
    length = calendar.monthrange(day.year, day.month)[1]
    earlier = calendar.monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, earlier if day.day == length else min(day.day, earlier))


def change_of(
    batches: Sequence[tuple[Path, Manifest]],
    codes: Collection[str] | None,
    *,
    window: Window,
    before: Window | None = None,
    as_of: date | None = None,
) -> Change:
    """Take the change of an account's revenue and profit apart (`anahtar.metrics.price_volume_mix`).

    Parameters
    ----------
    batches
        Folder and manifest of every batch that counts, in the order of the imports (as for `analyze`).
    codes
        The account's code and the codes merged into it (`codes_of`), or those of a group; None: all accounts.
    window, before
        What is compared with what; `before` None: the same months a year earlier.
    as_of
        Lines after this day do not exist; None: all lines do.

    Raises
    ------
    UnableToCompare
        The ledger begins after the first month of `before`.
    DamagedBatch
        A file of a batch is missing or cannot be read.
    """
    before = year_before(window) if before is None else before
    first = min((manifest.first_date for _, manifest in batches if manifest.first_date is not None), default=window.end)
    if (first.year, first.month) > (before.start.year, before.start.month):
        raise UnableToCompare(before, first)
    spans = [(one.start, one.end if as_of is None else min(one.end, as_of)) for one in (window, before)]
    now, earlier = product_sums(batches, codes, spans)
    return price_volume_mix(now, earlier)


def codes_of(batches: Sequence[tuple[Path, Manifest]], options: AnalysisOptions, code: str) -> list[str]:
    """All codes whose lines count for an account of an analysis: its own, those merged into it, those of its group.

    Parameters
    ----------
    code
        As the standings tell it: with `options.by_group` that of a group.
    """
    goes_on = survivors(options.merged)
    own = {code}
    if options.by_group:
        told = accounts([folder for folder, _ in batches], goes_on)
        groups = dict(zip(told["code"].to_pylist(), told["group_code"].to_pylist(), strict=True))
        own = {member for member, group in groups.items() if account_of(member, group, options.groups) == code}
    return sorted(own | {merged for merged, end in goes_on.items() if end in own})


def account_of(code: str, group: str | None, said: Mapping[str, str]) -> str:
    """The account under which a code is shown when groups are one account; "" takes it out of its group."""
    return (said[code] or code) if code in said else (group if group is not None else code)


@dataclass(frozen=True, slots=True)
class StateTotal:
    """Accounts of one state: how many, their value now and before and the difference, in money units."""

    accounts: int
    value: int
    value_before: int

    @property
    def change(self) -> int:
        """Value of now less that of before."""
        return self.value - self.value_before


@dataclass(frozen=True, slots=True)
class PortfolioChange:
    """What the change of the whole portfolio is made of, account by account.

    Parameters
    ----------
    accounts
        code, state (new, returned, grown, steady, shrunk, lost, given_back), value, value_before, change: the greatest
        change first, equal ones by code. Money units; null where nothing of it is known (profit without any cost); the
        state as well of who bought in both and has such a value.
    states
        The same added up: every state, in that order. Their changes come to the whole change.
    unknown
        Accounts left out of `states` because a value is not known.
    """

    accounts: pa.Table
    states: Mapping[str, StateTotal]
    unknown: int

    @property
    def change(self) -> int:
        """Of all accounts whose values are known, in money units."""
        return sum(total.change for total in self.states.values())


def change_of_portfolio(
    facts: "Facts", *, window: Window, before: Window | None = None, measure: Measure = Measure.REVENUE
) -> PortfolioChange:
    """Say which accounts the change of the portfolio comes from (`anahtar.metrics.account_change`).

    Parameters
    ----------
    facts
        Of the ledger as of a day; as `grouped` and `by_group` as accounts are to be told.
    window, before
        Whole months; `before` None: the same a year earlier.
    measure
        Revenue or profit.

    Raises
    ------
    UnableToCompare
        The ledger begins after the first month of `before`.
    """
    from anahtar.metrics.account_change import STATES, account_change, state_totals
    from anahtar.metrics.revenue import Months

    before = year_before(window) if before is None else before
    now, earlier = (Months(_month(one.start), _month(one.end)) for one in (window, before))
    if facts.months and facts.months[0] > earlier.first:
        raise UnableToCompare(before, date(facts.months[0] // 12, facts.months[0] % 12 + 1, 1))
    changes = facts.engine.keep(
        account_change(facts.account_month(), window=now, before=earlier, measure=measure.value), "account_changes"
    )
    rows = facts.engine.rows(changes.order_by(changes.change.abs().desc(), changes.account_id))
    totals = {row["state"]: row for row in facts.engine.rows(state_totals(changes)).to_pylist()}
    facts.engine.forget("account_changes")
    nothing = {"accounts": 0, "value": 0, "value_before": 0, "unknown": 0}
    told = {state: totals.get(state, nothing) for state in STATES}
    columns = {name: rows[name] for name in ("state", "value", "value_before", "change")}
    return PortfolioChange(
        accounts=pa.table({"code": facts.accounts["code"].take(rows["account_id"]), **columns}),
        states={
            state: StateTotal(row["accounts"], row["value"] or 0, row["value_before"] or 0)
            for state, row in told.items()
        },
        unknown=sum(row["unknown"] for row in totals.values()),
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
