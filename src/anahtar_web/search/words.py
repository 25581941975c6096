"""Words as they are searched: folded, nothing but letters and digits, so that both databases take them for the same."""

import re
from dataclasses import dataclass
from typing import Final

from anahtar_web.ui.text import fold

MOST_WORDS: Final = 8
_LONGEST_WORD: Final = 40
_WORD: Final = re.compile(r"[^\W_]+")
_AROUND: Final = 90
"""Letters shown before and after a hit."""


def words_of(text: str) -> list[str]:
    """Give the folded words of a text."""
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text))]


def asked(text: str) -> list[str]:
    """Give the words somebody asks for: each once, the first few."""
    return list(dict.fromkeys(words_of(text)))[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a snippet; `hit`: it is what was asked for."""

    text: str
    hit: bool = False


def snippet(text: str, words: list[str], *, around: int = _AROUND) -> list[Part]:
    """Cut a text around its first hit, in its own letters, every hit marked; without a hit from its start."""
    hits = _hits(text, words)
    first = hits[0][0] if hits else 0
    start, end = _edges(text, max(0, first - around), min(len(text), first + 2 * around))
    parts, at = [Part("… ")] if start else [], start
    for begin, stop in hits:
        if begin < at or stop > end:
            continue
        parts += [Part(text[at:begin]), Part(text[begin:stop], hit=True)]
        at = stop
    parts.append(Part(text[at:end] + (" …" if end < len(text) else "")))
    return [part for part in parts if part.text]


def marked(text: str, words: list[str]) -> list[Part]:
    """Give a whole text with every hit marked."""
    return snippet(text, words, around=len(text))


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends to blanks, so that no word is cut."""
    if start:
        start = max(text.find(" ", start - 1) + 1, 0) if " " in text[start - 1 : start + 30] else start
    if end < len(text):
        cut = text.rfind(" ", start, end + 1)
        end = cut if cut > start + 1 else end
    return start, end


def _hits(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Find where words begin with what was asked for: letters of the text, not of its folded form.

    Folding makes two letters of one (ß, ﬁ) and none of another (a mark): each folded letter remembers where it is from.
    """
    folded, origins = [], []
    for at, letter in enumerate(text):
        part = fold(letter)
        folded.append(part)
        origins += [at] * len(part)
    origins.append(len(text))
    found = []
    for word in _WORD.finditer("".join(folded)):
        longest = max((len(asked) for asked in words if word.group().startswith(asked)), default=0)
        if longest:
            found.append((origins[word.start()], origins[word.start() + longest - 1] + 1))
    return found
