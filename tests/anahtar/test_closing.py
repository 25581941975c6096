"""The sums of a month, by hand, and a fingerprint that tells every line and no more than the lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from anahtar.facts.closing import AccountSum, account_sums, month_sums
from anahtar.ledger.files.child import read
from anahtar.ledger.files.limits import Limits
from anahtar.ledger.options import DateOrder, ReadOptions

HEADER = "Cari Kodu;Cari Ünvanı;Fatura No;Fatura Tarihi;Stok Kodu;Miktar;Net Tutar"
LINES = (
    "0001;Acme;F1;02.01.2024;U1;1;1.234,56",
    "0002;Birch;F2;03.01.2024;U1;2;99,90",
    "0001;Acme;F3;31.01.2024;U2;1;-34,56",
    "0002;Birch;F4;15.02.2024;U1;1;10,00",
)

Batch = Callable[..., Path]


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """Read lines into the folder of a batch."""

    def batch(*lines: str, header: str = HEADER, name: str = "a") -> Path:
        file, folder = tmp_path / f"{name}.csv", tmp_path / name
        file.write_bytes(("\r\n".join((header, *lines)) + "\r\n").encode("utf-8"))
        folder.mkdir()
        read([file], ReadOptions(date_order=DateOrder.DAY_FIRST), folder, limits=Limits.for_files([file]))
        return folder

    return batch


def test_sums_are_those_of_the_months_lines(batch: Batch) -> None:
    of = batch(*LINES)
    january = month_sums([of], "2024-01")
    # 1234.56 + 99.90 - 34.56 in ten-thousandths, of two customers.
    assert (january.lines, january.amount, january.accounts) == (3, 12_999_000, 2)
    assert (month_sums([of], "2024-02").lines, month_sums([of], "2024-02").amount) == (1, 100_000)
    march = month_sums([of], "2024-03")
    assert (march.lines, march.amount, march.accounts) == (0, 0, 0)
    assert march == month_sums([], "2024-03")


def test_two_batches_are_added_up_and_one_customer_is_one(batch: Batch) -> None:
    first, second = batch(*LINES[:2]), batch(LINES[2], name="b")
    whole = month_sums([batch(*LINES, name="c")], "2024-01")
    assert month_sums([first, second], "2024-01") == whole
    assert month_sums([second, first], "2024-01") == whole


def test_the_order_of_lines_and_a_name_change_nothing(batch: Batch) -> None:
    was = month_sums([batch(*LINES)], "2024-01")
    assert month_sums([batch(*reversed(LINES), name="b")], "2024-01") == was
    renamed = (line.replace("Acme", "Acme Çelik") for line in LINES)
    assert month_sums([batch(*renamed, name="c")], "2024-01") == was


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("0002;Birch;F2;03.01.2024", "0002;Birch;F2;04.01.2024"),
        ("0002;Birch;F2", "0001;Acme;F2"),
        ("F2;", "F9;"),
        ("03.01.2024;U1", "03.01.2024;U2"),
        ("U1;2;99,90", "U1;3;99,90"),
    ],
)
def test_what_moves_no_sum_is_told_by_the_fingerprint(batch: Batch, was: str, now: str) -> None:
    before = month_sums([batch(*LINES)], "2024-01")
    changed = [line.replace(was, now) for line in LINES]
    assert changed != list(LINES)
    after = month_sums([batch(*changed, name="b")], "2024-01")
    assert (after.lines, after.amount) == (before.lines, before.amount)
    assert after.fingerprint != before.fingerprint


def test_a_column_that_is_not_there_is_no_value(batch: Batch) -> None:
    header = "Cari Kodu;Cari Ünvanı;Fatura Tarihi;Net Tutar"
    of = batch("0001;Acme;02.01.2024;1,00", header=header)
    sums = month_sums([of], "2024-01")
    assert (sums.lines, sums.amount, sums.accounts) == (1, 10_000, 1)


def test_customers_stand_by_the_money_moved_whatever_its_sign(batch: Batch) -> None:
    of = batch(
        "0001;Acme;F1;02.01.2024;U1;1;5,00", "0002;B;F2;02.01.2024;U1;1;-20,00", "0003;C;F3;02.01.2024;U1;1;7,00"
    )
    assert account_sums(of, "2024-01") == [
        AccountSum("0002", 1, -200_000),
        AccountSum("0003", 1, 70_000),
        AccountSum("0001", 1, 50_000),
    ]
    assert account_sums(of, "2024-02") == []
