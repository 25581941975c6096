"""What was not taken at face value in a ledger: every row set aside or refused, and why."""

from dataclasses import dataclass
from enum import StrEnum

from anahtar.words import Message, say


class Verdict(StrEnum):
    """What happened to the row."""

    ACCEPTED = "accepted"
    """Counted, but worth a look (a zero amount, an exact duplicate, a service code)."""
    SET_ASIDE = "set_aside"
    """Kept in the batch and in the totals of the file, outside every account (no customer, a duplicate to drop)."""
    REFUSED = "refused"
    """Unreadable: the row is listed with its text and is in no figure."""


class Kind(StrEnum):
    """The kinds of problem, in the order reports list them."""

    UNREADABLE_DATE = "unreadable_date"
    UNREADABLE_NUMBER = "unreadable_number"
    MISSING_DATE = "missing_date"
    MISSING_AMOUNT = "missing_amount"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    BROKEN_ROW = "broken_row"
    MISSING_ORDER = "missing_order"
    MISSING_QUANTITY = "missing_quantity"
    NOTHING_ORDERED = "nothing_ordered"
    MISSING_CUSTOMER = "missing_customer"
    LEFT_OUT_PRODUCT = "left_out_product"
    DROPPED_DUPLICATE = "dropped_duplicate"
    DUPLICATE = "duplicate"
    ZERO_AMOUNT = "zero_amount"
    SERVICE_CODE = "service_code"
    REVERSED = "reversed"
    TOTAL_ROW = "total_row"

    @property
    def label(self) -> Message:
        """The kind in words."""
        return _LABELS[self]


_LABELS = {
    Kind.UNREADABLE_DATE: say("date cannot be read"),
    Kind.UNREADABLE_NUMBER: say("number cannot be read"),
    Kind.MISSING_DATE: say("no date"),
    Kind.MISSING_AMOUNT: say("no amount"),
    Kind.DATE_OUT_OF_RANGE: say("date out of range"),
    Kind.NUMBER_OUT_OF_RANGE: say("number too large"),
    Kind.BROKEN_ROW: say("row cannot be cut into cells"),
    Kind.MISSING_ORDER: say("no order number"),
    Kind.MISSING_QUANTITY: say("no quantity"),
    Kind.NOTHING_ORDERED: say("ordered quantity is not above zero"),
    Kind.MISSING_CUSTOMER: say("no customer (unassigned)"),
    Kind.LEFT_OUT_PRODUCT: say("product left out on request"),
    Kind.DROPPED_DUPLICATE: say("exact duplicate, dropped on request"),
    Kind.DUPLICATE: say("exact duplicate, kept"),
    Kind.ZERO_AMOUNT: say("zero amount"),
    Kind.SERVICE_CODE: say("service code (postage, fees)"),
    Kind.REVERSED: say("large sale reversed within days"),
    Kind.TOTAL_ROW: say("total row, left out"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that was not taken at face value.

    Parameters
    ----------
    file, sheet, row
        Where a person finds it: file name, sheet name (or empty), row counted from 1.
    column
        The header of the cell at fault, or empty where the whole row is meant.
    text
        The cell as it stands (at most 200 characters of it).
    kind, verdict
        What is wrong, and what was done with the row.
    amount
        The row's amount in money units where it could be read.
    """

    file: str
    sheet: str
    row: int
    column: str
    text: str
    kind: Kind
    verdict: Verdict
    amount: int | None = None
