"""On which days accounts bought in which direction: what a partial lapse is told from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.facts.keys import dictionary
from anahtar.facts.line_files import BatchFiles
from anahtar.ledger.manifest import Manifest

Along: TypeAlias = Literal["directions", "regions", "sites", "products", "salespeople"]
"""By which of a line's keys an account's purchases are told apart."""

DIRECTION_DAYS: Final = pa.schema(
    [
        pa.field("account", pa.string(), nullable=False),  # code
        pa.field("direction", pa.string(), nullable=False),  # code
        pa.field("sold_on", pa.date32(), nullable=False),
        pa.field("amount", pa.int64(), nullable=False),  # ten-thousandths, above zero
    ]
)
"""One row per account, direction and day on which its lines in that direction came to more than nothing."""

_Rows: TypeAlias = tuple[npt.NDArray[Any], ...]
"""Account, value of the kind, day and amount, row by row."""

_COLUMNS: Final = {
    "directions": "direction_id",
    "regions": "region_id",
    "sites": "site_id",
    "products": "product_id",
    "salespeople": "salesperson_id",
}


def direction_days(
    batches: Sequence[tuple[Path, Manifest]],
    *,
    up_to: date,
    along: Along = "directions",
    goes_on: Mapping[str, str] | None = None,
) -> pa.Table:
    """Sum the lines of every account, direction and day.

    Parameters and what is raised are those of `days_along`.

    Returns
    -------
    pyarrow.Table
        `DIRECTION_DAYS`, in the order of account, direction and day. Lines that name no direction are in none; days
        whose lines come to nothing or less (returns) are no purchases.
    """
    ((_along, days),) = days_along(batches, up_to=up_to, kinds=(along,), goes_on=goes_on)
    return days


def days_along(
    batches: Sequence[tuple[Path, Manifest]],
    *,
    up_to: date,
    kinds: Sequence[Along],
    goes_on: Mapping[str, str] | None = None,
) -> Iterator[tuple[Along, pa.Table]]:
    """Sum the lines of every account and day along several kinds of direction, which read the ledger once together.

    Every line is passed once: its account, day and amount, and a column for each kind. What waits for its turn is kept
    in 20 bytes a row; only one kind at a time is put in order.

    Parameters
    ----------
    batches
        As for `analyze`.
    up_to
        Lines after this day do not exist.
    kinds
        Product groups (directions), regions, sites, products or salespeople.
    goes_on
        Code -> code under which it counts (`anahtar.facts.merging.survivors`).

    Yields
    ------
    tuple
        Each kind and its `DIRECTION_DAYS`, as `direction_days` gives them.

    Raises
    ------
    DamagedBatch
        A file of a batch is missing or cannot be read.
    """
    accounts = _Codes()
    sums = {along: _Sums() for along in kinds}
    for place, (folder, manifest) in enumerate(batches):
        batch = BatchFiles(place, folder, manifest)
        owners = accounts.numbered(dictionary(folder, "accounts"), goes_on or {})
        known = {along: sums[along].codes.numbered(dictionary(folder, along), {}) for along in kinds}
        named = [along for along in kinds if len(known[along]) > 1]
        for month in batch.months() if named else ():
            if month <= f"{up_to:%Y-%m}":
                columns = ["account_id", "sold_on", "amount", *(_COLUMNS[along] for along in named)]
                lines = batch.columns(month, columns)
                for along in named:
                    sums[along].add(_summed(lines, _COLUMNS[along], owners, known[along], up_to))
    for along in kinds:
        yield along, sums.pop(along).days(accounts)


class _Sums:
    """What lines come to along one kind of direction, month by month."""

    def __init__(self) -> None:
        self.codes = _Codes()
        self._parts: list[_Rows] = []

    def add(self, rows: "_Rows") -> None:
        """Take a month; numbers from 0 and days from 1970 fit into 32 bits."""
        who, what, day, amount = rows
        self._parts.append((who.astype(np.int32), what.astype(np.int32), day.astype(np.int32), amount))

    def days(self, accounts: "_Codes") -> pa.Table:
        """All of it (`DIRECTION_DAYS`)."""
        empty = np.zeros(0, np.int64)
        who, what, day, amount = (
            np.concatenate([empty, *(part[at] for part in self._parts)], dtype=np.int64) for at in range(4)
        )
        self._parts.clear()
        # Sorted as numbers: texts of some million rows take ten times the room, and are sorted slower.
        who, what, day, amount = _together(accounts.ranks()[who], self.codes.ranks()[what], day, amount)
        bought = amount > 0
        return pa.table(
            {
                "account": pa.array(sorted(accounts.texts), pa.string()).take(pa.array(who[bought])),
                "direction": pa.array(sorted(self.codes.texts), pa.string()).take(pa.array(what[bought])),
                "sold_on": pa.array(day[bought].astype(np.int32), pa.int32()).cast(pa.date32()),
                "amount": pa.array(amount[bought], pa.int64()),
            },
            schema=DIRECTION_DAYS,
        )


class _Codes:
    """Texts of all batches together, numbered from 0."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    @property
    def texts(self) -> list[str]:
        return [*self._known]

    def ranks(self) -> npt.NDArray[np.int64]:
        """The place of each among all texts in their order."""
        return np.argsort(np.argsort(np.array(self.texts or [""], dtype=object), kind="stable"))

    def numbered(self, table: pa.Table, goes_on: Mapping[str, str]) -> npt.NDArray[np.int64]:
        """By a batch's own id; -1 beyond, where lines without a key look."""
        codes = [goes_on.get(code, code) for code in table["code"].to_pylist()]
        ids = table["id"].to_numpy()
        found = np.full(int(ids.max(initial=-1)) + 2, -1, np.int64)
        found[ids] = [self._known.setdefault(code, len(self._known)) for code in codes]
        return found


def _summed(
    lines: pa.Table, column: str, owners: npt.NDArray[np.int64], kinds: npt.NDArray[np.int64], up_to: date
) -> tuple[npt.NDArray[np.int64], ...]:
    who = owners[lines["account_id"].to_numpy()]
    what = kinds[pc.fill_null(lines[column], -1).to_numpy()]
    known = (what >= 0) & pc.less_equal(lines["sold_on"], up_to).to_numpy(zero_copy_only=False)
    day = lines["sold_on"].cast(pa.int32()).to_numpy().astype(np.int64)
    return _together(who[known], what[known], day[known], lines["amount"].to_numpy()[known])


def _together(
    who: npt.NDArray[np.int64],
    what: npt.NDArray[np.int64],
    day: npt.NDArray[np.int64],
    amount: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], ...]:
    """Rows of one account, direction and day as one."""
    order = np.lexsort((day, what, who))
    who, what, day, amount = who[order], what[order], day[order], amount[order]
    new = np.ones(len(day), bool)
    new[1:] = (np.diff(who) != 0) | (np.diff(what) != 0) | (np.diff(day) != 0)
    starts = np.flatnonzero(new)
    return who[starts], what[starts], day[starts], np.add.reduceat(amount, starts) if len(starts) else amount
