"""Keeping files as they are at one moment: by a second name on the same disk, which costs neither time nor space."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

_NO_LINKS: Final = frozenset({errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})


def link_tree(source: Path, target: Path, *, leave_out: Callable[[Path], bool] = lambda _path: False) -> None:
    """Give every plain file below a folder a second name below another; what goes meanwhile is left out.

    The files must be ones that are replaced, never written into: then the second name keeps the old content.
    """
    if not source.is_dir():
        return
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if leave_out(path) or path.is_symlink():
            continue
        if path.is_dir():
            link_tree(path, target / path.name, leave_out=leave_out)
        elif not (target / path.name).exists():
            _link(path, target / path.name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(source, target)
