"""Where the content of documents lies: below the data folder, under its digest, two folders deep."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from anahtar.ledger.store import durable

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
FOLDER: Final = "files"


def path_of(digest: str) -> Path:
    """Tell where a content lies; made of its digest, never of what a person wrote."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(digest)
    return _root() / digest[:2] / digest[2:4] / digest


def keep(source: Path, digest: str) -> None:
    """Move a file that is whole and on the disk to its place, so that a power cut does not lose it any more."""
    target = path_of(digest)
    # A content that lies there damaged is replaced by the whole one at hand.
    if target.is_file() and target.stat().st_size == source.stat().st_size and sha256(target) == digest:
        source.unlink()
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chmod(source, 0o600)
    os.rename(source, target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        durable.sync(folder)


def drop(digest: str) -> None:
    """Delete a content. Its folders stay: a backup may be walking through them."""
    path_of(digest).unlink(missing_ok=True)


def kept() -> Iterator[tuple[str, Path]]:
    """List every content that lies there."""
    for path in sorted(_root().glob("??/??/*")):
        if _DIGEST.fullmatch(path.name):
            yield path.name, path


def sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _root() -> Path:
    folder: Path = settings.DATA / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder
