import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anahtar.ledger.intake import batch
from anahtar.ledger.intake.batch import MonthFiles, exact_sum, fingerprints
from anahtar.ledger.intake.code_keys import Codes, ManyCodes
from anahtar.ledger.intake.dictionaries import Coded, Constant, Latest
from anahtar.ledger.intake.duplicates import Repeats
from anahtar.ledger.intake.hashing import NOTHING, hash_cells, hash_texts
from anahtar.ledger.intake.key_index import KeyIndex
from anahtar.ledger.schema import LINES

EVERY = np.array([True])


def line_batch(days, amounts):
    size = len(days)
    columns = {
        "account_id": pa.array([0] * size, pa.int32()),
        "sold_on": pa.array(np.array(days, np.int32)).cast(pa.date32()),
        "amount": pa.array(amounts, pa.int64()),
        "file_id": pa.array([0] * size, pa.int16()),
        "row": pa.array(range(size), pa.int64()),
    }
    return pa.RecordBatch.from_arrays([columns.get(f.name, pa.nulls(size, f.type)) for f in LINES], schema=LINES)


def day(text):
    return int(np.datetime64(text).astype(int))


@pytest.mark.parametrize("shuffled", [False, True])
def test_each_month_has_its_own_file_whatever_the_order_of_the_lines(tmp_path, shuffled):
    days = np.array([day("2025-01-31"), day("2025-02-01"), day("2025-02-28"), day("2025-12-31")], np.int32)
    order = np.array([3, 1, 0, 2]) if shuffled else np.arange(4)
    months = MonthFiles(tmp_path / "lines")
    months.add(line_batch(days[order], (np.arange(4) + 1)[order]), days[order])
    months.close()
    amounts = {path.name: pq.read_table(path)["amount"].to_pylist() for path in (tmp_path / "lines").iterdir()}
    assert {name: sorted(values) for name, values in amounts.items()} == {
        "2025-01.parquet": [1],
        "2025-02.parquet": [2, 3],
        "2025-12.parquet": [4],
    }


def test_many_months_at_once_stay_within_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "WAITING", 500)
    months, waiting = MonthFiles(tmp_path / "lines"), []
    days = np.array([day("2006-01-15") + 30 * k for k in range(240)], np.int32)
    for _ in range(10):
        months.add(line_batch(days, [1] * 240), days)
        waiting.append(sum(months._rows.values()))
    months.close()
    assert max(waiting) <= 500
    assert sum(pq.read_metadata(path).num_rows for path in (tmp_path / "lines").iterdir()) == 2400


def test_parts_say_what_stands_in_the_files(tmp_path):
    months = MonthFiles(tmp_path / "lines")
    days = np.array([day("2025-01-31")] * 3, np.int32)
    months.add(line_batch(days, [10, -4, 1]), days)
    months.close()
    (part,) = fingerprints(tmp_path)
    content = (tmp_path / part.path).read_bytes()
    assert (part.path, part.rows, part.amount, part.bytes) == ("lines/2025-01.parquet", 3, 7, len(content))
    assert part.sha256 == hashlib.sha256(content).hexdigest()


