"""A table that somebody else fills: what is asked of it, whatever database it stands in."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa

from anahtar.words import Refusal


class UnableToReadTable(Refusal):
    """The database cannot be reached, or it does not give the table."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be copied: its name, and what it is copied as."""

    name: str
    kind: pa.DataType

    @property
    def is_exact(self) -> bool:
        """Whether its sum is the same in whatever order it is added up."""
        return bool(pa.types.is_integer(self.kind) or pa.types.is_decimal(self.kind))

    @property
    def is_day(self) -> bool:
        """Whether rows can be told apart by its months."""
        return bool(pa.types.is_date(self.kind) or pa.types.is_timestamp(self.kind))


@dataclass(frozen=True, slots=True)
class Told:
    """What the database says of some rows: how many, the sums of their exact columns, and a checksum."""

    rows: int
    sums: Mapping[str, str]
    checksum: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of some rows.

    Parameters
    ----------
    rows
        How many.
    checksum
        Over what came, to be that of `Told`; None where both questions are asked of one snapshot.
    """

    rows: int
    checksum: str | None = None


class SourceTable(ABC):
    """One table or view that is looked at and copied, month by month; closed at the end of a `with`.

    Attributes
    ----------
    columns
        Those of plain types; the others are not read.
    """

    columns: Sequence[Column]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    @abstractmethod
    def sample(self, rows: int, path: Path) -> int:
        """Copy some rows, whichever come first, into a Parquet file; how many there were."""

    @abstractmethod
    def months(self, day: str | None) -> Mapping[str, Told]:
        """What there is of each month (`2024-03`), oldest first; rows without a day belong to the oldest.

        Parameters
        ----------
        day
            The column that tells the month; None where no column of days can: then all rows are one part, ``""``.
        """

    @abstractmethod
    def pull(self, day: str | None, month: str, path: Path) -> Copied:
        """Copy the rows of a month that `months` told into a Parquet file, never all of them in memory at once."""
