"""The passphrase of a sealed backup comes from a file: on the command line everybody on the machine could read it."""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused

_SHORTEST: Final = 12


class UnableToReadPassphrase(Refused):
    """The file is not there, or what stands in it protects nothing."""


def passphrase_in(path: Path | None) -> str:
    """Read the first line of a file; empty where no file is named.

    Raises
    ------
    UnableToReadPassphrase
        It cannot be read or is too short.
    """
    if path is None:
        return ""
    try:
        first = path.read_text(encoding="utf-8").strip("\n").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        raise UnableToReadPassphrase(
            _("The passphrase cannot be read from %(path)s: %(reason)s") % {"path": path, "reason": error}
        ) from error
    if len(first) < _SHORTEST:
        raise UnableToReadPassphrase(
            _("The passphrase in %(path)s has fewer than %(n)s characters; that protects nothing.")
            % {"path": path, "n": _SHORTEST}
        )
    return first