def test_one_flipped_bit_in_a_written_file_does_not_give_another_sum(tmp_path):
    months = MonthFiles(tmp_path / "lines")
    days = np.array([day("2025-01-31")] * 2000, np.int32)
    months.add(line_batch(days, list(range(2000))), days)
    months.close()
    path = tmp_path / "lines" / "2025-01.parquet"
    chunk = pq.read_metadata(path).row_group(0).column(LINES.get_field_index("amount"))
    content = bytearray(path.read_bytes())
    content[chunk.data_page_offset + chunk.total_compressed_size // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(OSError, match="CRC"):
        fingerprints(tmp_path)


def test_sums_do_not_run_over():
    assert exact_sum(pa.array([2**62, 2**62, 2**62, None, -1])) == 3 * 2**62 - 1
    assert exact_sum(pa.array([], pa.int64())) == 0


# Keys -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [False, True])
def test_a_code_has_one_key_in_all_chunks_and_blanks_around_it_do_not_count(tmp_path, many):
    codes = ManyCodes(tmp_path / "codes.parquet") if many else Codes()
    first = codes.keys(Coded.of(pa.array(["a", "b ", None, "b", "  "])))
    second = codes.keys(Coded.of(pa.array(["c", "a", "b"])), np.array([True, True, False]))
    assert len(codes) == 3
    assert len({int(first[0]), int(first[1])}) == 2
    assert first.tolist()[1] == first.tolist()[3]
    assert first.tolist()[2] == first.tolist()[4] == -1
    assert second.tolist() == [2, first.tolist()[0], -1]


def test_codes_that_are_many_are_written_in_the_order_of_their_keys(tmp_path):
    codes, keys = ManyCodes(tmp_path / "codes.parquet"), {}
    for start in range(0, 5000, 500):
        texts = [f"F{number % 3000}" for number in range(start, start + 700)]
        keys |= dict(zip(texts, codes.keys(Coded.of(pa.array(texts))).tolist(), strict=True))
    codes.close()
    written = pq.read_table(tmp_path / "codes.parquet").to_pylist()
    assert [row["id"] for row in written] == list(range(3000))
    assert {row["code"]: row["id"] for row in written} == keys


def test_two_codes_with_one_fingerprint_stay_two():
    codes = Codes()
    same = np.full(4, 7, np.uint64)

    def keys(*texts):
        return codes.keys(
            Coded(np.arange(len(texts), dtype=np.int32), pa.array(texts), same[: len(texts) + 1])
        ).tolist()

    assert keys("a", "b") == [0, 1]
    assert keys("c", "b", "a") == [2, 1, 0]
    assert codes.texts.to_pylist() == ["a", "b", "c"]


@pytest.mark.parametrize("crowded", [0, 52])
def test_fingerprints_get_keys_in_the_order_of_their_first_appearance(crowded):
    dice = np.random.default_rng(5)
    # With their upper bits gone all of them want the same slots.
    pool = dice.integers(0, 2**64, 3000, dtype=np.uint64) >> np.uint64(crowded)
    index, expected = KeyIndex(), {}
    for size in (0, 10, 1000, 4000):
        some = pool[dice.integers(0, len(pool), size)]
        known = len(expected)
        keys, new = index.keys(some)
        assert keys.tolist() == [expected.setdefault(one, len(expected)) for one in some.tolist()]
        assert some[new].tolist() == list(expected)[known:]
    assert len(index) == len(expected)


def test_the_latest_name_does_not_depend_on_the_order_of_the_rows():
    told = [(0, "x", 5), (0, "y", 7), (0, "x", 9), (0, "z", 9), (1, "x", 1)]
    for turn in range(len(told)):
        latest = Latest()
        for key, name, on in told[turn:] + told[:turn]:
            latest.see(np.array([key], np.int32), Coded.of(pa.array([name])), np.array([on], np.int32), EVERY)
        assert latest.column(2).to_pylist() == ["z", "x"]
        assert latest.several == 1


def test_a_key_with_two_values_is_counted_once():
    constant = Constant(np.int32(-1))
    keys = np.array([0, 1, 0, 0, 2], np.int32)
    constant.see(keys, np.array([5, 6, 7, 5, -1], np.int32), np.ones(5, bool))
    constant.see(keys, np.array([5, 6, 5, 5, 3], np.int32), np.ones(5, bool))
    assert constant.several == 1


# Fingerprints -----------------------------------------------------------------------------------------------------


def test_a_text_has_one_fingerprint_however_it_is_stored():
    texts = ["", "a", "abcdefgh", "abcdefghi", "ş" * 40, "x" * 64, "x" * 65, "y" * 200_000, None]
    plain = pa.array(texts)
    expected = hash_texts(plain).tolist()
    assert len(set(expected)) == len(texts)
    assert hash_cells(plain.dictionary_encode()).tolist() == expected
    assert hash_cells(plain.cast(pa.large_string())).tolist() == expected
    assert hash_cells(pa.array(["before", *texts]).slice(1)).tolist() == expected
    assert expected[-1] == NOTHING


def test_fingerprints_of_neighbouring_texts_do_not_collide():
    texts = pa.array([f"{number:07d}" for number in range(200_000)])
    hashes = hash_texts(texts)
    assert len(np.unique(hashes)) == len(texts)
    # Every bit is set about half the time; six standard deviations are 0.0067.
    bits = (hashes[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
    assert abs(bits.mean(axis=0) - 0.5).max() < 0.0067


@pytest.mark.parametrize("at_once", [8, 1000])
def test_repeats_are_found_in_parts_as_at_once(tmp_path, monkeypatch, at_once):
    monkeypatch.setattr("anahtar.ledger.intake.duplicates._AT_ONCE", at_once)
    monkeypatch.setattr("anahtar.ledger.intake.duplicates._PART", at_once // 4)
    values = [1, 2, 1, 3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 7]
    hashes = hash_cells(pa.array(values))
    with Repeats(tmp_path / "repeats") as repeats:
        repeats.add(hashes[:5], np.arange(5), np.arange(5) * 10)
        repeats.add(hashes[5:], np.arange(5, 16), np.arange(5, 16) * 10)
        found = repeats.found()
    assert found.places.tolist() == [2, 4, 5, 15]
    assert found.amounts.tolist() == [20, 40, 50, 150]
    assert not (tmp_path / "repeats").exists()
