"""The walls a process puts around itself before it touches a file somebody uploaded.

Called first thing in the child, while it has one thread and before anything large is imported.
"""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000
_DIE_WITH_PARENT: Final = 1
_NO_NEW_PRIVILEGES: Final = 38


def close_in(limits: Mapping[str, int]) -> None:
    """Set the limits of memory, time and files, and give up what parsing does not need."""
    _limit(resource.RLIMIT_AS, limits["memory"])
    # At the hard limit the kernel kills at once, which looks like any other kill: the soft one comes first and tells.
    _limit(resource.RLIMIT_CPU, limits["cpu"], hard=limits["cpu"] + 5)
    _limit(resource.RLIMIT_NOFILE, limits["files"])
    _limit(resource.RLIMIT_CORE, 0)
    # SIGXCPU would be ignored by nobody, but its default action is to write a core file: end quietly instead.
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    _first_to_go()


def _limit(which: int, value: int, *, hard: int | None = None) -> None:
    _, highest = resource.getrlimit(which)
    wanted = value if hard is None else hard
    allowed = wanted if highest == resource.RLIM_INFINITY else min(wanted, highest)
    resource.setrlimit(which, (min(value, allowed), allowed))


def _first_to_go() -> None:
    """When the machine runs out of memory, the child goes before the server that started it."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")


def leave_network() -> bool:
    """Leave the machine's network for an empty one; False where the kernel does not let us."""
    if not sys.platform.startswith("linux"):
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if kernel.unshare(_NEW_USER | _NEW_NETWORK) == 0:
        return True
    return bool(kernel.unshare(_NEW_NETWORK) == 0)


def die_with_parent(parent: int) -> None:
    """Ask to be killed when the parent dies, so that no reader is left behind."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # it died before we asked
