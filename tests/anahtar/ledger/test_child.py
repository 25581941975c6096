"""The child that reads: what passes between it and its parent, and how it may die."""

import errno
import os
import signal
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anahtar.ledger.files import inside, wire
from anahtar.ledger.files.child import UnableToReadFile, read
from anahtar.ledger.files.limits import Limits
from anahtar.ledger.files.machine import RefusedByMachine
from anahtar.ledger.intake.batch import MonthFiles
from anahtar.ledger.options import DateOrder, ReadOptions
from anahtar.ledger.roles import Role
from anahtar.money import Money
from anahtar.words import Month, Refusal, Share, say

TEXT = "Cari Kodu;Fatura Tarihi;Net Tutar\n" + "C1;02.01.2024;1,50\nC2;23.01.2024;2,50\n" * 10


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "satis.csv"
    path.write_text(TEXT)
    return path


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


def test_a_draft_comes_back_whole_and_progress_is_told(ledger: Path, staging: Path) -> None:
    told: list[tuple[str, int, int]] = []
    draft = read([ledger], ReadOptions(), staging, on_progress=lambda *step: told.append(step))
    assert (draft.tally.rows, draft.tally.accepted, draft.tally.amount) == (20, 20, 400_000)
    assert (draft.first_date, draft.last_date) == (date(2024, 1, 2), date(2024, 1, 23))
    assert draft.mapping["customer"] == "Cari Kodu"
    assert told
    assert wire.draft_from_json(wire.parsed(wire.line("draft", wire.draft_to_json(draft)))[1]) == draft
    assert sorted(part.path for part in draft.parts)
    assert all((staging / part.path).exists() for part in draft.parts)


def test_a_file_stored_under_another_name_is_called_by_its_own(tmp_path: Path, staging: Path) -> None:
    stored = tmp_path / "3f2a9c"
    stored.write_text(TEXT + "C3;never;1,50\n")
    draft = read([stored], ReadOptions(), staging, names=["../../etc/satış.csv"])
    assert [file.name for file in draft.files] == ["../../etc/satış.csv"]
    assert set(pq.read_table(staging / "problems.parquet")["file"].to_pylist()) == {"../../etc/satış.csv"}
    stored.write_bytes(b"%PDF-1.7")
    with pytest.raises(Refusal, match=r"^\.\./\.\./etc/satış\.csv is a PDF document"):
        read([stored], ReadOptions(), staging, names=["../../etc/satış.csv"])


def test_a_refusal_keeps_its_sentence_and_its_values(ledger: Path, staging: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read([ledger], ReadOptions(columns={Role.AMOUNT: "Yok"}), staging)
    assert "Yok" in str(refused.value)
    assert refused.value.message.values


def test_too_little_memory_ends_the_child_and_names_the_option(ledger: Path, staging: Path) -> None:
    with pytest.raises(UnableToReadFile, match=r"satis\.csv could not be read: .*80 MB.*--reader-memory"):
        read([ledger], ReadOptions(), staging, limits=Limits(memory=80 << 20))


def test_a_child_that_is_late_is_stopped(ledger: Path, staging: Path) -> None:
    with pytest.raises(UnableToReadFile, match="more than 0 seconds"):
        read([ledger], ReadOptions(), staging, limits=Limits(wall=0))


def test_a_child_that_computes_too_long_is_stopped(ledger: Path, staging: Path) -> None:
    ledger.write_text(TEXT * 2 + "C1;02.01.2024;1,50\n" * 4_000_000)
    with pytest.raises(UnableToReadFile, match="seconds of computing"):
        read([ledger], ReadOptions(), staging, limits=Limits(cpu=1))


def test_a_child_that_is_killed_leaves_the_parent_alive(ledger: Path, staging: Path) -> None:
    def kill(stage: str, done: int, total: int) -> None:
        (running,) = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        os.kill(int(running), signal.SIGKILL)

    with pytest.raises((UnableToReadFile, ValueError)):
        read([ledger], ReadOptions(), staging, on_progress=kill)


def test_every_value_of_a_message_survives_the_wire() -> None:
    inner = say("inner {n}", n=3)
    message = say(
        "{money} {share} {month} {day} {exact} {count} {number} {word} {inner}",
        money=Money(12_345, "TRY"),
        share=Share(0.134, 2),
        month=Month(2024, 2),
        day=date(2024, 2, 29),
        exact=Decimal("1.10"),
        count=7,
        number=0.5,
        word="Şişli",
        inner=inner,
    )
    assert wire.message_from_json(wire.parsed(wire.line("m", wire.message_to_json(message)))[1]) == message


def test_options_survive_the_wire() -> None:
    options = ReadOptions(
        columns={Role.CUSTOMER: "Müşteri"},
        date_order=DateOrder.DAY_FIRST,
        leave_out_products=frozenset({"POST"}),
        last_date=date(2026, 1, 1),
    )
    assert wire.options_from_json(wire.parsed(wire.line("o", wire.options_to_json(options)))[1]) == options


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"a":1,"b":2}', b"\xff", b"[" * 100_000])
def test_nonsense_on_the_wire_is_named_as_such(said: bytes) -> None:
    with pytest.raises(wire.MalformedWire):
        wire.parsed(said)


