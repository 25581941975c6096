"""A slice: the table of its accounts, and what it is a table of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.classing import ABC, CELL_NAMES, REGULARITIES
from anahtar.analysis.result import Measure, Window
from anahtar.analysis.slicing.asked import SliceAsked

WORD: Final = pa.dictionary(pa.int8(), pa.string())
"""A few words that every row repeats: one byte each."""

SLICE: Final = pa.schema(
    [
        pa.field("account_id", pa.int32(), nullable=False),  # order of the codes; stable within one ground only
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),  # the code again where the ledger has no name
        pa.field("first_month", pa.int32(), nullable=False),  # of its lines, as year * 12 + month - 1
        # Money of the window, int64 ten-thousandths; null: no line in the window. A year ago, in the same months:
        # 0 without a line, null where the ledger is younger.
        pa.field("revenue", pa.int64()),
        pa.field("revenue_year_ago", pa.int64()),
        pa.field("profit", pa.int64()),  # null where no line carries a cost; a year ago too
        pa.field("profit_year_ago", pa.int64()),
        pa.field("revenue_with_cost", pa.int64()),  # what a margin is of; null in a direction where a cost is missing
        pa.field("revenue_with_cost_year_ago", pa.int64()),
        pa.field("value", pa.int64()),  # revenue or profit, by the measure
        pa.field("value_year_ago", pa.int64()),  # 0 also where the profit of then is unknown
        pa.field("change", pa.float64()),  # value / value_year_ago - 1; null where that is <= 0 or unknown
        pa.field("trend", pa.float64()),  # last 6 of `last12` / the 6 before - 1; null where those are <= 0
        # by value; null for class N and without a line in the window
        pa.field("rank", pa.int64()),
        pa.field("share", pa.float64()),  # of the sum of positive values
        pa.field("share_above", pa.float64()),  # what the larger accounts make together
        pa.field("cumulative_share", pa.float64()),  # own included
        pa.field("abc", WORD),  # A B C N; null: no line in the window
        pa.field("abc_year_ago", WORD),  # null also where the ledger is younger
        pa.field("cv", pa.float64()),  # of value over the periods; null outside A B C, or where undefined
        pa.field("xyz", WORD),  # X Y Z one_off new undefined; null: class N or outside the window
        pa.field("xyz_beyond", WORD),  # what xyz is where cv is above both cuts: Z one_off new undefined
        pa.field("xyz_year_ago", WORD),  # as an analysis at the end of those months said
        pa.field("cell", WORD),  # AX..CZ, one_off and new in the Z column; null where xyz is null or undefined
        pa.field("cell_year_ago", WORD),
        pa.field("last12", pa.list_(pa.int64(), 12), nullable=False),  # revenue of the 12 full months to the end
    ]
)
"""One row per account with any line up to the as-of day; by rank, then the unranked by code."""

WORDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "abc": ABC,
    "abc_year_ago": ABC,
    "xyz": REGULARITIES,
    "xyz_beyond": REGULARITIES,
    "xyz_year_ago": REGULARITIES,
    "cell": CELL_NAMES,
    "cell_year_ago": CELL_NAMES,
}
"""The words of a column in the order of their numbers (`Slice.words`)."""

Whole = npt.NDArray[np.int64]
Float = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int8]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """What is known of every account under one filter.

    Parameters
    ----------
    asked
        The filter.
    as_of, currency
        Of the ground.
    window, window_year_ago
        The months of the figures, and those they are set against; None where the ledger is younger.
    measure
        What `value` is; with `asked.measure` None the one an analysis chooses.
    directions
        Code -> name of every line of business of the ledger, by code.
    table
        The rows, as in `SLICE`.
    """

    asked: SliceAsked
    as_of: date
    currency: str
    window: Window
    window_year_ago: Window | None
    measure: Measure
    directions: Mapping[str, str]
    table: pa.Table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def amounts(self, name: str) -> Whole:
        """A column of whole numbers, 0 where it is null (which `known` tells apart)."""
        found: Whole = _array(self.table[name].fill_null(0))
        return found

    def known(self, name: str) -> Marks:
        """Where a column is not null."""
        found: Marks = _array(self.table[name].is_valid())
        return found

    def figures(self, name: str) -> Float:
        """A column of fractions, not-a-number where it is null."""
        found: Float = _array(self.table[name].fill_null(float("nan")))
        return found

    def words(self, name: str) -> Numbers:
        """A column of words as their places in `WORDS_OF`, -1 where it is null."""
        column = self.table[name].combine_chunks()
        found: Numbers = _array(column.indices.fill_null(-1))
        return found

    def places(self, codes: Collection[str] | pa.Array) -> Places:
        """The rows of some accounts, in the order of the slice; codes that are not in it say nothing."""
        wanted = codes if isinstance(codes, pa.Array) else pa.array(list(codes), pa.string())
        found = pc.is_in(self.table["code"], value_set=wanted)
        return np.flatnonzero(_array(found))


def month_of(day: date) -> int:
    """The month of a day, as the slice numbers months: year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def _array(column: pa.ChunkedArray | pa.Array) -> Any:
    """Arrow's values as numpy's, without a copy where the bits allow it."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.to_numpy(zero_copy_only=False)
