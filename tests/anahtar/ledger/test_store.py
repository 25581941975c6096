import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from anahtar.ledger.manifest import Manifest
from anahtar.ledger.store import durable
from anahtar.ledger.store.integrity import DamagedBatch
from anahtar.ledger.store.manifest_file import from_json, to_json
from anahtar.ledger.store.store import (
    AlreadyImported,
    CurrencyDiffers,
    Ledger,
    UnableToFindBatch,
    UnableToOpen,
    is_ledger,
)
from tests.anahtar.ledger.drafts import draft

WHEN = "2025-03-01T10:00:00"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "ledger")


def add(ledger: Ledger, name: str, **differing: str) -> Manifest:
    with ledger.staging() as staging:
        return ledger.add(draft(staging, name, **differing), staging, made_at=WHEN)


def test_a_batch_comes_back_as_it_was_drafted(ledger, tmp_path):
    manifest = add(ledger, "january")
    again = Ledger.open(tmp_path / "ledger")
    again.verify()
    assert again.batches() == [manifest]
    drafted = draft(tmp_path / "elsewhere", "january")
    for name in ("content", "files", "parts", "mapping", "tally", "kinds", "oddities", "currency", "first_date"):
        assert getattr(manifest, name) == getattr(drafted, name)
    assert (manifest.number, manifest.removes, manifest.made_at, manifest.previous) == (1, False, WHEN, "")
    assert (again.folder(manifest) / "lines" / "2025-01.parquet").read_bytes().startswith(b"january")


def test_batches_stand_in_the_order_of_their_import(ledger):
    names = [add(ledger, name).files[0].name for name in ("b", "a", "c")]
    assert [manifest.files[0].name for manifest in ledger.batches()] == names == ["b.csv", "a.csv", "c.csv"]


def test_nothing_is_left_of_staging(ledger):
    add(ledger, "january")
    assert sorted(path.name for path in ledger.path.iterdir()) == ["batches", "head.json", "manifests"]
    assert [path.name for path in (ledger.path / "batches").iterdir()] == [ledger.batches()[0].batch]


def test_staging_on_another_disk_is_copied(ledger, monkeypatch, tmp_path):
    staging = tmp_path / "elsewhere"
    drafted = draft(staging, "january")
    real = Path.stat
    there = lambda path, **how: _elsewhere(real(path, **how)) if path == staging else real(path, **how)  # noqa: E731 one line
    monkeypatch.setattr(Path, "stat", there)
    ledger.add(drafted, staging, made_at=WHEN)
    ledger.verify()
    assert staging.exists()


class _elsewhere:
    def __init__(self, stat):
        self._stat = stat
        self.st_dev = stat.st_dev + 1

    def __getattr__(self, name):
        return getattr(self._stat, name)


def test_the_same_file_twice_is_refused_with_its_batch_and_its_day(ledger):
    manifest = add(ledger, "january")
    with pytest.raises(AlreadyImported, match=rf"january\.csv.*{manifest.batch}.*imported 1 Mar 2025\.") as refusal:
        add(ledger, "january", content="f" * 64)
    assert refusal.value.manifest == manifest
    assert ledger.batches() == [manifest]


def test_a_known_file_is_refused_before_it_is_read(ledger, tmp_path):
    source = tmp_path / "january.csv"
    source.write_bytes(b"customer,date,amount")
    with ledger.staging() as staging:
        drafted = draft(staging, "january")
        file = replace(drafted.files[0], bytes=20, sha256=sha256(b"customer,date,amount").hexdigest())
        manifest = ledger.add(replace(drafted, files=(file,)), staging, made_at=WHEN)
    with pytest.raises(AlreadyImported, match=manifest.batch):
        ledger.refuse_known([source])
    source.write_bytes(b"customer,date,betrag")
    ledger.refuse_known([source, tmp_path, tmp_path / "gone.csv"])


def test_the_same_lines_in_another_file_are_refused_with_the_file_they_came_from(ledger):
    manifest = add(ledger, "january")
    with pytest.raises(AlreadyImported, match=rf"same lines.*january\.csv.*{manifest.batch}"):
        add(ledger, "january saved again", content=manifest.content)


def test_another_sheet_of_the_same_file_is_another_import(ledger):
    add(ledger, "book", sheet="2024")
    add(ledger, "book", sheet="2025", content="e" * 64)
    assert len(ledger.batches()) == 2


def test_two_currencies_in_one_ledger_are_refused_with_both_names(ledger):
    add(ledger, "january", currency="TRY")
    with pytest.raises(CurrencyDiffers, match=r"in TRY.*in USD"):
        add(ledger, "february", currency="USD")
    with pytest.raises(CurrencyDiffers, match=r"in TRY.*in no named currency"):
        add(ledger, "february", currency="")


def test_what_was_read_is_checked_before_it_is_kept(ledger):
    with ledger.staging() as staging:
        drafted = draft(staging, "january")
        (staging / "aside.parquet").write_bytes(b"something else")
        with pytest.raises(DamagedBatch, match=r"january\.csv.*aside\.parquet"):
            ledger.add(drafted, staging, made_at=WHEN)
    assert ledger.batches() == []


