"""Writing so that a power cut leaves the old state or the new one, never a mixture.

A rename is atomic, but neither it nor the bytes before it are on the disk until the file *and* its folder are
synced; leaving either out loses acknowledged work without any error.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Write or replace a file: a reader sees the old bytes or the new ones."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    sync(path.parent)


def move_folder(source: Path, target: Path) -> None:
    """Move a folder with everything in it to disk, under a name that does not exist yet.

    From another disk it is copied, so that a kill can leave a part of it under the new name; then the caller's name
    must say that it is not finished.
    """
    if source.stat().st_dev == target.parent.stat().st_dev:
        _sync_all(source)
        os.rename(source, target)
        sync(source.parent)
    else:
        shutil.copytree(source, target)
        _sync_all(target)
    sync(target.parent)


def copy_folder(source: Path, target: Path) -> None:
    """Give a folder with everything in it a second name, which does not exist yet, and have the disk hold it.

    Where the disk can, the files get another name and no byte is written; a kill can leave a part of the new folder.
    """
    shutil.copytree(source, target, copy_function=_link)
    _sync_all(target)
    sync(target.parent)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copyfile(source, target)


def is_unfinished(path: Path) -> bool:
    """Whether a file is what a killed process left of `write_file`."""
    return path.name.startswith(".") and path.name.endswith(".unfinished")


def delete(path: Path) -> None:
    """Delete a file or a folder with everything in it; somebody else may be deleting it at the same time."""
    while os.path.lexists(path):
        # What is gone between looking and deleting is what was wanted; the rest is looked at again.
        with suppress(FileNotFoundError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    sync(path.parent)


def _sync_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Have the disk, not only the operating system, hold a file or folder."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
