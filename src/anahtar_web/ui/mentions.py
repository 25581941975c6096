"""Where a text names somebody: by whole name, in parts, by mail or phone; found folded, told in letters of the text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from anahtar_web.ui.text import fold

_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = re.compile(r"[\W_]{1,3}")
_PHONE: Final = re.compile(r"\+?\d[\d\s()./\-]{4,}\d")
_SHORTEST_PHONE: Final = 7
_LONGEST_PHONE: Final = 10
"""Digits that tell a phone from another: the same one is written with and without its country."""
_SHORTEST_PART: Final = 3
_SHORTEST_STEM: Final = 4
_LONGEST_SUFFIX: Final = 4
"""Letters that a case may add without an apostrophe (Ayşe, Ayşenin)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text.

    Parameters
    ----------
    start, end
        In letters of the text.
    words
        The folded words of the name that stand there; empty: an address.
    sure
        Whether it can be nobody of another name.
    """

    start: int
    end: int
    words: tuple[str, ...]
    sure: bool


def words_of_name(name: str) -> tuple[str, ...]:
    """Give the folded words of a name."""
    return tuple(_WORD.findall(fold(name)))


class Named:
    """How one person may be named.

    Parameters
    ----------
    names
        All names they have had.
    addresses
        Mail and web addresses.
    phones
        In any form.
    """

    def __init__(self, names: Iterable[str], addresses: Iterable[str] = (), phones: Iterable[str] = ()) -> None:
        found = {words for name in names if (words := words_of_name(name))}
        self._whole = sorted({order for words in found if len(words) > 1 for order in _orders(words)})
        self._initials = {(words[0][0], words[-1]) for words in found if len(words) > 1}
        self._initials |= {(words[0], words[-1]) for words in found if len(words) > 2}
        self._parts = {word for words in found for word in words if len(word) >= _SHORTEST_PART}
        self._addresses = sorted({fold(address.strip()) for address in addresses if address.strip()})
        digits = {"".join(filter(str.isdigit, phone))[-_LONGEST_PHONE:] for phone in phones}
        self._phones = {one for one in digits if len(one) >= _SHORTEST_PHONE}
        self._last = {words[-1] for words in found}

    def may_stand_in(self, folded: str) -> bool:
        """Whether it is worth looking into a folded text; phones are not asked about."""
        return any(last in folded for last in self._last) or any(address in folded for address in self._addresses)

    def find(self, text: str, *, parts: bool = False) -> list[Mention]:
        """Find every place, none over another; with `parts` also first and last names alone."""
        folded = fold(text)
        quick = self._parts | self._last if parts else self._last
        hits: list[Mention] = []
        if any(part in folded for part in quick) or any(address in folded for address in self._addresses):
            letters, origins = _with_origins(text)
            hits += self._addressed(letters, origins)
            words = [(one.group(), one.start(), one.end()) for one in _WORD.finditer(letters)]
            hits += _told(self._in_words(words, letters, parts=parts), origins)
        if self._phones:
            hits += self._called(text)
        return _apart(hits)

    def _addressed(self, letters: str, origins: Sequence[int]) -> Iterator[Mention]:
        for address in self._addresses:
            for one in re.finditer(rf"(?<![\w.+\-]){re.escape(address)}(?![\w@\-]|\.\w)", letters):
                yield Mention(origins[one.start()], origins[one.end() - 1] + 1, (), sure=True)

    def _called(self, text: str) -> Iterator[Mention]:
        for one in _PHONE.finditer(text):
            if "".join(filter(str.isdigit, one.group()))[-_LONGEST_PHONE:] in self._phones:
                yield Mention(one.start(), one.end(), (), sure=True)

    def _in_words(self, words: Sequence[tuple[str, int, int]], letters: str, *, parts: bool) -> Iterator[Mention]:
        joined = [
            after[1] > before[2] and _BETWEEN.fullmatch(letters, before[2], after[1]) is not None
            for before, after in pairwise(words)
        ]
        for at, (word, start, _end) in enumerate(words):
            for order in self._whole:
                last = at + len(order) - 1
                if last >= len(words) or not all(joined[at:last]):
                    continue
                there = tuple(one[0] for one in words[at : last + 1])
                if there == order:
                    yield Mention(start, words[last][2], order, sure=True)
                elif there[:-1] == order[:-1] and _is_stem(order[-1], there[-1]):
                    yield Mention(start, words[last][1] + len(order[-1]), order, sure=False)
            if at + 1 < len(words) and joined[at] and (word, words[at + 1][0]) in self._initials:
                yield Mention(start, words[at + 1][2], (word, words[at + 1][0]), sure=False)
            if parts:
                part = next((part for part in self._parts if part == word or _is_stem(part, word)), None)
                if part:
                    yield Mention(start, start + len(part), (part,), sure=False)


def _orders(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    yield (words[-1], *words[:-1])


def _is_stem(part: str, word: str) -> bool:
    return len(part) >= _SHORTEST_STEM and word.startswith(part) and 0 < len(word) - len(part) <= _LONGEST_SUFFIX


def _with_origins(text: str) -> tuple[str, list[int]]:
    """Fold a text, and say of each letter where it is from: folding makes two of one (ß) and none of a mark."""
    folded, origins = [], []
    for at, letter in enumerate(text):
        part = fold(letter)
        folded.append(part)
        origins += [at] * len(part)
    return "".join(folded), origins


def _told(mentions: Iterable[Mention], origins: Sequence[int]) -> Iterator[Mention]:
    for one in mentions:
        yield Mention(origins[one.start], origins[one.end - 1] + 1, one.words, one.sure)


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Leave out what stands within another: what is sure goes before what is not, what is longer before the rest."""
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda one: (not one.sure, one.start - one.end, one.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def replace(text: str, mentions: Iterable[Mention], word: Callable[[Mention], str]) -> str:
    """Put a word where somebody is named."""
    for one in sorted(mentions, key=lambda one: -one.start):
        text = text[: one.start] + word(one) + text[one.end :]
    return text