def _part(path: Path, customer: str, amount: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {"Cari Kodu": [customer], "Fatura Tarihi": [date(2024, 1, 2)], "Net Tutar": [amount]}
    pq.write_table(pa.table(columns), path)


@pytest.mark.parametrize("names", [("a.parquet", "b.parquet"), ("Bölge=İzmir/a.parquet", "Bölge=Ankara/a.parquet")])
def test_a_folder_of_parquet_files_is_one_source(tmp_path: Path, staging: Path, names: tuple[str, str]) -> None:
    folder, copy = tmp_path / "satis", tmp_path / "copy" / "satis"
    for root in (folder, copy):
        _part(root / names[0], "C1", 1.5)
        _part(root / names[1], "C2", 2.5)
    draft = read([folder], ReadOptions(), staging)
    assert (draft.tally.rows, draft.tally.amount) == (2, 40_000)
    (file,) = draft.files
    assert (file.name, file.bytes) == ("satis", sum((folder / name).stat().st_size for name in names))
    assert read([copy], ReadOptions(), staging).files == draft.files
    _part(copy / names[1], "C2", 2.6)
    assert read([copy], ReadOptions(), staging).files[0].sha256 != file.sha256


def test_a_disk_that_takes_no_more_is_not_the_fault_of_the_file(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(MonthFiles, "add", full)
    staging, voice = tmp_path / "out" / ".staging-1" / "batch", tmp_path / "voice"
    task = {"paths": [str(ledger)], "names": [ledger.name], "options": wire.options_to_json(ReadOptions())}
    with voice.open("wb", buffering=0) as pipe:
        assert inside.answered("read", {**task, "staging": str(staging)}, pipe) == 0
    kind, told = wire.parsed(voice.read_bytes().splitlines()[-1])
    assert kind == "refusal"
    assert str(wire.message_from_json(told)).startswith(f"There is no space left in {tmp_path / 'out'}.")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_names_the_folder_a_person_named_and_the_option(number: int) -> None:
    error = OSError(number, "No space left on device")
    refusal = RefusedByMachine(error, Path("/data/out/.unfinished-1/ledger/.staging-2/batch"))
    assert str(refusal) == (
        "There is no space left in /data/out. Free some, or name a folder on another disk with --out."
    )


def test_a_file_the_machine_refuses_is_named_with_the_reason() -> None:
    refusal = RefusedByMachine(PermissionError(errno.EACCES, "Permission denied", "satis.csv"), Path("/data"))
    assert str(refusal).startswith("satis.csv: it may not be read or written")
