"""Batches in place of others: all of it is asked before any of it is done, and what was killed can be finished."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from anahtar.ledger.manifest import Draft, Manifest
from anahtar.ledger.store.integrity import DamagedBatch
from anahtar.ledger.store.store import AlreadyImported, CurrencyDiffers, Ledger, UnableToFindBatch
from tests.anahtar.ledger.drafts import draft
from tests.anahtar.ledger.test_integrity import Kill, Killed, add, everything, outcome

WHEN = "2025-03-02T10:00:00"
Drafts = list[tuple[Draft, Path]]


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here can see a power cut, and thousands of real syncs take minutes on a busy disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """January and February."""
    ledger = Ledger.create(tmp_path / "ledger")
    for name in ("january", "february"):
        add(ledger, name)
    return ledger


def staged(folder: Path, *names: str, **differing: str) -> Drafts:
    return [(draft(folder / name, name, **differing), folder / name) for name in names]


def batch_of(ledger: Ledger, name: str) -> Manifest:
    return next(manifest for manifest in ledger.batches() if manifest.files[0].name == f"{name}.csv")


def test_some_go_and_others_come(ledger: Ledger, tmp_path: Path) -> None:
    january = batch_of(ledger, "january")
    added = ledger.exchange([january.batch], staged(tmp_path, "january 2", "march"), made_at=WHEN)
    assert outcome(ledger) == ["february.csv", "january 2.csv", "march.csv"]
    assert [(manifest.number, manifest.made_at, manifest.removes) for manifest in added] == [
        (4, WHEN, False),
        (5, WHEN, False),
    ]
    assert [manifest.batch for manifest in ledger.batches()][1:] == [manifest.batch for manifest in added]
    assert (ledger.path / "removed" / january.batch / "aside.parquet").is_file()
    assert Ledger.open(ledger.path).batches() == ledger.batches()


def test_the_same_lines_may_come_in_place_of_themselves(ledger: Ledger, tmp_path: Path) -> None:
    ledger.exchange(["1"], staged(tmp_path, "january"), made_at=WHEN)
    assert outcome(ledger) == ["february.csv", "january.csv"]


def test_what_was_taken_back_counts_again_under_its_own_name(ledger: Ledger) -> None:
    january, february = ledger.batches()
    ledger.remove(january.batch, made_at=WHEN)
    [again] = ledger.exchange([february.batch], [], again=[january.batch], made_at=WHEN)
    assert outcome(ledger) == ["january.csv"]
    assert (again.content, again.parts, again.number) == (january.content, january.parts, 5)
    assert again.batch != january.batch


def test_a_batch_named_twice_goes_and_comes_once(ledger: Ledger) -> None:
    january, february = ledger.batches()
    ledger.remove(january.batch, made_at=WHEN)
    ledger.exchange([february.batch, "2", february.batch], [], again=[january.batch, january.batch], made_at=WHEN)
    assert outcome(ledger) == ["january.csv"]


def twice(folder: Path) -> Drafts:
    return [*staged(folder, "march"), *staged(folder / "again", "march")]


def same_lines(folder: Path) -> Drafts:
    [(march, where), (april, other)] = staged(folder, "march", "april")
    return [(march, where), (replace(april, content=march.content), other)]


def known(folder: Path) -> Drafts:
    return staged(folder, "march", "february")


def other_currency(folder: Path) -> Drafts:
    return [*staged(folder, "march"), *staged(folder, "april", currency="USD")]


def damaged(folder: Path) -> Drafts:
    made = staged(folder, "march", "april")
    (folder / "april" / "aside.parquet").write_bytes(b"something else")
    return made


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (twice, AlreadyImported),
        (same_lines, AlreadyImported),
        (known, AlreadyImported),
        (other_currency, CurrencyDiffers),
        (damaged, DamagedBatch),
    ],
)
def test_where_one_is_refused_nothing_is_changed(
    ledger: Ledger, tmp_path: Path, make: Callable[[Path], Drafts], refusal: type[Exception]
) -> None:
    drafts = make(tmp_path / "staged")
    before = everything(ledger.path)
    with pytest.raises(refusal):
        ledger.exchange(["1"], drafts, made_at=WHEN)
    assert everything(ledger.path) == before
    assert outcome(ledger) == ["january.csv", "february.csv"]


@pytest.mark.parametrize(("gone", "again"), [(["1", "9"], []), (["1"], ["0002-000000000000"])])
def test_a_batch_that_is_not_there_is_refused_and_nothing_is_changed(
    ledger: Ledger, tmp_path: Path, gone: list[str], again: list[str]
) -> None:
    before = everything(ledger.path)
    with pytest.raises(UnableToFindBatch):
        ledger.exchange(gone, staged(tmp_path, "march"), again=again, made_at=WHEN)
    # A live batch does not come again either.
    with pytest.raises(UnableToFindBatch):
        ledger.exchange(["1"], [], again=[ledger.batches()[1].batch], made_at=WHEN)
    assert everything(ledger.path) == before


WHOLE = ["february.csv", "january 2.csv", "march.csv"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_one_killed_at_any_step_is_finished_by_who_does_the_rest(tmp_path: Path, after: bool) -> None:
    """January is replaced and March is new: each is done or not, in this order, and the folders wait for the rest."""
    seen = set()
    for step in range(400):
        folder = tmp_path / f"ledger {step}"
        ledger = Ledger.create(folder)
        for name in ("january", "february"):
            add(ledger, name)
        drafts = staged(tmp_path / f"staged {step}", "january 2", "march")
        with pytest.MonkeyPatch.context() as patch:
            kill = Kill(patch, step, after=after)
            with suppress(Killed):
                ledger.exchange(["1"], drafts, made_at=WHEN)
            patch.undo()
        names = outcome(Ledger.open(folder))
        assert names in (["january.csv", "february.csv"], WHOLE[:1], WHOLE[:2], WHOLE)
        seen.add(tuple(names))
        left = [(one, where) for one, where in drafts if one.files[0].name not in names]
        Ledger.open(folder).exchange(["1"] if "january.csv" in names else [], left, made_at=WHEN)
        assert outcome(Ledger.open(folder)) == WHOLE
        assert sorted(path.name for path in folder.iterdir()) == ["batches", "head.json", "manifests", "removed"]
        if not kill.over:
            break
    assert not kill.over
    assert len(seen) == 4
