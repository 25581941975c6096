"""What a source file weighs and its SHA-256: of its bytes, or of the parts where the source is a folder."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import file_digest, sha256
from pathlib import Path


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def folder_sha256(folder: Path, parts: Iterable[Path]) -> str:
    """SHA-256 over the names below the folder and the digests of its parts, in the order of the names.

    The folder's own name is no part of it: the same parts in a copied folder are the same source.
    """
    whole = sha256()
    for name, part in sorted((part.relative_to(folder).as_posix(), part) for part in parts):
        whole.update(f"{name}\0{file_sha256(part)}\n".encode())
    return whole.hexdigest()


def weight_and_sha256(path: Path, parts_of: Callable[[Path], Sequence[Path]]) -> tuple[int, str]:
    """Bytes and SHA-256 of a source: of `path`, or of the parts below it where it is a folder."""
    if not path.is_dir():
        return path.stat().st_size, file_sha256(path)
    parts = parts_of(path)
    return sum(part.stat().st_size for part in parts), folder_sha256(path, parts)
