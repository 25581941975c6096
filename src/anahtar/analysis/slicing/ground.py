"""The ground of slices: the monthly sums of a ledger in the order in which slices read them.

The facts of a ledger are files per month, and opening them reads every dictionary and may build and remove months. The
ground is copied from them once, by account and then by month, which makes summing accounts two times cheaper; it
belongs to one analysis and stays what it is while the next one builds its facts.

    ground.arrow        accounts; days, currency, directions, the digests of the other files
    months.parquet      account_id, month, revenue, profit, revenue_with_cost, purchase_days, lines
    directions.parquet  direction_id, account_id, month, revenue, profit, lines; only where the ledger names directions
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from anahtar.analysis.measuring import Coverage
from anahtar.analysis.slicing import sealed
from anahtar.ledger.files.digests import file_sha256
from anahtar.words import Refusal, say

FORMAT: Final = 2
"""Raised when a ground kept before can no longer be read as it is now."""

ACCOUNTS: Final = pa.schema([("account_id", pa.int32()), ("code", pa.string()), ("name", pa.string())])
"""One row per account; account_id is the row, in the order of the codes."""


class UnableToOpenGround(Refusal):
    """The monthly sums a slice would be computed from are not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            say(
                "The monthly sums in {folder} cannot be read: they are missing, damaged, or of another version. "
                "Run the analysis again.",
                folder=str(folder),
            )
        )


class UnableToKeepGround(Refusal):
    """The folder a ground is to be kept in exists already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            say("{folder} exists already; monthly sums are kept in a folder of their own.", folder=str(folder))
        )


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What every slice of one analysis is computed from.

    Parameters
    ----------
    folder
        Where the monthly sums are.
    accounts
        As in `ACCOUNTS`.
    directions
        Code -> name of every line of business, by code; the place of a code is its direction_id.
    first_day, as_of
        The ledger's first line, and the day after which nothing exists.
    currency
        Of every amount.
    coverage
        What is known of cost.
    digests
        Name of a file of monthly sums -> its SHA-256.
    """

    folder: Path
    accounts: pa.Table
    directions: Mapping[str, str]
    first_day: date
    as_of: date
    currency: str
    coverage: Coverage
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def months(self) -> Path:
        """The sums of each account and month."""
        return self.folder / "months.parquet"

    @property
    def direction_months(self) -> Path:
        """The sums of each direction, account and month; missing where the ledger names no directions."""
        return self.folder / "directions.parquet"

    def verify(self, sums: Path) -> None:
        """Reckon the digest of a file of monthly sums before it is summed: the engine adds flipped bits up in silence.

        Raises
        ------
        UnableToOpenGround
            It is not what was written.
        """
        try:
            if file_sha256(sums) != self.digests[sums.name]:
                raise UnableToOpenGround(self.folder)
        except (OSError, LookupError) as error:
            raise UnableToOpenGround(self.folder) from error


def keep(ground: Ground) -> Ground:
    """Write what is not in the Parquet files; gives the ground with their digests."""
    ground = replace(ground, digests={path.name: file_sha256(path) for path in ground.folder.glob("*.parquet")})
    told = {
        "ground": FORMAT,
        "directions": dict(ground.directions),
        "first_day": ground.first_day.isoformat(),
        "as_of": ground.as_of.isoformat(),
        "currency": ground.currency,
        "coverage": [ground.coverage.lines, ground.coverage.lines_without_cost, ground.coverage.any_cost],
        "sizes": {name: (ground.folder / name).stat().st_size for name in ground.digests},
        "digests": dict(ground.digests),
    }
    sealed.write(ground.accounts, told, ground.folder / "ground.arrow")
    return ground


def open_ground(folder: Path) -> Ground:
    """Open a ground that was made; cheap, the monthly sums are not read.

    Raises
    ------
    UnableToOpenGround
        The folder is missing, something in it is damaged or gone, or it is of another version.
    """
    try:
        accounts, told = sealed.read(folder / "ground.arrow")
        if told["ground"] != FORMAT or not accounts.schema.equals(ACCOUNTS):
            raise ValueError("another version")
        for name, size in told["sizes"].items():
            if (folder / name).stat().st_size != size:
                raise ValueError(f"{name} was changed")
        return _ground(folder, accounts, told)
    except (sealed.BrokenSeal, OSError, LookupError, TypeError, ValueError) as error:
        raise UnableToOpenGround(folder) from error


def _ground(folder: Path, accounts: pa.Table, told: Mapping[str, Any]) -> Ground:
    return Ground(
        folder,
        accounts,
        told["directions"],
        date.fromisoformat(told["first_day"]),
        date.fromisoformat(told["as_of"]),
        told["currency"],
        Coverage(*told["coverage"]),
        told["digests"],
    )
