"""What a batch says of itself: its files, its rows, its sums, its parts and their checksums."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from anahtar.words import Message


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file an import was read from."""

    name: str
    bytes: int
    sha256: str
    sheet: str
    facts: Mapping[str, str]
    """How it was read: encoding, delimiter, header row, decimal sign, date order…"""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the batch folder."""

    path: str
    bytes: int
    sha256: str
    rows: int
    amount: int
    """Sum of its amounts in money units (0 where it has none)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows and money of the file, and where they went; the two lines of the reconciliation.

    `rows == accepted + set_aside + refused`, and the same for the amounts: what refused rows are worth counts as far
    as their amount could be read. Total rows at the end of the file are in neither.
    """

    rows: int
    accepted: int
    set_aside: int
    refused: int
    amount: int
    accepted_amount: int
    set_aside_amount: int
    refused_amount: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A batch, as `manifests/NNNN.json` keeps it; each names the one before by its SHA-256.

    Parameters
    ----------
    number
        1, 2, 3… in the order of the imports of this ledger.
    batch
        Folder of the batch below `batches/`; for a removal, the batch taken back.
    removes
        True where this entry takes `batch` back.
    made_at
        ISO time of the import, given by the caller.
    previous
        SHA-256 of the manifest before, empty for the first.
    content
        SHA-256 over the accepted lines' values in an order of its own: equal for a file saved again under another
        name or format. Two imports of the same content are the same import.
    kinds
        Problem kind -> (rows, amount in money units).
    oddities
        Further counts worth telling (accounts with two names, invoices with two dates…), by name.
    """

    number: int
    batch: str
    removes: bool
    made_at: str
    previous: str
    content: str
    files: tuple[SourceFile, ...]
    parts: tuple[Part, ...]
    mapping: Mapping[str, str]
    tally: Tally
    kinds: Mapping[str, tuple[int, int]]
    oddities: Mapping[str, int]
    currency: str
    accounts: int
    first_date: date | None
    last_date: date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A batch that was read and reconciled in a staging folder and is not yet part of a ledger.

    The staging folder holds `lines/`, `dictionaries/`, `aside.parquet` and `problems.parquet` (anahtar.ledger.schema).
    The fields are those of the `Manifest` it becomes.

    Parameters
    ----------
    because
        Role -> why that column was chosen, in words.
    """

    content: str
    files: tuple[SourceFile, ...]
    parts: tuple[Part, ...]
    mapping: Mapping[str, str]
    because: Mapping[str, Message]
    tally: Tally
    kinds: Mapping[str, tuple[int, int]]
    oddities: Mapping[str, int]
    currency: str
    accounts: int
    first_date: date | None
    last_date: date | None
