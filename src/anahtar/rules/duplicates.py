"""Two accounts that may be one firm: a suggestion, with what speaks for it. A person decides.

Names are compared in one spelling and without legal forms and trade words (A.Ş., Ltd. Şti., San. ve Tic., GmbH, OOO):
an ERP that has a firm twice seldom has it twice under the same spelling. Firms that differ in their legal form alone
are most often one that changed it, and sometimes two of one family: they score lower. Different tax numbers are
different firms, whatever their names.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import log10
from typing import Final

from anahtar.ledger.columns.folding import fold
from anahtar.words import Message, Share, say


class Kind(StrEnum):
    """What speaks for two accounts being one."""

    NAME = "name"
    TAX_NUMBER = "tax_number"
    SUCCESSOR = "successor"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two accounts that may be one.

    Parameters
    ----------
    kind
        What speaks for it.
    codes
        Of the two accounts; of a successor the one that stopped first.
    score
        How much speaks for it, from 0 to 1.
    evidence
        The same in sentences.
    """

    kind: Kind
    codes: tuple[str, str]
    score: float
    evidence: tuple[Message, ...]


SAME_TAX_NUMBER: Final = 0.95
SAME_NAME: Final = 0.8
SAME_BUT_FORM: Final = 0.5
"""Scores; a successor's is told by how seldom chance does the same (`successor`)."""

LEAST_DIGITS: Final = 8
"""Signs of a tax number worth comparing; shorter ones, and those of one digit repeated, are fillers."""


def suggest_duplicates(names: Mapping[str, str], tax_numbers: Mapping[str, str]) -> list[Suggestion]:
    """Suggest accounts that are one firm by their names or tax numbers.

    Accounts that share a name or number are paired in a row, each with the next, not each with every other: a
    thousand accounts called "cash sale" are a thousand pairs, and merging along the row brings all together.

    Parameters
    ----------
    names
        Code -> name; an account whose name is its code has none.
    tax_numbers
        Code -> tax number, of the accounts whose number is known.

    Returns
    -------
    list[Suggestion]
        By score, then by codes. A pair may be there twice, for its name and for its number.
    """
    numbers = {code: _number(number) for code, number in tax_numbers.items()}
    found = [*_same_numbers(numbers, names), *_same_names(names, numbers)]
    return sorted(found, key=lambda one: (-one.score, one.codes, one.kind))


# Tax numbers ----------------------------------------------------------------------------------------------------


def _number(text: str) -> str:
    """The signs of a tax number without blanks, dots and country; empty where it is a filler."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    bare = signs[2:] if signs[:2].isalpha() else signs
    return bare if len(bare) >= LEAST_DIGITS and len(set(bare)) > 1 else ""


def _same_numbers(numbers: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Suggestion]:
    for number, codes in _grouped({code: number for code, number in numbers.items() if number}).items():
        for pair in pairwise(sorted(codes)):
            said = [say("the same tax number: {number}", number=number), *_shared_by(len(codes))]
            yield Suggestion(Kind.TAX_NUMBER, pair, SAME_TAX_NUMBER, (*said, *_called(pair, names)))


def _called(pair: tuple[str, str], names: Mapping[str, str]) -> Iterator[Message]:
    first, second = (names.get(code, "") for code in pair)
    if first and second:
        yield say("called {first} and {second}", first=first, second=second)


# Names ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    Parameters
    ----------
    core
        Its words in one spelling, without legal form and without blanks; equal cores are the same name.
    form
        Its legal form, by a name of ours; empty where it has none.
    """

    core: str
    form: str

    @classmethod
    def of(cls, text: str) -> "Name":
        """Take a name apart."""
        words, form = fold(text).split(), ""
        while (cut := _ending(words)) is not None:
            words, form = words[: -cut[0]], form or cut[1]
        for beginning, said in _BEGINNINGS.items():
            if len(words) > 1 and words[0] == beginning:
                words, form = words[1:], form or said
        return cls("".join(word for word in words if word not in _JOINING), form)


