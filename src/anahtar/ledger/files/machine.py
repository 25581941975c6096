"""What the machine refuses while files are read (a full disk above all): its fault, not the file's."""

import errno
from pathlib import Path
from typing import Final

from anahtar.words import Message, Refusal, say

NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})

_REASONS: Final[dict[int, Message]] = {
    errno.EFBIG: say("the system allows no file as large as this one becomes"),
    errno.EROFS: say("nothing may be written there"),
    errno.EACCES: say("it may not be read or written, or another program holds it open"),
    errno.EPERM: say("it may not be read or written, or another program holds it open"),
    errno.ENOENT: say("it is not there"),
    errno.ENOTDIR: say("it is not there"),
    errno.EISDIR: say("it is a folder"),
    errno.EMFILE: say("too many files are open"),
    errno.ENFILE: say("too many files are open"),
    errno.EIO: say("the disk does not give or take its bytes"),
}


class RefusedByMachine(Refusal):
    """The disk is full, a file may not be read or written: the ledger's text is not to blame.

    Parameters
    ----------
    error
        What the system said; it has a number.
    folder
        Where the batch was being written.
    """

    def __init__(self, error: OSError, folder: Path) -> None:
        super().__init__(_no_space(folder) if error.errno in NO_SPACE else _refused(error, folder))


def _no_space(folder: Path) -> Message:
    return say(
        "There is no space left in {folder}. Free some, or name a folder on another disk with --out.",
        folder=str(_visible(folder)),
    )


def _refused(error: OSError, folder: Path) -> Message:
    return say("{file}: {reason}.", file=str(error.filename or _visible(folder)), reason=reason_of(error))


def _visible(folder: Path) -> Path:
    """The folder a person named: the hidden ones below it are ours, and gone when the message is read."""
    hidden = next((level for level in [*folder.parents][::-1] if level.name.startswith(".")), None)
    return folder if hidden is None else hidden.parent


def reason_of(error: OSError) -> Message | str:
    """Why, by the number the system gives; what is rare is told in the system's own words."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
