"""A disk that takes no more ends in one sentence, and the ledger is what it was.

The tests on a real small disk need the right to mount one, and skip, saying so, where there is none.
"""

import errno
import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pytest

from anahtar.cli import main
from anahtar.engine import DuckdbEngine
from anahtar.engine.full_disk import full_disk_told

KIB = 1024


def _write(path: Path, lines: int) -> Path:
    rows = (f"c{n % 900},2024-{n % 12 + 1:02}-{n % 27 + 1:02},{n}.50,i{n}\n" for n in range(1, lines))
    path.write_text("customer,date,amount,invoice\n" + "".join(rows), encoding="utf-8")
    return path


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no disk of its own can be mounted here: {made.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _leave(disk: Path, room: int) -> None:
    """Fill the disk but for some bytes."""
    free = os.statvfs(disk)
    (disk / "filler").write_bytes(b"\0" * (free.f_bavail * free.f_frsize - room))


@pytest.mark.long
def test_an_import_onto_a_full_disk_leaves_the_ledger_as_it_was(
    disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = disk / "ledger"
    assert main(["ledger", "add", str(ledger), str(_write(tmp_path / "a.csv", 50)), "--lang", "en"]) == 0
    before = _digests(ledger)
    _leave(disk, 200 * KIB)
    capsys.readouterr()
    assert main(["ledger", "add", str(ledger), str(_write(tmp_path / "b.csv", 60_000)), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert f"There is no space left in {ledger}." in said
    assert "Traceback" not in said
    assert _digests(ledger) == before
    (disk / "filler").unlink()
    assert main(["ledger", "add", str(ledger), str(_write(tmp_path / "c.csv", 70)), "--lang", "en"]) == 0


@pytest.mark.long
def test_an_analysis_whose_facts_find_no_room_says_so_and_leaves_nothing(
    disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "ledger"
    assert main(["ledger", "add", str(ledger), str(_write(tmp_path / "a.csv", 3_000)), "--lang", "en"]) == 0
    before = _digests(ledger)
    _leave(disk, 40 * KIB)
    monkeypatch.setattr("tempfile.tempdir", str(disk))
    capsys.readouterr()
    assert main(["analyze", str(ledger), "--out", str(tmp_path / "out"), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert said.endswith(": no space is left on the disk.\n")
    assert "Traceback" not in said
    assert _digests(ledger) == before
    assert not (tmp_path / "out").exists()
    assert [path.name for path in disk.iterdir()] == ["filler"]


@pytest.mark.long
def test_what_finds_no_room_to_spill_says_so(disk: Path) -> None:
    with DuckdbEngine([disk], spill=disk / "spill", memory_limit="50MB", threads=1) as engine:
        numbers = engine.arrow(pa.table({"n": pa.array(range(1_000_000), pa.int64())}), "numbers")
        wide = numbers.mutate(a=numbers.n * 3, b=numbers.n * 5, c=numbers.n * 7, d=numbers.n * 11, e=numbers.n * 13)
        distinct = wide.group_by(*wide.columns).agg(times=ibis._.count())
        with pytest.raises(OSError, match="No space left on device") as refused:
            engine.keep(distinct, "distinct")
    assert (refused.value.errno, refused.value.filename) == (errno.ENOSPC, str(disk / "spill"))


WRITING = (
    'Async write failed: {{"exception_message":"Could not write file \\"{0}\\": No space left on device","errno":"28"}}'
)


@pytest.mark.parametrize(
    ("error", "file"),
    [
        (duckdb.IOException(WRITING.format("/w/facts/x")), "/w/facts/x"),
        (duckdb.IOException('Could not write file "/w/facts/y": No space left on device'), "/w/facts/y"),
        (duckdb.IOException("No space left on device"), "/w/spill"),
        (duckdb.OutOfMemoryException("failed to offload: 'max_temp_directory_size' setting"), "/w/spill"),
    ],
)
def test_a_full_disk_is_told_as_the_system_tells_it(error: Exception, file: str) -> None:
    with pytest.raises(OSError, match="No space left on device") as told, full_disk_told(Path("/w/spill")):
        raise error
    assert (told.value.errno, told.value.filename) == (errno.ENOSPC, file)


@pytest.mark.parametrize(
    "error",
    [
        duckdb.IOException("No files found that match the pattern"),
        duckdb.OutOfMemoryException("could not"),
        KeyError("x"),
    ],
)
def test_every_other_error_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as told, full_disk_told(Path("/w/spill")):
        raise error
    assert told.value is error
