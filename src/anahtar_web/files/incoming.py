"""Takes the files of a form to the disk as they come in: never in memory, hashed on the way, within limits.

How large a file may be is asked of the right that its form needs (`allow`): a ledger is larger than a document.
The door (`gate.middleware`) turns away who may not upload, and forms that are too large. What is refused here is read
to its end and dropped: a browser whose connection is cut shows "connection reset" instead of our sentence.
"""

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.ui.templatetags.shown import size

_LOOK_EVERY: Final = 64 << 20
_LEFT_OVER: Final = 86_400.0
"""Seconds after which a file in the incoming folder belongs to no request any more."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What forms that need a right may bring in.

    Parameters
    ----------
    largest
        Gives the bytes one file may have.
    refusal
        Why a person's form of so many bytes is not taken, besides its size; empty where it is.
    """

    largest: Callable[[], int]
    refusal: Callable[[Any, int], str] = lambda _user, _length: ""


_ALLOWANCES: Final[dict[Right, Allowance]] = {}


def allow(right: Right, allowance: Allowance) -> None:
    """Say what forms of a right may bring in; called by an app's `ready()`. Without it documents are what comes."""
    _ALLOWANCES[right] = allowance


_DOCUMENTS: Final = Allowance(lambda: settings.ATTACHMENT_BYTES)


def refusal_of(request: HttpRequest) -> str:
    """Why files of this request were not taken; empty where all were."""
    return getattr(request, "upload_refusal", "")


class IncomingFile(UploadedFile[bytes]):
    """A file that lies whole on the disk; it goes with the request unless somebody keeps it.

    Attributes
    ----------
    path
        Where it lies, under a random name.
    sha256
        Of its bytes.
    """

    name: str
    size: int

    def __init__(self, path: Path, name: str, size: int, sha256: str) -> None:
        super().__init__(None, name, None, size)
        self.path = path
        self.sha256 = sha256

    def close(self) -> None:
        """Delete what was not moved away."""
        self.path.unlink(missing_ok=True)


class IncomingHandler(FileUploadHandler):
    """Writes one file after the other into the incoming folder."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        """Judge the form as a whole, before its first byte is read."""
        self._refusal, self._largest = _judged(self.request, content_length)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the next file."""
        super().new_file(*args, **kwargs)
        if self._refusal:
            self._refuse(self._refusal)
        sweep_incoming()
        self.file = _Writing(_incoming() / uuid.uuid4().hex, self._largest)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece of it."""
        try:
            self.file.write(raw_data)
        except UnableToTakeIn as too_much:
            self._refuse(str(too_much))
        except OSError:
            self._refuse(_("The disk is full. Nothing was stored; tell whoever looks after this machine."))

    def file_complete(self, file_size: int) -> IncomingFile:
        """Have the disk hold it, and hand it over."""
        return IncomingFile(self.file.path, self.file_name or "", file_size, self.file.finish())

    def upload_interrupted(self) -> None:
        """Drop what came of a file whose sender went away."""
        if hasattr(self, "file"):
            self.file.close()

    def _refuse(self, why: str) -> None:
        self.request.upload_refusal = why  # type: ignore[union-attr]  # an upload always has its request; read by the view
        raise SkipFile


def take_in(path: Path) -> IncomingFile:
    """Copy a file of this machine into the incoming folder, as if it had been uploaded.

    Raises
    ------
    OSError
        It is not there, or may not be read.
    UnableToTakeIn
        It is larger than a ledger may be, or the disk is nearly full.
    """
    with path.open("rb") as source:
        return take_in_stream(source, path.name, largest=settings.UPLOAD_BYTES)


def take_in_stream(source: IO[bytes], name: str, *, largest: int) -> IncomingFile:
    """Write what can be read into the incoming folder.

    Raises
    ------
    UnableToTakeIn
        It is larger than allowed, or the disk is nearly full.
    """
    if free_bytes() <= 0:
        raise UnableToTakeIn(_no_room())
    writing = _Writing(_incoming() / uuid.uuid4().hex, largest)
    try:
        while block := source.read(1 << 20):
            writing.write(block)
        digest = writing.finish()
    except BaseException:
        writing.close()
        raise
    return IncomingFile(writing.path, name, writing.path.stat().st_size, digest)


class UnableToTakeIn(Refused):
    """A limit was reached while the file came in."""


class _Writing:
    """A file being written; closing it before it is finished deletes it."""

    def __init__(self, path: Path, largest: int) -> None:
        self.path, self._largest = path, largest
        self._file: IO[bytes] | None = path.open("xb")
        os.chmod(path, 0o600)
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, piece: bytes) -> None:
        if self._size // _LOOK_EVERY != (self._size + len(piece)) // _LOOK_EVERY and free_bytes() <= 0:
            raise UnableToTakeIn(_no_room())
        self._size += len(piece)
        if self._size > self._largest:
            raise UnableToTakeIn(_too_large(self._largest))
        assert self._file is not None
        self._file.write(piece)
        self._hash.update(piece)

    def finish(self) -> str:
        assert self._file is not None
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        return self._hash.hexdigest()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            self.path.unlink(missing_ok=True)


def free_bytes() -> int:
    """How much may still be stored before the reserve of free disk is touched; never below zero."""
    return max(0, shutil.disk_usage(settings.DATA).free - settings.FREE_DISK_BYTES)


def sweep_incoming() -> None:
    """Delete what a killed process left in the incoming folder."""
    before = time.time() - _LEFT_OVER
    for path in _incoming().iterdir():
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except FileNotFoundError:
            continue


def _incoming() -> Path:
    return Path(settings.FILE_UPLOAD_TEMP_DIR)


def _judged(request: HttpRequest | None, length: int) -> tuple[str, int]:
    """Tell why a form is not taken (empty: it is), and how large one of its files may be."""
    user = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    policy = getattr(match.func, "policy", None) if match is not None else None
    if user is None or not user.is_authenticated:
        return _("You may not upload files."), 0
    if policy is None or not policy.uploads or policy.right is None:
        return _("This form takes no files."), 0
    if not user.may(policy.right):
        return _("You may not upload files."), 0
    allowance = _ALLOWANCES.get(policy.right, _DOCUMENTS)
    if length > free_bytes():
        return _no_room(), 0
    return allowance.refusal(user, length), allowance.largest()


def _too_large(largest: int) -> str:
    return _("More than %(size)s at once is not taken. Make it smaller, or send it in parts. Nothing was stored.") % {
        "size": size(largest)
    }


def _no_room() -> str:
    return _("There is too little room left on the disk. Nothing was stored; tell whoever looks after this machine.")
