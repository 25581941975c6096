"""From the sheets of one import of deliveries to one reconciled table in a staging folder."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from anahtar.ledger.deliveries.judging import Fault, Read, fault_of, is_total, rows_of
from anahtar.ledger.deliveries.schema import DELIVERIES, TABLE
from anahtar.ledger.files.digests import file_sha256, weight_and_sha256
from anahtar.ledger.files.sources import parquet_parts
from anahtar.ledger.intake.checks import UnableToAcceptSoMany, UnableToFindLines, UnableToReconcile, check_rows
from anahtar.ledger.intake.learning import Learning, Surprise, begin, learn_whole
from anahtar.ledger.intake.lines import Plan
from anahtar.ledger.manifest import Draft, Part, SourceFile, Tally
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.problems import Kind, Verdict
from anahtar.ledger.roles import Role
from anahtar.ledger.schema import PROBLEMS
from anahtar.ledger.sheet import BrokenRow, Chunk, Sheet
from anahtar.ledger.values.codes import as_codes

Progress: TypeAlias = Callable[[str, int, int], None]

_BLOCK: Final = 50_000
"""Rows that are held in memory before they are written."""


def read_deliveries(sheets: Sequence[Sheet], options: ReadOptions, staging: Path, progress: Progress) -> Draft:
    """Read the sheets of one import of deliveries, and prove that no row was lost on the way.

    The same steps as for sales (`anahtar.ledger.intake.reading`): columns are recognised, signs and the order of days
    learnt and never guessed, each row accepted or refused for one reason, total rows left out. What sales call amount
    is the ordered quantity here.

    Returns
    -------
    Draft
        `deliveries.parquet` and `problems.parquet` stand in `staging`. Nothing is set aside: rows = accepted + refused.

    Raises
    ------
    Refusal
        Whatever stops the import, with what to do about it.
    """
    begun = begin(sheets, options)
    plans = [plan for _, plan in begun]
    while True:
        try:
            return _Reading(begun, plans, options, staging, progress).draft()
        except Surprise:
            plans = [learn_whole(learning, plan) for learning, plan in begun]


@dataclass(slots=True)
class _Sums:
    """Rows and ordered quantities, counted on the way."""

    rows: int = 0
    amount: int = 0

    def add(self, amount: int) -> None:
        self.rows += 1
        self.amount += amount


@dataclass(slots=True)
class _Writer:
    """Writes rows of one schema to a Parquet file, some thousand at a time."""

    path: Path
    schema: pa.Schema
    waiting: list[dict[str, Any]] = field(default_factory=list)
    file: Any = None

    def add(self, told: dict[str, Any]) -> None:
        self.waiting.append(told)
        if len(self.waiting) >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        if self.file is None:
            self.file = pq.ParquetWriter(self.path, self.schema)
        self.file.write_table(pa.Table.from_pylist(self.waiting, schema=self.schema))
        self.waiting = []

    def close(self) -> None:
        self._flush()
        self.file.close()


class _Reading:
    """One run through the sheets by settled plans."""

    def __init__(
        self,
        begun: Sequence[tuple[Learning, Plan]],
        plans: Sequence[Plan],
        options: ReadOptions,
        staging: Path,
        progress: Progress,
    ) -> None:
        self._learnings, self._plans = [learning for learning, _ in begun], plans
        self._options, self._staging, self._progress = options, staging, progress
        self._lines = _Writer(staging / TABLE, DELIVERIES)
        self._problems = _Writer(staging / "problems.parquet", PROBLEMS)
        self._read, self._accepted, self._refused = _Sums(), _Sums(), _Sums()
        self._rows_in_files = 0
        self._kinds: Counter[str] = Counter()
        self._amounts: Counter[str] = Counter()
        self._customers: set[str] = set()
        self._days: tuple[date, date] | None = None
        self._content = 0

    def draft(self) -> Draft:
        for plan, learning in zip(self._plans, self._learnings, strict=True):
            self._take_sheet(plan, learning)
        self._lines.close()
        self._problems.close()
        return self._reconciled()

    def _take_sheet(self, plan: Plan, learning: Learning) -> None:
        totals = 0
        for chunk in plan.sheet.chunks():
            learning.watch(chunk)
            totals += self._take_chunk(plan, chunk)
            self._progress("reading", self._read.rows, 0)
        counted = plan.sheet.counted()
        check_rows(plan.sheet, counted)
        for broken in counted.broken:
            self._refuse_broken(plan, broken)
        self._rows_in_files += counted.rows - totals

    def _take_chunk(self, plan: Plan, chunk: Chunk) -> int:
        """Judge the rows of a chunk; tells how many were total rows."""
        totals = 0
        for at, read in enumerate(rows_of(plan, chunk)):
            if is_total(read):
                totals += 1
                self._note(plan, read.row, Fault(Kind.TOTAL_ROW), Verdict.ACCEPTED, read.first_text, read.amount)
                continue
            self._read.add(read.amount)
            fault = fault_of(read, self._options)
            if fault is None:
                self._accept(plan, read)
            else:
                self._refused.add(read.amount)
                self._note(plan, read.row, fault, Verdict.REFUSED, _cell(plan, chunk, fault.role, at), read.amount)
        return totals

    def _accept(self, plan: Plan, read: Read) -> None:
        self._accepted.add(read.amount)
        told = _told(plan.file_id, read)
        self._lines.add(told)
        self._customers.add(told["customer"])
        promised = told["promised"]
        first, last = self._days or (promised, promised)
        self._days = min(first, promised), max(last, promised)
        self._content = (self._content + _fingerprint(told)) % (1 << 256)

    def _refuse_broken(self, plan: Plan, broken: BrokenRow) -> None:
        self._read.add(0)
        self._refused.add(0)
        self._note(plan, broken.row, Fault(Kind.BROKEN_ROW), Verdict.REFUSED, broken.text, 0)

    def _note(self, plan: Plan, row: int, fault: Fault, verdict: Verdict, text: str, amount: int) -> None:
        self._kinds[fault.kind.value] += 1
        self._amounts[fault.kind.value] += amount
        self._problems.add(
            {
                "file": plan.sheet.file_name,
                "sheet": plan.sheet.name,
                "row": row,
                "column": plan.header(fault.role) if fault.role else "",
                "text": text[:200],
                "kind": fault.kind.value,
                "verdict": verdict.value,
                "amount": amount,
            }
        )

    def _reconciled(self) -> Draft:
        tally = Tally(
            rows=self._rows_in_files,
            accepted=self._accepted.rows,
            set_aside=0,
            refused=self._refused.rows,
            amount=self._read.amount,
            accepted_amount=self._accepted.amount,
            set_aside_amount=0,
            refused_amount=self._refused.amount,
        )
        part = _part(self._staging / TABLE)
        written = (part.rows, part.amount) == (tally.accepted, tally.accepted_amount)
        rows = tally.rows == tally.accepted + tally.refused == self._read.rows
        if not (written and rows and tally.amount == tally.accepted_amount + tally.refused_amount):
            raise UnableToReconcile(tally)
        allowed = self._options.refuse_above
        if allowed is not None and tally.refused > allowed:
            raise UnableToAcceptSoMany(refused=tally.refused, allowed=allowed)
        if not tally.accepted:
            raise UnableToFindLines(tally)
        return self._told(tally, part)

    def _told(self, tally: Tally, part: Part) -> Draft:
        mapping = self._plans[0].mapping
        first, last = self._days or (None, None)
        return Draft(
            content=f"{self._content:064x}",
            files=tuple(_source(plan) for plan in self._plans),
            parts=(part,),
            mapping={role.value: name for role, name in mapping.columns.items()},
            because={role.value: why for role, why in mapping.because.items()},
            tally=tally,
            kinds={kind: (rows, self._amounts[kind]) for kind, rows in self._kinds.items()},
            oddities={},
            currency="",
            accounts=len(self._customers),
            first_date=first,
            last_date=last,
        )


def _told(file_id: int, read: Read) -> dict[str, Any]:
    return {
        "file_id": file_id,
        "row": read.row,
        "customer": read.texts[Role.CUSTOMER],
        "order": read.texts[Role.ORDER],
        "line": read.line,
        "product": read.texts[Role.PRODUCT],
        "product_name": read.texts[Role.PRODUCT_NAME],
        "direction": read.texts[Role.DIRECTION],
        "promised": read.days[Role.PROMISED],
        "moved_to": read.days[Role.MOVED_TO],
        "delivered_on": read.days[Role.DELIVERED_ON],
        "ordered": read.quantities[Role.ORDERED],
        "delivered": read.quantities[Role.DELIVERED] or 0,
    }


def _fingerprint(told: dict[str, Any]) -> int:
    """A number of what a row says, wherever it stands: sums of them are equal for a file saved again."""
    said = "\x1f".join(str(value) for name, value in told.items() if name not in ("file_id", "row"))
    return int.from_bytes(sha256(said.encode()).digest())


def _cell(plan: Plan, chunk: Chunk, role: Role | None, at: int) -> str:
    cells = None if role is None else plan.cells(chunk, role)
    return "" if cells is None else as_codes(cells.slice(at, 1))[0].as_py() or ""


def _part(path: Path) -> Part:
    """The table as it was read back."""
    ordered = pq.read_table(path, columns=["ordered"], page_checksum_verification=True)["ordered"]
    return Part(TABLE, path.stat().st_size, file_sha256(path), len(ordered), sum(ordered.to_pylist()))


def _source(plan: Plan) -> SourceFile:
    sheet = plan.sheet
    weight, digest = weight_and_sha256(sheet.file, parquet_parts)
    facts = dict(sheet.facts) | {f"decimal sign of {role.value}": signs.decimal for role, signs in plan.signs.items()}
    if plan.order is not None:
        facts["date order"] = plan.order.value
    return SourceFile(sheet.file_name, weight, digest, sheet.name, facts)
