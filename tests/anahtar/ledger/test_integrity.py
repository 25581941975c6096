"""Every way to damage a ledger is refused by name; a kill at any step leaves the old state or the new one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from anahtar.ledger.store.integrity import DamagedBatch, DamagedLedger
from anahtar.ledger.store.store import Ledger
from tests.anahtar.ledger.drafts import PARTS, draft

WHEN = "2025-03-01T10:00:00"
NAMES = ("january", "february", "march")
MANIFESTS = ("0001.json", "0002.json", "0003.json", "0004.json")


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here can see a power cut, and thousands of real syncs take minutes on a busy disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def add(ledger: Ledger, name: str) -> None:
    with ledger.staging() as staging:
        ledger.add(draft(staging, name), staging, made_at=WHEN)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Three imports and the removal of the second."""
    ledger = Ledger.create(tmp_path / "ledger")
    for name in NAMES:
        add(ledger, name)
    ledger.remove("2", made_at=WHEN)
    ledger.verify()
    return ledger


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def lengthen(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def link(file: Path) -> None:
    file.rename(file.with_suffix(".away"))
    file.symlink_to(file.with_suffix(".away"))


DAMAGE = [flip, truncate, lengthen, empty, Path.unlink]


@pytest.mark.parametrize("damage", [*DAMAGE, link])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("place", [0, 1])
def test_a_damaged_part_is_refused_with_its_batch_and_its_name(ledger, place, part, damage: Callable[[Path], None]):
    batch = ledger.batches()[place]
    damage(ledger.folder(batch) / part)
    with pytest.raises(DamagedBatch) as refusal:
        ledger.verify()
    assert refusal.value.batch == batch.batch
    assert refusal.value.part in (part, part.replace(".parquet", ".away"))


@pytest.mark.parametrize("extra", ["lines/2025-03.parquet", "note.txt", "dictionaries/accounts (1).parquet"])
def test_a_part_too_many_is_refused(ledger, extra):
    batch = ledger.batches()[1]
    shutil.copy(ledger.folder(batch) / PARTS[0], ledger.folder(batch) / extra)
    with pytest.raises(DamagedBatch) as refusal:
        ledger.verify()
    assert (refusal.value.batch, refusal.value.part) == (batch.batch, extra)


def test_parts_and_batches_swapped_are_refused(ledger, tmp_path):
    first, third = (ledger.folder(batch) for batch in ledger.batches())
    for one, other in ((first / PARTS[0], first / PARTS[1]), (first, third)):
        swap(one, other, tmp_path)
        with pytest.raises(DamagedBatch, match=first.name):
            ledger.verify()
        swap(one, other, tmp_path)
        ledger.verify()


def swap(one: Path, other: Path, between: Path) -> None:
    one.rename(between / "between")
    other.rename(one)
    (between / "between").rename(other)


def test_a_batch_missing_or_doubled_is_refused(ledger):
    folder = ledger.folder(ledger.batches()[0])
    double = shutil.copytree(folder, folder.with_name("0009-copy"))
    with pytest.raises(DamagedLedger, match="0009-copy"):
        Ledger.open(ledger.path).verify()
    assert double.exists()
    shutil.rmtree(double)
    shutil.rmtree(folder)
    with pytest.raises(DamagedBatch, match=folder.name):
        ledger.verify()


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", [*MANIFESTS, "head.json"])
def test_a_damaged_manifest_is_refused_and_nothing_is_swept(ledger, name, damage: Callable[[Path], None]):
    damage(ledger.path / name if name == "head.json" else ledger.path / "manifests" / name)
    before = everything(ledger.path)
    for attempt in (
        lambda: Ledger.open(ledger.path),
        ledger.batches,
        ledger.verify,
        lambda: add(ledger, "april"),
        lambda: ledger.remove("1", made_at=WHEN),
    ):
        with pytest.raises(DamagedLedger) as refusal:
            attempt()
        assert refusal.value.part.endswith(".json")
    assert everything(ledger.path) == before


def test_manifests_swapped_or_doubled_are_refused(ledger, tmp_path):
    manifests = ledger.path / "manifests"
    swap(manifests / "0001.json", manifests / "0003.json", tmp_path)
    with pytest.raises(DamagedLedger, match=r"0001\.json"):
        ledger.batches()
    swap(manifests / "0001.json", manifests / "0003.json", tmp_path)
    for double in ("0005.json", "0001 copy.json", "1.json"):
        shutil.copy(manifests / "0003.json", manifests / double)
        with pytest.raises(DamagedLedger, match=double):
            ledger.batches()
        (manifests / double).unlink()
    ledger.verify()


def test_an_older_chain_under_a_newer_head_is_refused_and_no_batch_is_swept(ledger):
    """Half a backup: the manifests of yesterday, the data and the head of today."""
    for name in ("0003.json", "0004.json"):
        (ledger.path / "manifests" / name).unlink()
    before = everything(ledger.path)
    with pytest.raises(DamagedLedger, match=r"head\.json"):
        Ledger.open(ledger.path)
    assert everything(ledger.path) == before


def test_an_older_chain_and_head_under_newer_data_is_refused_and_no_batch_is_swept(tmp_path):
    ledger = Ledger.create(tmp_path / "ledger")
    add(ledger, "january")
    head = (ledger.path / "head.json").read_bytes()
    add(ledger, "february")
    (ledger.path / "head.json").write_bytes(head)
    (ledger.path / "manifests" / "0002.json").unlink()
    before = everything(ledger.path)
    with pytest.raises(DamagedLedger, match="batches/0002-"):
        Ledger.open(ledger.path).verify()
    assert everything(ledger.path) == before


@pytest.mark.parametrize("folder", ["manifests", "batches"])
def test_a_missing_folder_is_refused(ledger, folder):
    shutil.rmtree(ledger.path / folder)
    with pytest.raises((DamagedLedger, DamagedBatch), match=folder if folder == "manifests" else "missing"):
        Ledger.open(ledger.path).verify()


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Killed(BaseException):
    """Stands for the end of the process: no handler of ours catches it, nothing is cleaned up after it."""


class Kill:
    """Ends the process at one of the calls that change the disk: before it, or just after it."""

    CALLS = ("fsync", "replace", "rename", "mkdir", "unlink", "rmdir")

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, *, after: bool) -> None:
        self.left, self.after, self.over = at, after, False
        for name in self.CALLS:
            monkeypatch.setattr(os, name, self._counting(getattr(os, name)))

    def _counting(self, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **named: object) -> object:
            if self.over:
                raise Killed  # the dead change nothing any more
            self.left -= 1
            self.over = self.left < 0
            if self.over and not self.after:
                raise Killed
            answer = call(*arguments, **named)
            if self.over:
                raise Killed
            return answer

        return counted


