"""Whether a ledger is byte for byte what was imported.

One flipped bit in a Parquet file gave wrong sums without any error in more than half of all trials with every
reader. So every part of a batch has its SHA-256 in the batch's manifest, every manifest the SHA-256 of the one
before, and `head.json` that of the last. All of it is checked before any figure is computed.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from anahtar.ledger.manifest import Manifest, Part
from anahtar.ledger.store.durable import is_unfinished
from anahtar.ledger.store.manifest_file import from_json
from anahtar.words import Message, Refusal, say

_FORMAT: Final = 1
HEAD: Final = "head.json"
_NAME: Final = re.compile(r"(\d{4,})\.json")
_BATCH: Final = re.compile(r"\d{4,}-\w{1,12}")


class DamagedLedger(Refusal):
    """The chain of manifests is not what was written."""

    def __init__(self, part: str, fault: Message) -> None:
        super().__init__(
            say(
                "The ledger is damaged at {part}: {fault}. No figure is computed from it. Put the ledger's folder back "
                "from a backup, or make a new ledger and import the files again.",
                part=part,
                fault=fault,
            )
        )
        self.part = part


class DamagedBatch(Refusal):
    """A batch is not what was imported."""

    def __init__(self, batch: str, part: str, fault: Message) -> None:
        super().__init__(
            say(
                "Batch {batch} is damaged at {part}: {fault}. No figure is computed from it. Put the batch back from a "
                "backup, or take it back (anahtar ledger remove) and import its file again.",
                batch=batch,
                part=part,
                fault=fault,
            )
        )
        self.batch = batch
        self.part = part


@dataclass(frozen=True, slots=True)
class Chain:
    """All manifests of a ledger, oldest first, and the SHA-256 of the last one."""

    manifests: tuple[Manifest, ...]
    last: str
    behind: bool
    """Whether head.json still names the manifest before the last: a kill between the two writes."""

    @property
    def live(self) -> list[Manifest]:
        """The batches that were not taken back, oldest first."""
        dead = self.dead
        return [manifest for manifest in self.manifests if manifest.batch not in dead]

    @property
    def dead(self) -> set[str]:
        """The batches that were taken back."""
        return {manifest.batch for manifest in self.manifests if manifest.removes}


def read_chain(ledger: Path) -> Chain:
    """Read all manifests and check that each is the one that was written.

    Raises
    ------
    DamagedLedger
        A manifest is missing, changed, swapped, unreadable or too many, or the head names another one.
    """
    manifests: list[Manifest] = []
    digests = [""]
    for number, path in enumerate(_manifest_files(ledger), start=1):
        content = _read(path)
        manifests.append(_manifest(path, content, number, digests[-1]))
        digests.append(hashlib.sha256(content).hexdigest())
    _check_order(manifests)
    return Chain(tuple(manifests), digests[-1], _is_behind(ledger, digests))


def _manifest_files(ledger: Path) -> list[Path]:
    """The files of the manifests by their number, which run from 1 without a gap."""
    if not (ledger / "manifests").is_dir():
        raise DamagedLedger("manifests", say("it is missing"))
    numbered: dict[int, Path] = {}
    for path in sorted((ledger / "manifests").iterdir()):
        name = _NAME.fullmatch(path.name)
        if name is None and not is_unfinished(path):
            raise DamagedLedger(_shown(path), say("no manifest has such a name"))
        if name is not None:
            numbered[int(name[1])] = path
    for wanted in range(1, len(numbered) + 1):
        if wanted not in numbered:
            raise DamagedLedger(f"manifests/{wanted:04d}.json", say("it is missing"))
    return [numbered[number] for number in sorted(numbered)]


def _manifest(path: Path, content: bytes, number: int, previous: str) -> Manifest:
    try:
        manifest = from_json(content)
    except ValueError as error:
        raise DamagedLedger(_shown(path), say("it cannot be read ({reason})", reason=str(error))) from error
    if manifest.number != number:
        raise DamagedLedger(_shown(path), say("it is the manifest of import {number}", number=manifest.number))
    if manifest.previous != previous:
        raise DamagedLedger(_shown(path), say("it does not follow the manifest before it; one of the two was changed"))
    return manifest


def _check_order(manifests: Iterable[Manifest]) -> None:
    """An import names a batch of its own number, a removal one that was there."""
    live: set[str] = set()
    for manifest in manifests:
        own = _BATCH.fullmatch(manifest.batch) and manifest.batch.startswith(f"{manifest.number:04d}-")
        if not (manifest.batch in live if manifest.removes else own):
            raise DamagedLedger(f"manifests/{manifest.number:04d}.json", say("it contradicts the manifests before it"))
        (live.remove if manifest.removes else live.add)(manifest.batch)


def head(number: int, digest: str) -> bytes:
    """What head.json says when the last manifest has this number and SHA-256."""
    return json.dumps({"format": _FORMAT, "number": number, "sha256": digest}, indent=2).encode() + b"\n"


def _is_behind(ledger: Path, digests: list[str]) -> bool:
    found, last = _read(ledger / HEAD), len(digests) - 1
    if found == head(last, digests[-1]):
        return False
    if last and found == head(last - 1, digests[-2]):
        return True
    raise DamagedLedger(
        HEAD, say("it names another manifest than the last one; one of the two was changed or is missing")
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or ""
        raise DamagedLedger(_shown(path), say("it cannot be read ({reason})", reason=reason)) from error


def _shown(path: Path) -> str:
    return path.name if path.name == HEAD else f"{path.parent.name}/{path.name}"


def check_parts(folder: Path, batch: str, parts: Iterable[Part]) -> None:
    """Check that a batch's folder holds its parts, all of them, nothing else, unchanged.

    Raises
    ------
    DamagedBatch
        Names the part and whether it is missing, too many, cut short or changed.
    """
    expected = {part.path: part for part in parts}
    present = _files(folder)
    for path in sorted(expected.keys() - present.keys()):
        raise DamagedBatch(batch, path, say("it is missing"))
    for path in sorted(present.keys() - expected.keys()):
        raise DamagedBatch(batch, path, say("it is no part of the batch"))
    for path, part in sorted(expected.items()):
        _check_part(present[path], batch, part)


def _files(folder: Path) -> Mapping[str, Path]:
    """Everything below a folder that is no folder, by its path inside it."""
    found = folder.rglob("*") if folder.is_dir() and not folder.is_symlink() else ()
    return {path.relative_to(folder).as_posix(): path for path in found if path.is_symlink() or not path.is_dir()}


def _check_part(path: Path, batch: str, part: Part) -> None:
    if path.is_symlink() or not path.is_file():
        raise DamagedBatch(batch, part.path, say("it is no plain file"))
    size = path.stat().st_size
    if size != part.bytes:
        raise DamagedBatch(batch, part.path, say("{size} bytes instead of {wanted}", size=size, wanted=part.bytes))
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or ""
        raise DamagedBatch(batch, part.path, say("it cannot be read ({reason})", reason=reason)) from error
    if digest != part.sha256:
        raise DamagedBatch(batch, part.path, say("its bytes were changed"))
