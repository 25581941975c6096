"""The reconciliation: what is in the file, counted apart from the reading, against what is in the batch.

Four independent witnesses. The *rows of the file* are counted by its source on the bytes, by code that shares nothing
with the reader (`Sheet.counted`). The *amounts of the file* are added up as they are read, before any row is judged.
What was *accepted* is read back from the written Parquet files, page checksums verified. What was *set aside* and
*refused* is counted kind by kind. Rows and amounts must agree to the last ten-thousandth, or nothing is kept.
"""

from collections.abc import Sequence

from anahtar.ledger.manifest import Part, Tally
from anahtar.ledger.sheet import Counted, Sheet
from anahtar.ledger.values.numbers import place
from anahtar.money import Money
from anahtar.words import Refusal, say


class UnableToReconcile(Refusal):
    """Rows or money went missing, or came from nowhere, between the file and the batch."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(
            say(
                "The import does not balance and is not kept. In the file: {rows} rows, {amount}. In the batch: "
                "{accepted} rows, {accepted_amount} accepted; {set_aside} rows, {set_aside_amount} set aside; "
                "{refused} rows, {refused_amount} refused; together {there} rows, {there_amount}. This is a fault of "
                "the program or of the disk, not of the file: please report it.",
                rows=tally.rows,
                amount=Money(tally.amount),
                accepted=tally.accepted,
                accepted_amount=Money(tally.accepted_amount),
                set_aside=tally.set_aside,
                set_aside_amount=Money(tally.set_aside_amount),
                refused=tally.refused,
                refused_amount=Money(tally.refused_amount),
                there=tally.accepted + tally.set_aside + tally.refused,
                there_amount=Money(tally.accepted_amount + tally.set_aside_amount + tally.refused_amount),
            )
        )
        self.tally = tally


class UnableToCountRows(Refusal):
    """A sheet delivered another number of rows than its bytes hold."""

    def __init__(self, *, file: str, sheet: str, counted: int, read: int, broken: int) -> None:
        super().__init__(
            say(
                "{place}: the file holds {counted} rows below its header, but {read} were read and {broken} could not "
                "be cut into cells. Nothing is imported. An unclosed quotation mark is the usual reason; --delimiter "
                "and --encoding decide how the file is cut.",
                place=place(file, sheet),
                counted=counted,
                read=read,
                broken=broken,
            )
        )


class UnableToAcceptSoMany(Refusal):
    """More rows are refused than the person allows."""

    def __init__(self, *, refused: int, allowed: int) -> None:
        super().__init__(
            say(
                "{refused} rows cannot be read, more than the {allowed} allowed by --refuse-above. "
                "Nothing is imported.",
                refused=refused,
                allowed=allowed,
            )
        )


class UnableToFindLines(Refusal):
    """Not one row of the import could be accepted."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(
            say(
                "Not one of {rows} rows can be accepted: {set_aside} set aside, {refused} refused. Probably another "
                "column is meant: see --map.",
                rows=tally.rows,
                set_aside=tally.set_aside,
                refused=tally.refused,
            )
        )


def check_rows(sheet: Sheet, counted: Counted) -> None:
    """Hold the rows a sheet delivered against an independent count of its bytes.

    Raises
    ------
    UnableToCountRows
    """
    if counted.rows != counted.read + len(counted.broken):
        raise UnableToCountRows(
            file=sheet.file_name,
            sheet=sheet.name,
            counted=counted.rows,
            read=counted.read,
            broken=len(counted.broken),
        )


def reconcile(tally: Tally, parts: Sequence[Part]) -> None:
    """Hold the two sides of the tally against each other, and the accepted side against the written files.

    Parameters
    ----------
    tally
        What was counted on the way.
    parts
        The files of the batch, as they were read back.

    Raises
    ------
    UnableToReconcile
    """
    lines = [part for part in parts if part.path.startswith("lines/")]
    aside = [part for part in parts if part.path == "aside.parquet"]
    sides = (
        tally.rows == tally.accepted + tally.set_aside + tally.refused,
        tally.amount == tally.accepted_amount + tally.set_aside_amount + tally.refused_amount,
        tally.accepted == sum(part.rows for part in lines),
        tally.accepted_amount == sum(part.amount for part in lines),
        tally.set_aside == sum(part.rows for part in aside),
        tally.set_aside_amount == sum(part.amount for part in aside),
    )
    if not all(sides):
        raise UnableToReconcile(tally)
