"""Takes understood chunks into a batch: judges rows, gives codes their keys, writes, counts, remembers what is odd."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anahtar.ledger.columns.services import is_service_code
from anahtar.ledger.intake.batch import MonthFiles, TableFile, exact_sum
from anahtar.ledger.intake.code_keys import Codes, ManyCodes, write_accounts
from anahtar.ledger.intake.conversion import CurrencyDesk
from anahtar.ledger.intake.dictionaries import NEVER, Constant, Latest, Mask
from anahtar.ledger.intake.hashing import NOTHING, mix
from anahtar.ledger.intake.judging import ACCEPTED, KINDS, Verdicts, judge, verdict_of
from anahtar.ledger.intake.key_index import NO_KEY, Keys
from anahtar.ledger.intake.lines import Figures, Lines
from anahtar.ledger.intake.listing import ProblemList, aside_rows, describe, describe_cells
from anahtar.ledger.intake.reversals import Giants
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.problems import Kind, Verdict
from anahtar.ledger.roles import Role
from anahtar.ledger.schema import ASIDE, LINES

Scalar = TypeVar("Scalar", bound=np.generic)

NOTED: Final = 1000
"""Rows listed of each kind that is accepted all the same; all are counted."""

_SECOND: Final = np.uint64(0xC2B2AE3D27D4EB4F)

DICTIONARY_OF: Final = {
    Role.PRODUCT: ("product_id", "products"),
    Role.DIRECTION: ("direction_id", "directions"),
    Role.REGION: ("region_id", "regions"),
    Role.SITE: ("site_id", "sites"),
    Role.SALESPERSON: ("salesperson_id", "salespeople"),
    Role.CURRENCY: ("currency_id", "currencies"),
}
"""Role -> column of `LINES` and name of the dictionary, for all codes but customers and invoices."""


@dataclass(slots=True)
class Count:
    """Rows and their amounts in money units."""

    rows: int = 0
    amount: int = 0

    def add(self, rows: int, amount: int) -> None:
        """Count more."""
        self.rows += rows
        self.amount += amount

    @property
    def pair(self) -> tuple[int, int]:
        """As the manifest keeps it."""
        return self.rows, self.amount


class Intake:
    """The batch while it is being made.

    Parameters
    ----------
    staging
        Folder of the batch; its files are created here.
    options
        What the person decides about rows.
    dropped
        Places of the duplicates to set aside, sorted; None where duplicates are kept.
    """

    def __init__(self, staging: Path, options: ReadOptions, dropped: npt.NDArray[np.int64] | None) -> None:
        self._staging, self._options, self._dropped = staging, options, dropped
        self._dictionaries = staging / "dictionaries"
        self._dictionaries.mkdir(parents=True)
        self._months = MonthFiles(staging / "lines")
        self._aside = TableFile(staging / "aside.parquet", ASIDE)
        self.problems = ProblemList(staging / "problems.parquet")
        self.desk = CurrencyDesk(options)
        self.accounts = Codes()
        self._codes = {role: Codes() for role in DICTIONARY_OF}
        self._invoices = ManyCodes(self._dictionaries / "invoices.parquet")
        self._names, self._groups, self._products = Latest(), Latest(), Latest()
        self._regions, self._invoice_days = Constant(NOTHING), Constant(NEVER)
        self._services = np.empty(0, np.bool_)
        self.giants = Giants()
        self.read, self.accepted = Count(), Count()
        self.kinds: dict[Kind, Count] = {kind: Count() for kind in Kind}
        self.unread_cells = self.rounded = 0
        self._content = [0, 0]
        self._days: tuple[int, int] | None = None

    def take(self, lines: Lines) -> None:
        """Take a chunk without its total rows."""
        verdicts = judge(lines, self._options, self._repeated(lines))
        lines = self.desk.convert(lines, verdicts)
        self.read.add(len(lines), exact_sum(pa.array(lines.amount.values)))
        accepted = verdicts == ACCEPTED
        listed = list(self._take_rejected(lines, verdicts)) if not accepted.all() else []
        listed += self._take_accepted(lines, accepted)
        listed += self._unread_beside(lines, accepted)
        if listed:
            self.problems.add(pa.concat_tables(listed).sort_by("place"))

    def _repeated(self, lines: Lines) -> Mask | None:
        if self._dropped is None or not len(self._dropped):
            return None
        places = lines.places
        at = np.searchsorted(self._dropped, places)
        at[at == len(self._dropped)] = 0
        return np.asarray(self._dropped[at] == places)

    # Rows in no account ---------------------------------------------------------------------------------------

    def _take_rejected(self, lines: Lines, verdicts: Verdicts) -> Iterator[pa.Table]:
        for code in np.unique(verdicts[verdicts != ACCEPTED]).tolist():
            kind, rows = KINDS[code - 1], np.flatnonzero(verdicts == code)
            self.kinds[kind].add(len(rows), exact_sum(pa.array(lines.amount.values[rows])))
            yield from describe(lines, rows, kind)
            if verdict_of(kind) is Verdict.SET_ASIDE:
                self._aside.add([aside_rows(lines, rows, kind)])

    def _unread_beside(self, lines: Lines, accepted: Mask) -> Iterator[pa.Table]:
        """Cells of optional columns that are no number: the value is unknown, the line counts."""
        for role, figures in lines.numbers.items():
            if not (figures.rounded or figures.unreadable.any()):
                continue
            self.rounded += figures.rounded
            rows = np.flatnonzero(figures.unreadable & accepted)
            room = max(0, NOTED - self.unread_cells)
            self.unread_cells += len(rows)
            if len(rows) and room:
                yield describe_cells(lines, rows[:room], Kind.UNREADABLE_NUMBER, Verdict.ACCEPTED, role)

    # Lines ----------------------------------------------------------------------------------------------------

    def _take_accepted(self, lines: Lines, accepted: Mask) -> Iterator[pa.Table]:
        rows = np.flatnonzero(accepted)
        if not len(rows):
            return
        amounts, days = lines.amount.values[rows], lines.days[rows]
        self.accepted.add(len(rows), exact_sum(pa.array(amounts)))
        keys = self._keys(lines, None if len(rows) == len(lines) else accepted)
        self._months.add(_batch(lines, rows, keys), days)
        self._remember(lines, accepted, keys)
        self.giants.see(lines.places[rows], keys["account_id"][rows], days, amounts)
        first, last = self._days or (int(days.min()), int(days.max()))
        self._days = min(first, int(days.min())), max(last, int(days.max()))
        self._add_content(lines, rows)
        yield from self._note(lines, Kind.ZERO_AMOUNT, rows[amounts == 0])
        yield from self._note(lines, Kind.SERVICE_CODE, self._service_rows(keys, rows))

    def _keys(self, lines: Lines, rows: Mask | None) -> dict[str, Keys]:
        keys = {"account_id": self.accounts.keys(lines.codes[Role.CUSTOMER], rows)}
        for role, (column, _) in DICTIONARY_OF.items():
            if role in lines.codes and (role is not Role.CURRENCY or lines.foreign is not None):
                keys[column] = self._codes[role].keys(lines.codes[role], rows)
        if Role.INVOICE in lines.codes:
            keys["invoice_id"] = self._invoices.keys(lines.codes[Role.INVOICE], rows)
        return keys

    def _remember(self, lines: Lines, accepted: Mask, keys: dict[str, Keys]) -> None:
        """Latest names by date, and what is odd about accounts and invoices."""
        for role, latest, column in (
            (Role.CUSTOMER_NAME, self._names, "account_id"),
            (Role.GROUP, self._groups, "account_id"),
            (Role.PRODUCT_NAME, self._products, "product_id"),
        ):
            if role in lines.codes and column in keys:
                latest.see(keys[column], lines.codes[role], lines.days, accepted)
        if Role.REGION in lines.codes:
            self._regions.see(keys["account_id"], lines.codes[Role.REGION].hashed(), accepted)
        if "invoice_id" in keys:
            self._invoice_days.see(keys["invoice_id"], lines.days, accepted)

    def _service_rows(self, keys: dict[str, Keys], rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        if "product_id" not in keys:
            return rows[:0]
        known = len(self._services)
        fresh = self._codes[Role.PRODUCT].texts.slice(known).to_pylist()
        if fresh:
            names = self._products.column(known + len(fresh)).slice(known).to_pylist()
            answers = [is_service_code(code, name) for code, name in zip(fresh, names, strict=True)]
            self._services = np.append(self._services, np.array(answers, dtype=np.bool_))
        # Key -1, a line without product, finds the False at the end.
        return np.asarray(rows[np.append(self._services, False)[keys["product_id"][rows]]])

    def _note(self, lines: Lines, kind: Kind, rows: npt.NDArray[np.intp]) -> Iterator[pa.Table]:
        if not len(rows):
            return
        room = max(0, NOTED - self.kinds[kind].rows)
        self.kinds[kind].add(len(rows), exact_sum(pa.array(lines.amount.values[rows])))
        yield from describe(lines, rows[:room], kind, Verdict.ACCEPTED)

    def _add_content(self, lines: Lines, rows: npt.NDArray[np.intp]) -> None:
        content = lines.content if len(rows) == len(lines) else lines.content[rows]
        self._content[0] += int(content.sum(dtype=np.uint64))
        self._content[1] += int(mix(content ^ _SECOND).sum(dtype=np.uint64))

    # The end --------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Write dictionaries and everything that waits."""
        self._months.close()
        self._aside.close()
        self.problems.close()
        self._invoices.close()
        write_accounts(self._dictionaries / "accounts.parquet", self.accounts, self._names, self._groups)
        for role, (_, name) in DICTIONARY_OF.items():
            names = self._products if role is Role.PRODUCT else None
            self._codes[role].write(self._dictionaries / f"{name}.parquet", names)

    @property
    def content(self) -> tuple[int, int, int]:
        """What is hashed as the content: accepted lines, and two sums of their fingerprints (modulo 2^64)."""
        return self.accepted.rows, self._content[0] % 2**64, self._content[1] % 2**64

    @property
    def days(self) -> tuple[int, int] | None:
        """First and last day of the accepted lines."""
        return self._days

    def oddities(self) -> dict[str, int]:
        """Counts worth telling, by name."""
        names = [name for name in self._names.column(len(self.accounts)).to_pylist() if name]
        return {
            "accounts_with_several_names": self._names.several,
            "accounts_with_several_groups": self._groups.several,
            "accounts_with_several_regions": self._regions.several,
            "accounts_sharing_a_name": len(names) - len(set(names)),
            "products_with_several_names": self._products.several,
            "invoices_with_several_dates": self._invoice_days.several,
            "unread_cells_beside_the_amount": self.unread_cells,
            "numbers_rounded_to_four_places": self.rounded,
            "lines_without_currency": self.desk.without_code,
            "amounts_not_convertible": self.desk.unconverted,
        }


