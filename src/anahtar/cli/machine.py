"""What the machine refuses (a full disk, a folder one may not write into), said like any other refusal."""

import errno
from typing import Final

from anahtar.words import Message, say

REASONS: Final[dict[int, Message]] = {
    errno.ENOSPC: say("no space is left on the disk"),
    errno.EDQUOT: say("no space is left on the disk"),
    errno.EROFS: say("nothing may be written there"),
    errno.EACCES: say("it may not be read or written, or another program holds it open"),
    errno.EPERM: say("it may not be read or written, or another program holds it open"),
    errno.ENOENT: say("it is not there"),
    errno.ENOTDIR: say("it is not there"),
    errno.EISDIR: say("it is a folder"),
}
"""By the number the operating system gives; others are told in its own words."""


def refused_by_machine(error: OSError) -> Message:
    """Say which file, and why not."""
    reason = REASONS.get(error.errno or 0, error.strerror or str(error))
    if error.filename is None:
        return say("The machine refused: {reason}.", reason=reason)
    return say("{file}: {reason}.", file=str(error.filename), reason=reason)
