"""What a selection of accounts comes to under one filter: reckoned once in a process for all who look at it."""

import hashlib
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa

from anahtar.analysis.classing import CELL_NAMES
from anahtar.analysis.portfolio import KeyShare, Portfolio
from anahtar.analysis.slicing import Slice
from anahtar_web.accounts.models import Account
from anahtar_web.insight.among import Among, column_of
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.publishing import folder_of
from anahtar_web.insight.queries import QUIET
from anahtar_web.insight.recent import Recent

LARGEST: Final = 10
"""Accounts shown below, and offered to be thought away."""

MOVERS: Final = 5
"""Moves shown in each direction."""

_reckoned: Final["Recent[Reckoned]"] = Recent(64)
_codes: Final[Recent[pa.Array]] = Recent(8)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Accounts beyond their own rhythm: how many are in the selection, and what they buy, now and a year ago."""

    accounts: int
    revenue: int
    revenue_year_ago: int | None


@dataclass(frozen=True, slots=True)
class Largest:
    """One of the largest accounts; `share` is of the selection's own total, `last12` its twelve months of revenue."""

    code: str
    name: str
    value: int | None
    value_year_ago: int | None
    change: float | None
    share: float | None
    abc: str | None
    abc_year_ago: str | None
    cell: str | None
    last12: Sequence[int]


@dataclass(frozen=True, slots=True)
class Mover:
    """An account that stands in another state than a year ago."""

    code: str
    name: str
    before: str
    after: str
    value: int
    value_year_ago: int

    @property
    def up(self) -> bool:
        """Whether it moved towards AX; out of the matrix and from nowhere count as below CZ."""
        return _height(self.after) < _height(self.before)


@dataclass(frozen=True, eq=False)
class Chosen:
    """The accounts that a filter is about.

    Parameters
    ----------
    mark
        What tells them from any others.
    read
        Gives their codes, asked for only where nothing was reckoned of them yet; None: all of the company.
    """

    mark: str
    read: Callable[[], Sequence[str] | None]

    @classmethod
    def of(cls, keys: Sequence[int] | None) -> "Chosen":
        """Those of some keys; None: all of the company."""
        if keys is None:
            return cls("all", lambda: None)
        told = ",".join(map(str, keys))
        return cls(_digest(told), lambda: column_of(Account.objects.filter(Among("id", keys)), "code"))

    @classmethod
    def of_codes(cls, codes: Sequence[str]) -> "Chosen":
        """Those of some codes."""
        return cls(_digest("\n".join(codes)), lambda: codes)

    @cached_property
    def codes(self) -> Sequence[str] | None:
        """Their codes; None: all of the company."""
        return self.read()


@dataclass(frozen=True, slots=True, eq=False)
class Reckoned:
    """All figures of the page.

    Parameters
    ----------
    mark
        What they are reckoned from; equal marks, equal figures.
    key, decided
        What the key accounts make: those the ledger proposes, and those that people decided on.
    course
        The selection's revenue in the twelve months.
    classed_up, classed_down
        Accounts in a better or a worse class of value than a year ago.
    """

    mark: Hashable
    portfolio: Portfolio
    key: KeyShare
    decided: KeyShare
    quiet: Quiet
    course: Sequence[int]
    largest: Sequence[Largest]
    up: Sequence[Mover]
    down: Sequence[Mover]
    classed_up: int
    classed_down: int

    @property
    def is_decided(self) -> bool:
        """Whether people have decided for any of these accounts: then theirs are the key accounts."""
        return self.decided.accounts > 0


def reckon(
    run: Run,
    found: Slice,
    chosen: Chosen,
    decided: Chosen,
    without: Collection[str] = (),
) -> Reckoned:
    """Give the figures of some accounts.

    Parameters
    ----------
    decided
        The accounts that people decided to be key.
    without
        Codes of accounts that are thought away.
    """
    mark = (str(folder_of(run)), found.asked.stamp, chosen.mark, decided.mark, *sorted(without))
    return _reckoned.get(mark, lambda: _reckon(mark, run, found, chosen, decided, without))


def forget() -> None:
    """Let go of everything that was reckoned."""
    _reckoned.clear()
    _codes.clear()


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


def _reckon(
    mark: Hashable, run: Run, found: Slice, chosen: Chosen, decided: Chosen, without: Collection[str]
) -> Reckoned:
    portfolio = Portfolio.of(found, None if chosen.codes is None else pa.array(chosen.codes, pa.string()))
    if without:
        portfolio = portfolio.without(without)
    movers = _movers(portfolio)
    classed_up, classed_down = _classed(portfolio)
    return Reckoned(
        mark=mark,
        portfolio=portfolio,
        key=portfolio.key_share(key_codes(run)),
        decided=portfolio.key_share(pa.array(decided.codes or (), pa.string())),
        quiet=_quiet(portfolio, _standing(run, "quiet", state__in=QUIET)),
        course=_course(portfolio),
        largest=largest(portfolio),
        up=[mover for mover in movers if mover.up][:MOVERS],
        down=[mover for mover in movers if not mover.up][:MOVERS],
        classed_up=classed_up,
        classed_down=classed_down,
    )


def key_codes(run: Run) -> pa.Array:
    """Give the codes of the accounts that are key by the ledger, whoever sees them."""
    return _standing(run, "key", key=True)


def _standing(run: Run, name: str, **narrowed: Any) -> pa.Array:
    """Give the codes of the accounts that stand so in a run, whoever sees them: what is shown is picked from them."""

    def read() -> pa.Array:
        rows = Standing.objects.filter(run=run, **narrowed).order_by("account")
        return pa.array(rows.values_list("account__code", flat=True), pa.string())

    return _codes.get((str(folder_of(run)), name), read)


def _quiet(portfolio: Portfolio, codes: pa.Array) -> Quiet:
    rows = np.intersect1d(portfolio.rows, portfolio.slice.places(codes), assume_unique=True)
    then = None if portfolio.year_ago is None else _sum(portfolio.slice, "revenue_year_ago", rows)
    return Quiet(len(rows), _sum(portfolio.slice, "revenue", rows), then)


def _sum(found: Slice, column: str, rows: Any) -> int:
    return int(found.amounts(column)[rows].sum(dtype=np.int64))


def _course(portfolio: Portfolio) -> Sequence[int]:
    months = portfolio.slice.table["last12"].combine_chunks().flatten().to_numpy().reshape(-1, 12)
    whole = months if len(portfolio.rows) == len(months) else months[portfolio.rows]
    return [int(month) for month in whole.sum(axis=0, dtype=np.int64)]


def largest(portfolio: Portfolio, most: int = LARGEST) -> Sequence[Largest]:
    """Give the largest accounts of a selection, those without a value in these months left out."""
    rows = portfolio.rows[:most]
    columns = ["code", "name", "value", "value_year_ago", "change", "abc", "abc_year_ago", "cell", "last12"]
    told = portfolio.slice.table.select(columns).take(rows).to_pylist()
    shares = portfolio.shares()[:most]
    return [
        Largest(**row, share=None if np.isnan(share) else float(share))
        for row, share in zip(told, shares, strict=True)
        if row["value"] is not None
    ]


def _movers(portfolio: Portfolio) -> list[Mover]:
    found = portfolio.movers()
    if found.num_rows > _LOOKED_AT:
        found = found.slice(0, _LOOKED_AT)
    return [Mover(**row) for row in found.to_pylist()]


_LOOKED_AT: Final = 500
"""Moves among which those shown are looked for, the largest first."""


def _height(state: str) -> int:
    return CELL_NAMES.index(state) if state in CELL_NAMES else len(CELL_NAMES)


def _classed(portfolio: Portfolio) -> tuple[int, int]:
    now, then = (portfolio.slice.words(name)[portfolio.rows] for name in ("abc", "abc_year_ago"))
    known = (now >= 0) & (then >= 0)
    return int((known & (now < then)).sum()), int((known & (now > then)).sum())
