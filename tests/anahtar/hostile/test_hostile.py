"""Every hostile file ends as a refusal with a reason or is read exactly, in seconds, and the parent goes on."""

import json
import os
import resource
from pathlib import Path

import pytest

from anahtar.ledger.files import wire
from anahtar.ledger.files.child import UnableToReadFile, peek, read
from anahtar.ledger.options import ReadOptions
from anahtar.words import Refusal
from tests.anahtar.hostile.seeds import SECRET, SEEDS, Read


def computed() -> float:
    """Seconds that this process and its ended children have computed: however busy the machine is."""
    return sum(os.times()[:4])


EVERY_SIXTH = [
    name if at % 6 == 0 else pytest.param(name, marks=pytest.mark.long) for at, name in enumerate(sorted(SEEDS))
]


@pytest.mark.parametrize("name", EVERY_SIXTH)
def test_a_hostile_file_is_refused_with_a_reason_or_read_exactly(name: str, tmp_path: Path) -> None:
    path = SEEDS[name].write(tmp_path)
    staging = tmp_path / "staging"
    staging.mkdir()
    before, spent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, computed()
    outcome: Read | None = None
    reason = path.name
    try:
        tally = read([path], ReadOptions(), staging).tally
        outcome = Read(tally.rows, tally.accepted, tally.accepted_amount)
    except Refusal as refusal:
        reason = str(refusal)
    assert outcome == SEEDS[name].outcome
    assert path.name in reason
    assert SECRET not in reason
    assert computed() - spent < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_look_at_a_hostile_file_is_a_refusal_or_tells_what_there_is(name: str, tmp_path: Path) -> None:
    path = SEEDS[name].write(tmp_path)
    spent = computed()
    ready, told = False, ""
    try:
        found = peek([path], ReadOptions())
        ready, told = found.ready, json.dumps(wire.peek_to_json(found), ensure_ascii=False)
    except UnableToReadFile:
        raise
    except Refusal as refusal:
        told = str(refusal)
    # What can be read has nothing left to decide.
    assert ready or SEEDS[name].outcome is None
    assert path.name in told
    assert SECRET not in told
    assert computed() - spent < 10
