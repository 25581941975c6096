"""What stands in a ZIP, by name: its list is read, nothing of its content is unpacked."""

import zipfile
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused

_END: Final = b"PK\x05\x06"
_LONGEST_LIST: Final = 4 << 20
"""Bytes of the list of a ZIP: some ten thousand names. A longer one is made to fill our memory."""


class UnableToList(Refused):
    """The ZIP is damaged, or made to do harm."""

    def __init__(self) -> None:
        super().__init__(_("The file is damaged, or holds too many parts. Pack it anew and try again."))


def ends_as_zip(tail: bytes) -> bool:
    """Whether a file ends like a ZIP, so that a reader of ZIPs opens it."""
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        return False
    return int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail) - at - 22


def names_of(path: Path) -> list[str]:
    """List the names in a ZIP.

    Raises
    ------
    UnableToList
        There is no list, or one that is longer than that of any document.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16) - 22))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22 or int.from_bytes(tail[at + 12 : at + 16], "little") > _LONGEST_LIST:
        raise UnableToList
    try:
        with zipfile.ZipFile(path) as opened:
            return opened.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise UnableToList from error