def test_a_batch_taken_back_counts_no_more_but_is_remembered(ledger):
    january, february = add(ledger, "january"), add(ledger, "february")
    gone = ledger.remove(january.batch, made_at="2025-03-02T09:00:00")
    assert (gone.removes, gone.number, gone.batch, gone.files) == (True, 3, january.batch, january.files)
    assert ledger.batches() == [february]
    assert not ledger.folder(january).exists()
    assert (ledger.path / "removed" / january.batch / "aside.parquet").exists()
    ledger.verify()


def test_a_file_taken_back_can_be_imported_again(ledger):
    ledger.remove(add(ledger, "january").batch, made_at=WHEN)
    again = add(ledger, "january")
    assert (again.number, [manifest.batch for manifest in ledger.batches()]) == (3, [again.batch])
    ledger.remove(again.batch, made_at=WHEN)
    assert ledger.batches() == []


def test_a_ledger_emptied_takes_another_currency(ledger):
    ledger.remove(add(ledger, "january").batch, made_at=WHEN)
    assert add(ledger, "dollars", currency="USD").currency == "USD"


def test_a_damaged_batch_can_be_taken_back(ledger):
    january, february = add(ledger, "january"), add(ledger, "february")
    (ledger.folder(january) / "aside.parquet").unlink()
    ledger.remove(january.batch, made_at=WHEN)
    ledger.verify()
    assert ledger.batches() == [february]


def test_a_batch_is_found_by_name_or_number_and_refused_otherwise(ledger):
    january, february = add(ledger, "january"), add(ledger, "february")
    assert (ledger.batch(january.batch), ledger.batch("2")) == (january, february)
    for name in ("3", "january", ""):
        with pytest.raises(UnableToFindBatch, match=rf"{january.batch}, {february.batch}"):
            ledger.batch(name)
    ledger.remove("1", made_at=WHEN)
    with pytest.raises(UnableToFindBatch):
        ledger.remove(january.batch, made_at=WHEN)


def test_a_ledger_is_told_from_other_folders(ledger, tmp_path):
    (tmp_path / "exports").mkdir()
    assert is_ledger(ledger.path)
    assert not is_ledger(tmp_path / "exports")
    assert not is_ledger(tmp_path / "nowhere")
    with pytest.raises(UnableToOpen, match="exports is no ledger"):
        Ledger.open(tmp_path / "exports")


def test_a_ledger_is_made_in_an_empty_folder_only(ledger, tmp_path):
    (tmp_path / "empty").mkdir()
    assert Ledger.create(tmp_path / "empty").batches() == []
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "sales.csv").touch()
    for taken in (ledger.path, tmp_path / "exports", tmp_path / "exports" / "sales.csv"):
        with pytest.raises(UnableToOpen):
            Ledger.create(taken)
    assert sorted(path.name for path in (tmp_path / "exports").iterdir()) == ["sales.csv"]


def test_imports_at_the_same_time_all_count(ledger):
    with ThreadPoolExecutor(6) as threads:
        added = list(threads.map(lambda number: add(Ledger.open(ledger.path), f"file {number}"), range(12)))
    ledger.verify()
    assert sorted(manifest.number for manifest in added) == list(range(1, 13))
    assert {manifest.batch for manifest in ledger.batches()} == {manifest.batch for manifest in added}


def test_of_two_imports_of_one_file_at_the_same_time_one_counts(ledger):
    def attempt(_: int) -> bool:
        try:
            add(ledger, "january")
        except AlreadyImported:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(attempt, range(8))) == 1
    ledger.verify()
    assert len(ledger.batches()) == 1


def test_a_running_imports_staging_is_not_swept(ledger):
    with ledger.staging() as staging:
        drafted = draft(staging, "january")
        Ledger.open(ledger.path)
        ledger.add(drafted, staging, made_at=WHEN)
    ledger.verify()


def test_a_killed_imports_staging_is_swept(ledger):
    left = ledger.path / ".staging-123-abcd"
    (left / "batch").mkdir(parents=True)
    (left / "batch" / "aside.parquet").touch()
    Ledger.open(ledger.path)
    assert not left.exists()


def test_what_somebody_else_deletes_at_the_same_time_is_deleted(tmp_path):
    """An import that ends clears up while the next one sweeps."""
    for attempt in range(20):
        left = tmp_path / f".staging-{attempt}"
        for part in range(30):
            (left / f"{part}").mkdir(parents=True)
            (left / f"{part}" / "aside.parquet").touch()
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(durable.delete, [left] * 4))
        assert not left.exists()


def test_a_manifest_is_a_file_a_person_can_read(ledger):
    manifest = add(ledger, "Ocak satışları")
    text = (ledger.path / "manifests" / "0001.json").read_text(encoding="utf-8")
    assert '"first_date": "2025-01-03"' in text
    assert "Ocak satışları.csv" in text
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert from_json(to_json(manifest)) == manifest


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"number": "1"}, "number"),
        ({"removes": 0}, "removes"),
        ({"kinds": {"duplicate": [1]}}, "duplicate"),
        ({"first_date": "31.12.2025"}, "isoformat"),
        ({"surplus": 1}, "surplus"),
        ({"parts": [{}]}, r"parts\[0\]"),
    ],
)
def test_a_manifest_of_another_shape_is_not_read(ledger, change, complaint):
    add(ledger, "january")
    raw = json.loads((ledger.path / "manifests" / "0001.json").read_bytes())
    with pytest.raises(ValueError, match=complaint):
        from_json(json.dumps(raw | change).encode())
