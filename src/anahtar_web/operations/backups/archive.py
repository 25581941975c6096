"""The file of a backup: a tar of plain files, packed with zstd, sealed where there is a passphrase.

Without a passphrase `tar --zstd -xf` opens it on any machine.
"""

import hashlib
import io
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import pyarrow as pa
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.operations.backups.manifest import Member
from anahtar_web.operations.backups.sealing import MAGIC, BrokenSeal, OpeningReader, SealingWriter, WrongPassphrase

_PIECE: Final = 1 << 20


class UnableToOpenBackup(Refused):
    """The file is no backup, or not the whole one, or not as it was written."""


def broken(why: str) -> UnableToOpenBackup:
    """Make the refusal of a file that is not what was written."""
    return UnableToOpenBackup(_("This is no whole, unchanged backup (%(why)s). Nothing was restored.") % {"why": why})


class ArchiveWriter:
    """Writes members and remembers the SHA-256 of each."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, Member] = {}

    def add_file(self, name: str, path: Path) -> None:
        """Put a file in."""
        with path.open("rb") as file:
            size, hashed = _size(file), _Hashing(file)
            self._put(name, size, hashed)
        self.members[name] = Member(size, hashed.digest())

    def add_bytes(self, name: str, content: bytes) -> None:
        """Put some bytes in."""
        self._put(name, len(content), io.BytesIO(content))

    def _put(self, name: str, size: int, source: Any) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, source)


def _size(file: IO[bytes]) -> int:
    end = file.seek(0, io.SEEK_END)
    file.seek(0)
    return end


class _Hashing:
    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        content = self._file.read(size)
        self._hash.update(content)
        return content

    def digest(self) -> str:
        return self._hash.hexdigest()


class _Plain:
    """A file that stays open when the stream written into it is closed: it has to be synced first."""

    def __init__(self, to: IO[bytes]) -> None:
        self.write, self.flush = to.write, to.flush
        self.closed = False

    def close(self) -> None:
        self.closed = True


@contextmanager
def writing(to: IO[bytes], passphrase: str) -> Iterator[ArchiveWriter]:
    """Write an archive into an open file; it is whole only when the block has ended without an exception."""
    sink = SealingWriter(to, passphrase) if passphrase else _Plain(to)
    packed = pa.CompressedOutputStream(pa.PythonFile(sink, "w"), "zstd")
    with tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        yield ArchiveWriter(tar)
    packed.close()
    sink.close()


@contextmanager
def reading(path: Path, passphrase: str) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Give the members of an archive, in their order, each to be read before the next.

    Raises
    ------
    UnableToOpenBackup
        It cannot be read, or the passphrase is missing or wrong.
    """
    with ExitStack() as opened:
        try:
            file = opened.enter_context(path.open("rb"))
            source: Any = _unsealed(file, passphrase)
            packed = opened.enter_context(pa.CompressedInputStream(pa.PythonFile(source, "r"), "zstd"))
            tar = opened.enter_context(tarfile.open(fileobj=packed, mode="r|"))
            yield _members(tar)
        except FileNotFoundError as error:
            raise UnableToOpenBackup(_("%(path)s is not there.") % {"path": path}) from error
        except WrongPassphrase as error:
            raise UnableToOpenBackup(_("The passphrase does not open this backup.")) from error
        except (tarfile.TarError, BrokenSeal, EOFError, OSError, pa.ArrowException) as error:
            raise broken(str(error)) from error


def _unsealed(file: IO[bytes], passphrase: str) -> IO[bytes] | OpeningReader:
    sealed = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    if not sealed:
        return file
    if not passphrase:
        raise UnableToOpenBackup(_("This backup is sealed. Give its passphrase: --passphrase-file FILE"))
    return OpeningReader(file, passphrase)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for entry in tar:
        if not entry.isreg() or not _is_plain(entry.name):
            raise broken(_("it holds something that is no plain file: %(name)s") % {"name": entry.name[:80]})
        content = tar.extractfile(entry)
        assert content is not None  # a regular file has content
        yield entry.name, content


def _is_plain(name: str) -> bool:
    """Whether a name stays below the folder it is unpacked into."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and str(path) == name


def copy_hashed(source: IO[bytes], to: Path) -> Member:
    """Write a member to the disk; gives its size and SHA-256 as they were read."""
    digest, size = hashlib.sha256(), 0
    with to.open("xb") as file:
        while piece := source.read(_PIECE):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return Member(size, digest.hexdigest())
