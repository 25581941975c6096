"""What a document is called: its name without a way to it, without signs that hide something, with a fitting ending."""

import re
import unicodedata
from typing import Final

from anahtar_web.files.kinds import Kind

_LONGEST: Final = 200
_FORBIDDEN: Final = re.compile(r'[<>:"|?*%;`]')


def clean_name(name: str, kind: Kind) -> str:
    """Give the name under which a file is kept.

    `teklif‮fdp.exe` looks like `teklifexe.pdf` on a screen: marks of direction and other signs that nobody sees go.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    plain = " ".join(_FORBIDDEN.sub("_", shown).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    if ending.lower() not in kind.endings:
        # What follows the last dot is part of the name where it is no ending of its own ("Teklif 3.2").
        stem = stem if ending.isalnum() and 0 < len(ending) <= 5 and not ending.isdecimal() else plain
        ending = kind.endings[0]
    return f"{(stem.strip('. ') or 'document')[:_LONGEST]}.{ending.lower()}"