def outcome(ledger: Ledger) -> list[str]:
    ledger.verify()
    return [manifest.files[0].name for manifest in ledger.batches()]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_import_killed_at_any_step_is_there_or_not(tmp_path, after):
    """Old: january. New: january and february. At every step one of the two, and the next import works."""
    seen: list[bool] = []
    for step in range(200):
        folder = tmp_path / f"ledger {step}"
        add(Ledger.create(folder), "january")
        with pytest.MonkeyPatch.context() as patch:
            kill = Kill(patch, step, after=after)
            with suppress(Killed):
                add(Ledger.open(folder), "february")
            patch.undo()
        names = outcome(Ledger.open(folder))
        assert names in (["january.csv"], ["january.csv", "february.csv"])
        seen.append(len(names) == 2)
        add(Ledger.open(folder), "march")
        assert outcome(Ledger.open(folder)) == [*names, "march.csv"]
        assert sorted(path.name for path in folder.iterdir()) == ["batches", "head.json", "manifests"]
        if not kill.over:
            break
    assert not kill.over
    assert seen == sorted(seen)  # once there, always there
    assert {True, False} == set(seen)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_removal_killed_at_any_step_is_done_or_not(tmp_path, after):
    for step in range(200):
        folder = tmp_path / f"ledger {step}"
        add(Ledger.create(folder), "january")
        with pytest.MonkeyPatch.context() as patch:
            kill = Kill(patch, step, after=after)
            with suppress(Killed):
                Ledger.open(folder).remove("1", made_at=WHEN)
            patch.undo()
        names = outcome(Ledger.open(folder))
        assert names in (["january.csv"], [])
        assert (folder / "removed").exists() >= (not names)
        assert any((folder / "batches").iterdir()) == bool(names)
        if not kill.over:
            break
    assert not kill.over
    assert names == []


KILLED_IN_THE_MIDDLE = """
import os, sys
from pathlib import Path
from anahtar.ledger.store.store import Ledger
from tests.anahtar.ledger.drafts import draft

ledger = Ledger.open(Path(sys.argv[1]))
with ledger.staging() as staging:
    drafted = draft(staging, "february")
    os.replace = lambda *_: os._exit(9)
    ledger.add(drafted, staging, made_at="2025-03-01")
"""


def test_a_killed_process_leaves_no_lock_and_nothing_that_counts(tmp_path):
    add(Ledger.create(tmp_path / "ledger"), "january")
    script = [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(tmp_path / "ledger")]
    assert subprocess.run(script, cwd=Path(__file__).parents[3], check=False).returncode == 9
    assert any(path.name.startswith(".staging-") for path in (tmp_path / "ledger").iterdir())
    ledger = Ledger.open(tmp_path / "ledger")
    assert sorted(path.name for path in ledger.path.iterdir()) == ["batches", "head.json", "manifests"]
    add(ledger, "february")
    assert outcome(ledger) == ["january.csv", "february.csv"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_creation_killed_at_any_step_can_be_repeated(tmp_path, after):
    for step in range(200):
        folder = tmp_path / f"ledger {step}"
        with pytest.MonkeyPatch.context() as patch:
            kill = Kill(patch, step, after=after)
            with suppress(Killed):
                Ledger.create(folder)
            patch.undo()
        ledger = Ledger.open(folder) if (folder / "head.json").exists() else Ledger.create(folder)
        add(ledger, "january")
        assert outcome(Ledger.open(folder)) == ["january.csv"]
        if not kill.over:
            break
    assert not kill.over
