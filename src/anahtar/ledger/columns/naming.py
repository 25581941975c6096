"""How a person names a column: by its header, or by its letter or number in brackets."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from anahtar.ledger.columns.folding import fold

_IN_BRACKETS: Final = re.compile(r"\[\s*(?:(\d{1,5})|([A-Za-z]{1,3}))\s*\]")


def letter(index: int) -> str:
    """The letter of a column as workbooks write it, from index 0: A, B, … Z, AA."""
    letters = ""
    left = index + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_name(header: Sequence[str], index: int) -> str:
    """What a mapping calls a column: its header, or `[C]` where the header is empty or stands over several columns."""
    name = header[index]
    return name if name.strip() and positions(header, name) == [index] else _place(index)


def column_names(header: Sequence[str]) -> list[str]:
    """`column_name` of every column, without comparing each header with all others."""
    texts = [text.strip() for text in header]
    counts = Counter(texts)
    return [
        header[index] if text and counts[text] == 1 and _in_brackets(header, text) in ([], [index]) else _place(index)
        for index, text in enumerate(texts)
    ]


def _place(index: int) -> str:
    return f"[{letter(index)}]"


def positions(header: Sequence[str], name: str) -> list[int]:
    """Which columns a name means, by index: none, one, or several where the header repeats.

    `[C]` and `[3]` are always a place; then the header as it stands wins over its folded spelling (`net tutar` for
    `NET TUTAR`).
    """
    wanted = name.strip()
    exact = [index for index, text in enumerate(header) if wanted and text.strip() == wanted]
    key = fold(name)
    folded = [index for index, text in enumerate(header) if key and fold(text) == key]
    return _in_brackets(header, wanted) or exact or folded


def _in_brackets(header: Sequence[str], name: str) -> list[int]:
    found = _IN_BRACKETS.fullmatch(name)
    if found is None:
        return []
    number, letters = found.groups()
    index = int(number) - 1 if number else _index(letters)
    return [index] if 0 <= index < len(header) else []


def _index(letters: str) -> int:
    index = 0
    for sign in letters.upper():
        index = index * 26 + ord(sign) - ord("A") + 1
    return index - 1
