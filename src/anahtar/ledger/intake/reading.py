"""From the sheets of an import to a reconciled batch in a staging folder."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anahtar.ledger.files.digests import weight_and_sha256
from anahtar.ledger.files.sources import parquet_parts
from anahtar.ledger.intake.batch import fingerprints
from anahtar.ledger.intake.checks import UnableToAcceptSoMany, UnableToFindLines, check_rows, reconcile
from anahtar.ledger.intake.dictionaries import Mask
from anahtar.ledger.intake.duplicates import Duplicates, Repeats
from anahtar.ledger.intake.gathering import NOTED, Intake, kinds_met, total_of
from anahtar.ledger.intake.judging import REFUSED
from anahtar.ledger.intake.learning import Learning, Surprise, begin, learn_whole
from anahtar.ledger.intake.lines import EPOCH, FILE_BITS, Lines, Plan, compact, understand
from anahtar.ledger.intake.total_rows import Total, TotalCheck, find_totals
from anahtar.ledger.intake.wishes import Wishes
from anahtar.ledger.intake.witness import Witness
from anahtar.ledger.manifest import Draft, SourceFile, Tally
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.problems import Kind, Problem, Verdict
from anahtar.ledger.roles import Role
from anahtar.ledger.sheet import BrokenRow, Chunk, Sheet

Progress: TypeAlias = Callable[[str, int, int], None]

CONTENT_VERSION: Final = 1
"""Counts up when the content hash of the same lines changes, so that old batches are never taken for different."""

SET_ASIDE: Final = (Kind.DATE_OUT_OF_RANGE, Kind.MISSING_CUSTOMER, Kind.LEFT_OUT_PRODUCT, Kind.DROPPED_DUPLICATE)


def read_sheets(sheets: Sequence[Sheet], options: ReadOptions, staging: Path, progress: Progress) -> Draft:
    """Read the sheets of one import into one batch, and prove that nothing was lost on the way.

    1. *Recognise*: the first rows of each sheet tell which column plays which role; all sheets must have the same
       roles, their headers may differ.
    2. *Learn*: decimal signs and the order of dates, by the cells of the whole column where the first rows can be
       read in two ways. Amount and date are never guessed; other columns that do not tell are read as the amount.
    3. *Understand* each chunk: days, amounts (quantity x unit price less discount where no column holds them), codes.
    4. *Leave out total rows*, holding each against the rows above it.
    5. *Judge* each row: accepted, set aside (kept, in no account), refused (listed, in no figure).
    6. *Convert* what is in another currency than the ledger's, by the rates given, or refuse the import.
    7. *Write* lines by month, dictionaries, rows set aside, problems; make them durable.
    8. *Find* exact duplicates and reversed giant orders, which show only at the end. Where duplicates are to be
       dropped the sheets are read twice, the first time only for this.
    9. *Reconcile*: rows by an independent count, amounts as read, against what stands in the written files; and
       for plain text a second reading by other means, of the whole file or its first rows (`witness`).

    Parameters
    ----------
    sheets
        The tables of the import, in the order in which their rows count.
    options
        What the person decided instead of the evidence.
    staging
        An empty or missing folder for the batch. After a refusal its content means nothing.
    progress
        Called with a stage (`reading`, `comparing`, `checking`), rows done and rows in all (0: unknown).

    Returns
    -------
    Draft
        The batch; its files stand in `staging`.

    Raises
    ------
    Refusal
        Whatever stops the import, with what to do about it.
    """
    begun = begin(sheets, options)
    plans = [plan for _, plan in begun]
    while True:
        _empty(staging)
        try:
            return _Reading(begun, plans, options, staging, progress).draft()
        except Surprise:
            plans = [learn_whole(learning, plan) for learning, plan in begun]


def _empty(staging: Path) -> None:
    if staging.exists():
        rmtree(staging)
    staging.mkdir(parents=True)


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
        self._learnings = [learning for learning, _ in begun]
        self._plans, self._options, self._staging, self._progress = plans, options, staging, progress
        self._stated: list[tuple[Plan, Total]] = []
        self._broken: list[tuple[Plan, BrokenRow]] = []
        self._confirmed: list[str] = []
        self._rows_in_files = 0
        self._wishes = Wishes(options.leave_out_products)

    def draft(self) -> Draft:
        dropped = self._find_duplicates() if self._options.duplicates == "drop" else None
        intake = Intake(self._staging, self._options, None if dropped is None else dropped.places)
        duplicates = self._take_all(intake)
        intake.desk.check()
        self._note_late(intake, duplicates if dropped is None else None)
        intake.close()
        return self._reconciled(intake)

    # Through the sheets ---------------------------------------------------------------------------------------

    def _find_duplicates(self) -> Duplicates:
        """Go through all sheets for exact duplicates alone."""
        with Repeats(self._staging / ".repeats") as repeats:
            rows = 0
            for plan, learning in zip(self._plans, self._learnings, strict=True):
                for chunk in plan.sheet.chunks():
                    lines, totals = self._understood(plan, learning, chunk)
                    lines = lines if totals is None else _without(lines, totals)
                    repeats.add(lines.whole, lines.places, lines.amount.values)
                    rows += len(lines)
                    self._progress("comparing", rows, 0)
            return repeats.found()

    def _take_all(self, intake: Intake) -> Duplicates:
        with Repeats(self._staging / ".repeats") as repeats:
            for plan, learning in zip(self._plans, self._learnings, strict=True):
                self._take_sheet(plan, learning, intake, repeats)
            return repeats.found()

    def _take_sheet(self, plan: Plan, learning: Learning, intake: Intake, repeats: Repeats) -> None:
        check, witness = TotalCheck(plan.sheet), Witness(plan)
        for chunk in plan.sheet.chunks():
            lines, totals = self._understood(plan, learning, chunk)
            check.add(lines, totals)
            lines = lines if totals is None else _without(lines, totals)
            repeats.add(lines.whole, lines.places, lines.amount.values)
            witness.see(lines)
            self._wishes.see(lines)
            intake.take(lines)
            self._progress("reading", intake.read.rows, 0)
        counted = plan.sheet.counted()
        check_rows(plan.sheet, counted)
        check.finish(several_currencies=intake.desk.several)
        left_out = frozenset(total.row for total in check.totals) | {broken.row for broken in counted.broken}
        self._confirmed.append(witness.confirm(left_out=left_out))
        self._stated += [(plan, total) for total in check.totals]
        self._broken += [(plan, broken) for broken in counted.broken]
        self._rows_in_files += counted.rows - len(check.totals)

    def _understood(self, plan: Plan, learning: Learning, chunk: Chunk) -> tuple[Lines, Mask | None]:
        chunk = compact(plan, chunk)
        learning.watch(chunk)
        lines = understand(plan, chunk)
        return lines, find_totals(lines)

    # What shows only at the end -------------------------------------------------------------------------------

    def _note_late(self, intake: Intake, duplicates: Duplicates | None) -> None:
        late = [*self._broken_rows(intake), *self._total_rows(intake), *self._reversals(intake)]
        if duplicates is not None:
            late += self._duplicates(intake, duplicates)
        intake.problems.add_late(late)

    def _problem(
        self, place: int, kind: Kind, verdict: Verdict, amount: int | None, *, column: str = "", text: str = ""
    ) -> tuple[int, Problem]:
        sheet = self._plans[place >> FILE_BITS].sheet
        row = place & ((1 << FILE_BITS) - 1)
        return place, Problem(sheet.file_name, sheet.name, row, column, text[:200], kind, verdict, amount)

    def _broken_rows(self, intake: Intake) -> Iterable[tuple[int, Problem]]:
        for plan, broken in self._broken:
            intake.kinds[Kind.BROKEN_ROW].add(1, 0)
            place = plan.file_id << FILE_BITS | broken.row
            yield self._problem(place, Kind.BROKEN_ROW, Verdict.REFUSED, None, text=broken.text)

    def _total_rows(self, intake: Intake) -> Iterable[tuple[int, Problem]]:
        for plan, total in self._stated:
            intake.kinds[Kind.TOTAL_ROW].add(1, total.stated or 0)
            if intake.kinds[Kind.TOTAL_ROW].rows <= NOTED or total.fits is False:
                place = plan.file_id << FILE_BITS | total.row
                yield self._problem(place, Kind.TOTAL_ROW, Verdict.ACCEPTED, total.stated, text=total.label)

    def _reversals(self, intake: Intake) -> Iterable[tuple[int, Problem]]:
        codes = intake.accounts.texts
        for giant in (giant for pair in intake.giants.reversed_pairs() for giant in pair):
            intake.kinds[Kind.REVERSED].add(1, giant.amount)
            column = self._plans[giant.place >> FILE_BITS].header(Role.CUSTOMER)
            code = codes[giant.account].as_py()
            yield self._problem(giant.place, Kind.REVERSED, Verdict.ACCEPTED, giant.amount, column=column, text=code)

    def _duplicates(self, intake: Intake, duplicates: Duplicates) -> Iterable[tuple[int, Problem]]:
        intake.kinds[Kind.DUPLICATE].add(len(duplicates.places), sum(duplicates.amounts.tolist()))
        listed = zip(duplicates.places[:NOTED].tolist(), duplicates.amounts[:NOTED].tolist(), strict=True)
        for place, amount in listed:
            yield self._problem(place, Kind.DUPLICATE, Verdict.ACCEPTED, amount)

    # The two sides --------------------------------------------------------------------------------------------

    def _reconciled(self, intake: Intake) -> Draft:
        self._progress("checking", intake.read.rows, intake.read.rows)
        tally = self._tally(intake)
        parts = fingerprints(self._staging)
        reconcile(tally, parts)
        allowed = self._options.refuse_above
        if allowed is not None and tally.refused > allowed:
            raise UnableToAcceptSoMany(refused=tally.refused, allowed=allowed)
        if not tally.accepted and not self._options.may_be_empty:
            raise UnableToFindLines(tally)
        first = self._plans[0].mapping
        days = intake.days
        return Draft(
            content=_content(intake.content),
            files=tuple(self._sources()),
            parts=parts,
            mapping={role.value: name for role, name in first.columns.items()},
            because={role.value: reason for role, reason in first.because.items()},
            tally=tally,
            kinds=kinds_met(intake.kinds),
            oddities={**intake.oddities(), **self._total_oddities()},
            currency=intake.desk.ledger,
            accounts=len(intake.accounts),
            first_date=_day(days[0]) if days else None,
            last_date=_day(days[1]) if days else None,
        )

    def _sources(self) -> Iterable[SourceFile]:
        for plan, confirmed in zip(self._plans, self._confirmed, strict=True):
            yield _source(plan, {"second reading": confirmed} | self._wishes.fact())

    def _tally(self, intake: Intake) -> Tally:
        aside, refused = total_of(intake.kinds, SET_ASIDE), total_of(intake.kinds, tuple(REFUSED))
        return Tally(
            rows=self._rows_in_files,
            accepted=intake.accepted.rows,
            set_aside=aside.rows,
            refused=refused.rows,
            amount=intake.read.amount,
            accepted_amount=intake.accepted.amount,
            set_aside_amount=aside.amount,
            refused_amount=refused.amount,
        )

    def _total_oddities(self) -> Mapping[str, int]:
        misfits = sum(total.fits is False for _, total in self._stated)
        return {"total_rows": len(self._stated), "total_rows_that_fit_nothing": misfits}


def _without(lines: Lines, totals: Mask) -> Lines:
    """The same chunk without its total rows, which are no lines."""
    kept: npt.NDArray[np.intp] = np.flatnonzero(~totals)
    return understand(lines.plan, lines.chunk.take(pa.array(kept)))


def _content(content: tuple[int, int, int]) -> str:
    """SHA-256 of what was accepted, whatever the order of the rows, the file's name and its format."""
    return sha256(":".join(map(str, (CONTENT_VERSION, *content))).encode()).hexdigest()


def _source(plan: Plan, found: Mapping[str, str]) -> SourceFile:
    sheet = plan.sheet
    weight, digest = weight_and_sha256(sheet.file, parquet_parts)
    facts = dict(sheet.facts) | {f"decimal sign of {role.value}": signs.decimal for role, signs in plan.signs.items()}
    facts |= found
    if plan.order is not None:
        facts["date order"] = plan.order.value
    return SourceFile(sheet.file_name, weight, digest, sheet.name, facts)


def _day(day: int) -> date:
    return EPOCH + timedelta(days=day)
