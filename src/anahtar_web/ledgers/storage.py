"""Where the files of imports lie: uploads under random names, read batches until they are imported."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from anahtar.ledger.store import durable

if TYPE_CHECKING:
    from anahtar_web.files.incoming import IncomingFile
    from anahtar_web.ledgers.models import Import, StoredFile


def path_of(file: "StoredFile") -> Path:
    """Tell where an uploaded file lies; made of a number and a random name, never of what a person wrote."""
    return _uploads() / str(file.of_id) / file.stored


def keep(incoming: "IncomingFile", to: Path) -> None:
    """Move an uploaded file to its place, so that a power cut does not lose it any more."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.rename(incoming.path, to)
    durable.sync(to.parent)
    durable.sync(to.parent.parent)


def picked_of(of: "Import") -> Path:
    """Tell where the refused rows of an import are kept as they stand in its files."""
    return _uploads() / str(of.pk) / "picked"


def keep_problems(of: "Import") -> None:
    """Keep the list of problems beside the uploads, for an import that makes no batch of the ledger."""
    source = staging_of(of.pk, of.draft_version) / "problems.parquet"
    _kept(of).mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, _kept(of) / source.name)


def _kept(of: "Import") -> Path:
    return _uploads() / str(of.pk) / "kept"


def drop_uploads(of: "Import") -> None:
    """Delete the uploaded files of an import."""
    shutil.rmtree(_uploads() / str(of.pk), ignore_errors=True)


def staging_of(number: int, version: int) -> Path:
    """Tell where an import is read into; each reading has a folder of its own, so that a late one spoils none."""
    return _staging() / str(number) / str(version) / "batch"


def fresh_staging(number: int, version: int) -> Path:
    """Make an empty folder to read an import into; earlier readings of it are deleted."""
    drop_staging(number)
    folder = staging_of(number, version)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def drop_staging(number: int) -> None:
    """Delete what was read of an import and is not in the ledger."""
    shutil.rmtree(_staging() / str(number), ignore_errors=True)


def staged() -> list[int]:
    """List the imports of which something read is lying about."""
    return sorted(int(path.name) for path in _staging().iterdir() if path.name.isdecimal())


def _uploads() -> Path:
    return _made(settings.DATA / "uploads")


def _staging() -> Path:
    # Beside the ledger, on its disk: a batch is moved into it, not copied.
    return _made(settings.DATA / "staging")


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def problems_of(of: "Import") -> Path | None:
    """Find the list of problems of an import: staged, in the ledger, or beside it after it was taken back."""
    batch, ledger = of.batch, settings.DATA / "ledger"
    folders = [ledger / "batches" / batch, ledger / "removed" / batch] if batch else []
    if batch and (of.is_pulled or not of.is_sales):
        folders = [_kept(of)]
    if of.draft is not None and not batch:
        folders = [staging_of(of.pk, of.draft_version)]
    return next((path for folder in folders if (path := folder / "problems.parquet").is_file()), None)
