"""The two lists a reader acts on: whom to call first, and who changed class."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from anahtar.analysis import Analysis
from anahtar.report.rows import Standing, at_stake, rows, silent

LADDER: Final = ("A", "B", "C", "N", "none")
"""The classes from the top down, and the place of an account that bought nothing."""

_AT_ONCE: Final = 4096


def streamed(standings: pa.Table) -> Iterator[Standing]:
    """The rows of a large part of the standings, a few thousand in memory at a time."""
    for start in range(0, standings.num_rows, _AT_ONCE):
        yield from rows(standings.slice(start, _AT_ONCE))


def key_ids(analysis: Analysis) -> frozenset[int]:
    """The `account_id` of every account that meets the criteria; `key_accounts` also holds mere candidates."""
    standings = analysis.standings
    return frozenset(standings.filter(standings.column("key")).column("account_id").to_pylist())


def call_first(analysis: Analysis) -> list[Standing]:
    """Who is quiet beyond its own rhythm, by money at stake times days late; the lost stand behind all others.

    Accounts without a rhythm of their own have no expected day; they stand behind the others, by money. Accounts with
    nothing at stake (silent for two years, or returns only) are absent: there is nothing to call about.
    """
    quiet = (row for row in silent(analysis) if at_stake(row) > 0)
    return sorted(quiet, key=_urgency)


def _urgency(row: Standing) -> tuple[bool, int, int, str]:
    # A loss of two years ago is the latest of all, and the last one a call can still turn.
    return row["state"] == "lost", -at_stake(row) * (row["days_late"] or 0), -at_stake(row), row["code"]


@dataclass(frozen=True, slots=True)
class Mover:
    """An account whose class changed so much over the year that somebody should know why."""

    code: str
    name: str
    before: str
    after: str
    value_before: int | None
    value_after: int | None

    @property
    def steps(self) -> int:
        """How many places up (positive) or down (negative) the ladder it went."""
        return LADDER.index(self.before) - LADDER.index(self.after)

    @property
    def gain(self) -> int:
        """What the move is worth, in money units."""
        return (self.value_after or 0) - (self.value_before or 0)


def movers(analysis: Analysis) -> list[Mover]:
    """Who lost class A or moved more than one class between the first and the last month end; greatest change first.

    An account that was new or had no purchase at the first month end is no mover: it had no class to leave.
    """
    columns = ("code", "name", "abc_history", "value_year_ago", "value")
    moved = (_mover(row) for row in analysis.standings.select(columns).to_pylist())
    return sorted((one for one in moved if one is not None), key=lambda mover: (-abs(mover.gain), mover.code))


def year_matrix(analysis: Analysis) -> Mapping[tuple[str, str], int]:
    """(class at the first month end, class at the last) -> accounts; `new` and `none` included."""
    matrix: dict[tuple[str, str], int] = {}
    for history in analysis.standings.column("abc_history").to_pylist():
        if history:
            matrix[_ends(history)] = matrix.get(_ends(history), 0) + 1
    return matrix


def _ends(history: Sequence[str | None]) -> tuple[str, str]:
    return history[0] or "none", history[-1] or "none"


def _mover(row: Mapping[str, Any]) -> Mover | None:
    before, after = _ends(row["abc_history"]) if row["abc_history"] else ("none", "none")
    if before not in LADDER[:-1] or after not in LADDER:
        return None
    mover = Mover(row["code"], row["name"], before, after, row["value_year_ago"], row["value"])
    return mover if abs(mover.steps) > 1 or (before == "A" and after != "A") else None