def _ending(words: Sequence[str]) -> tuple[int, str] | None:
    """How many words at the end are a legal form, and which; None where the rest is the name itself."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if (form := _ENDINGS.get(tuple(words[-size:]))) is not None:
            return size, form
    # "Akın Ticaret" is another firm than "Akın Pazarlama": such words go only where two others are left.
    if len(words) > 2 and words[-1] in _TRADE:
        return 1, ""
    return None


def _spelled(forms: Mapping[str, Sequence[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(fold(text).split()): form for form, texts in forms.items() for text in texts}


_ENDINGS: Final = _spelled(
    {
        "AŞ": ("A.Ş.", "AŞ", "anonim şirketi", "anonim şti."),
        "Ltd": ("Ltd.", "Ltd. Şti.", "Ltdşti", "limited", "limited şirketi", "limited şti.", "şti.", "şirketi"),
        "KollŞti": ("koll. şti.", "kollektif şirketi"),
        "Inc": ("Inc.", "Corp.", "Co.", "incorporated", "corporation", "company", "PLC"),
        "LLC": ("LLC", "L.L.C."),
        "GmbH": ("GmbH", "mbH"),
        "AG": ("AG",),
        "KG": ("KG", "GmbH & Co. KG"),
        "SA": ("SA", "S.A.", "SAS", "SpA", "S.p.A."),
        "SARL": ("SARL", "SRL", "S.r.l.", "Sp. z o.o."),
        "BV": ("BV", "B.V.", "NV", "N.V."),
        "ООО": ("ООО",),
        "АО": ("АО", "ОАО", "ЗАО", "ПАО"),
        "ИП": ("ИП",),
    }
)
_LONGEST: Final = max(map(len, _ENDINGS))
_BEGINNINGS: Final = {words[0]: form for words, form in _ENDINGS.items() if form in ("ООО", "АО", "ИП")}
_JOINING: Final = frozenset({"ve", "and", "und", "et", "и"})
_TRADE: Final = frozenset(
    fold("San. sanayi sanayii Tic. ticaret ith. ihr. ithalat ihracat dış paz. pazarlama ve and").split()
)


def _same_names(names: Mapping[str, str], numbers: Mapping[str, str]) -> Iterator[Suggestion]:
    apart = {code: Name.of(name) for code, name in names.items() if name != code}
    for codes in _grouped({code: name.core for code, name in apart.items() if name.core}).values():
        # Those of one form side by side: they are the likeliest pairs.
        ordered = sorted(codes, key=lambda code: (apart[code].form, numbers.get(code, ""), code))
        for first, second in pairwise(ordered):
            if _differ(numbers.get(first), numbers.get(second)):
                continue
            same_form = not _differ(apart[first].form, apart[second].form)
            pair = (first, second) if first < second else (second, first)
            yield Suggestion(
                Kind.NAME,
                pair,
                SAME_NAME if same_form else SAME_BUT_FORM,
                (*_same_name_said(names[pair[0]], names[pair[1]], same_form=same_form), *_shared_by(len(codes))),
            )


def _same_name_said(first: str, second: str, *, same_form: bool) -> Iterator[Message]:
    if first == second:
        yield say("the same name: {name}", name=first)
        return
    yield say("the same name in another spelling: {first} and {second}", first=first, second=second)
    if not same_form:
        yield say("with another legal form: the firm may have changed it, or there are two")


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and not the same."""
    return bool(one and other and one != other)


def _shared_by(count: int) -> Iterator[Message]:
    if count > 2:
        yield say("{n} accounts share it", n=count)


def _grouped(keys: Mapping[str, str]) -> dict[str, list[str]]:
    """Codes by what they share; what only one has is left out."""
    found: dict[str, list[str]] = {}
    for code, key in keys.items():
        found.setdefault(key, []).append(code)
    return {key: codes for key, codes in found.items() if len(codes) > 1}


# Successors -----------------------------------------------------------------------------------------------------


def successor(
    *,
    codes: tuple[str, str],
    names: tuple[str, str],
    last: date,
    first: date,
    similarity: float,
    usual: float,
    by_chance: float,
) -> Suggestion:
    """Say what speaks for one account going on as another.

    Parameters
    ----------
    codes, names
        Of the account that stopped and of the new one.
    last, first
        Last purchase of the one, first of the other.
    similarity, usual
        How alike their baskets are, and what one in a hundred unrelated pairs reaches.
    by_chance
        How many new accounts would be as alike and begin as near by chance: a tenth of it scores a tenth more.
    """
    said = [
        say("{old} bought last on {last}, {new} first on {first}", old=names[0], last=last, new=names[1], first=first),
        say(
            "their baskets are alike by {similarity}; of unrelated accounts one pair in a hundred reaches {usual}",
            similarity=Share(similarity, 0),
            usual=Share(usual, 0),
        ),
    ]
    score = min(0.95, 0.5 - 0.1 * log10(max(by_chance, 1e-9)))
    one, other = (Name.of(name).core for name in names)
    if one and one == other:
        said.append(say("and they are called alike"))
        score = min(0.99, score + 0.15)
    return Suggestion(Kind.SUCCESSOR, codes, round(score, 2), tuple(said))