def _batch(lines: Lines, rows: npt.NDArray[np.intp], keys: dict[str, Keys]) -> pa.RecordBatch:
    """The accepted rows in the schema `LINES`."""
    whole = len(rows) == len(lines)

    def of(values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        return values if whole else values[rows]

    def figures(some: Figures | None) -> pa.Array:
        if some is None:
            return pa.nulls(len(rows), pa.int64())
        return some.array() if whole else some.array(rows)

    columns: dict[str, pa.Array] = {
        "sold_on": pa.array(of(lines.days)).cast(pa.date32()),
        "amount": pa.array(of(lines.amount.values)),
        "cost": figures(lines.cost),
        "quantity": figures(lines.quantity),
        "file_id": pa.repeat(pa.scalar(lines.plan.file_id, pa.int16()), len(rows)),
        "row": pa.array(of(lines.rows)),
    }
    for name, values in keys.items():
        columns[name] = _key_array(of(values))
    if lines.own is not None and lines.foreign is not None:
        columns["own_amount"] = pa.array(of(lines.own), mask=~of(lines.foreign))
    arrays = [columns[field.name] if field.name in columns else pa.nulls(len(rows), field.type) for field in LINES]
    return pa.RecordBatch.from_arrays(arrays, schema=LINES)


def _key_array(keys: Keys) -> pa.Array:
    empty = keys == NO_KEY
    return pa.array(keys, mask=empty if empty.any() else None)


def kinds_met(kinds: dict[Kind, Count]) -> dict[str, tuple[int, int]]:
    """The kinds that occurred, in the order reports list them."""
    return {kind.value: kinds[kind].pair for kind in Kind if kinds[kind].rows}


def total_of(kinds: dict[Kind, Count], wanted: Sequence[Kind]) -> Count:
    """Rows and amounts of several kinds together."""
    return Count(sum(kinds[kind].rows for kind in wanted), sum(kinds[kind].amount for kind in wanted))
