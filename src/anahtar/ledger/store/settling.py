"""Finishing or forgetting what a killed import left in a ledger."""

import hashlib
from pathlib import Path
from typing import Final

from anahtar.ledger.manifest import Manifest
from anahtar.ledger.store import durable
from anahtar.ledger.store.integrity import HEAD, Chain, DamagedLedger, head
from anahtar.ledger.store.locks import is_abandoned
from anahtar.ledger.store.manifest_file import to_json
from anahtar.words import say

INCOMING: Final = ".incoming-"
"""Begins the name of a batch's folder until its manifest is written."""

STAGING: Final = ".staging-"
"""Begins the name of the folder an import is read into."""


def append(ledger: Path, manifest: Manifest) -> str:
    """Write a manifest and let the head name it: with the first of the two the batch counts, or no longer counts.

    Returns
    -------
    str
        The SHA-256 by which the next manifest names it.
    """
    content = to_json(manifest)
    durable.write_file(ledger / "manifests" / f"{manifest.number:04d}.json", content)
    digest = hashlib.sha256(content).hexdigest()
    write_head(ledger, manifest.number, digest)
    return digest


def write_head(ledger: Path, number: int, digest: str) -> None:
    """Let the head name the last manifest."""
    durable.write_file(ledger / HEAD, head(number, digest))


def is_blank(folder: Path) -> bool:
    """Whether there is nothing in the folder, or what a kill leaves of `Ledger.create`: empty folders and no head."""
    return all(
        durable.is_unfinished(path) or (path.name in ("batches", "manifests") and path.is_dir() and not _entries(path))
        for path in _entries(folder)
    )


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def sweep(ledger: Path, chain: Chain) -> None:
    """Finish or forget what a kill interrupted; the chain was checked, so nothing that counts is touched."""
    if chain.behind:
        write_head(ledger, len(chain.manifests), chain.last)
    for path in [*_entries(ledger), *_entries(ledger / "manifests")]:
        if durable.is_unfinished(path) or (path.name.startswith(STAGING) and is_abandoned(path)):
            durable.delete(path)
    _settle_incoming(ledger / "batches", {manifest.batch for manifest in chain.live})
    _settle_removed(ledger, chain.dead)


def _settle_incoming(batches: Path, live: set[str]) -> None:
    for path in sorted(batches.glob(f"{INCOMING}*")):
        batch = path.name.removeprefix(INCOMING)
        if batch in live and not (batches / batch).exists():
            durable.move_folder(path, batches / batch)
        else:
            durable.delete(path)


def _settle_removed(ledger: Path, dead: set[str]) -> None:
    for batch in sorted(dead):
        if (ledger / "batches" / batch).exists():
            (ledger / "removed").mkdir(exist_ok=True)
            durable.sync(ledger)
            durable.move_folder(ledger / "batches" / batch, ledger / "removed" / batch)


def check_folders(ledger: Path, chain: Chain) -> None:
    """Refuse a batch folder no manifest knows: a copy of another batch, or one whose manifest was lost."""
    known = {manifest.batch for manifest in chain.manifests}
    for path in _entries(ledger / "batches"):
        if path.name not in known and not path.name.startswith(INCOMING):
            raise DamagedLedger(f"batches/{path.name}", say("no manifest names this batch"))
