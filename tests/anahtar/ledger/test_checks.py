from dataclasses import replace

import pyarrow as pa
import pytest

from anahtar.ledger.intake.checks import UnableToCountRows, UnableToReconcile, reconcile
from anahtar.ledger.manifest import Part, Tally
from anahtar.ledger.sheet import BrokenRow
from anahtar.words import say
from tests.anahtar.ledger.sheets import Written, read

HEADER = ["customer", "date", "amount"]
COLUMNS = [pa.array(["a", "b"]), pa.array(["2025-01-31"] * 2), pa.array(["1.50", "2.50"])]

TALLY = Tally(
    rows=6, accepted=3, set_aside=2, refused=1, amount=60, accepted_amount=30, set_aside_amount=20, refused_amount=10
)
PARTS = [
    Part("lines/2025-01.parquet", 1, "", 2, 25),
    Part("lines/2025-02.parquet", 1, "", 1, 5),
    Part("aside.parquet", 1, "", 2, 20),
    Part("problems.parquet", 1, "", 3, 30),
]


def test_a_batch_that_holds_what_the_file_held_balances():
    reconcile(TALLY, PARTS)


@pytest.mark.parametrize("side", ["rows", "accepted", "set_aside", "refused", "amount", "accepted_amount"])
def test_one_row_or_one_unit_of_difference_keeps_nothing(side):
    with pytest.raises(UnableToReconcile, match="does not balance"):
        reconcile(replace(TALLY, **{side: getattr(TALLY, side) + 1}), PARTS)


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("field", ["rows", "amount"])
def test_what_stands_in_the_files_is_one_side_of_the_balance(place, field):
    parts = list(PARTS)
    parts[place] = replace(parts[place], **{field: getattr(parts[place], field) - 1})
    with pytest.raises(UnableToReconcile):
        reconcile(TALLY, parts)


def test_two_errors_that_cancel_each_other_in_the_tally_are_found_in_the_files():
    wrong = replace(TALLY, accepted_amount=29, set_aside_amount=21)
    with pytest.raises(UnableToReconcile):
        reconcile(wrong, PARTS)


def test_a_reader_that_loses_a_row_is_found_out_by_the_count_of_the_bytes(tmp_path):
    sheet = Written(tmp_path, HEADER, COLUMNS, counted_rows=3)
    with pytest.raises(UnableToCountRows, match="holds 3 rows below its header, but 2 were read and 0 could not"):
        read(sheet, tmp_path)


def test_a_broken_row_is_refused_and_listed_and_balances(tmp_path):
    sheet = Written(tmp_path, HEADER, COLUMNS, broken=[BrokenRow(4, "a;b", say("2 cells instead of 3"))])
    draft = read(sheet, tmp_path)
    assert (draft.tally.rows, draft.tally.accepted, draft.tally.refused) == (3, 2, 1)
    assert draft.kinds == {"broken_row": (1, 0)}
