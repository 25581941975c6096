"""Criteria: what makes an account key in this company, as its people wrote it down.

A company decides for itself which of its customers are key. The criteria stand in a small file (TOML) that a head of
key accounts can read and change; without one the defaults below hold. `anahtar criteria` prints them.

Whom the defaults make key: every account with 10 % of the value, however large the base; and of a diversified base,
where nobody has that, its largest regular ones: class A, X or Y by regularity, among the 40 largest and among
those that together make no more than the upper border of the policy band; the account that would cross it stays out.
Without that bound a list of key accounts follows the
80 % line of the ABC analysis (1,178 of 4,372 customers of Online Retail), and a list nobody can look after is none.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

from anahtar.money import to_units
from anahtar.words import Message, Refusal, Words, say

Rule: TypeAlias = Literal["any", "all"]

_LINES: Final[tuple[tuple[str, Message | None], ...]] = (
    ("", say("What makes an account key. Shares are fractions: 0.10 is 10 %.")),
    ("", None),
    ('rule = "any"', say("any: one criterion is enough; all: every criterion that is on must be met")),
    ("", None),
    ("[share]", say("its part of the value (profit or revenue) of all accounts together")),
    ("on = true", None),
    ("least = 0.10", None),
    ("", None),
    ("[class]", say("its place in the ABC-XYZ matrix")),
    ("on = true", None),
    ('abc = ["A"]', None),
    ('xyz = ["X", "Y"]', None),
    ("", None),
    ("[trend]", say("its value against the same window a year earlier: 0.10 is 10 % more")),
    ("on = false", None),
    ("least = 0.10", None),
    ("", None),
    ("[tenure]", say("years since its first purchase")),
    ("on = false", None),
    ("least_years = 2", None),
    ("", None),
    ("[profit]", say("its profit in the window, in the ledger's currency")),
    ("on = false", None),
    ("least = 0", None),
    ("", None),
    ("[named]", say("codes that are key whatever the figures say")),
    ("accounts = []", None),
    ("", None),
    ("[bound]", say("only these may be key, unless by their share or by name")),
    ("largest = 40", say("so many of the largest accounts...")),
    ("together = 0.55", say("...and no more than make this share: the upper border of the policy band")),
    ("", None),
    ("[breadwinner]", say("a type: carries the company")),
    ("enters = 0.10", say("share from which an account is one")),
    ("leaves = 0.08", say("share below which it no longer is (no back and forth at one border)")),
    ("", None),
    ("[prospective]", say("a type: new or growing")),
    ("new_months = 12", say("first bought within so many months...")),
    ("percentile = 0.80", say("...and a year of its revenue is beyond this part of the accounts")),
    ("growth = 0.30", say("or: the last six months against the six before")),
)
"""The default file, line by line: what the program reads, and what it says about it to a person."""


def default_file(words: Words) -> str:
    """The defaults as a file, its comments in the reader's language.

    What `Criteria()` holds, to be saved, edited and given to `--criteria`; read, it is the same in every language.
    """
    return "".join(_written(line, words(comment) if comment else "") for line, comment in _LINES)


def _written(line: str, comment: str) -> str:
    return (f"{line:<24}# {comment}" if line and comment else f"# {comment}" if comment else line) + "\n"


DEFAULT_FILE: Final = default_file(Words("en"))
"""The default file in English; of this one the keys are read that a file does not mention."""

_ABC: Final = ("A", "B", "C")
_XYZ: Final = ("X", "Y", "Z", "new", "one_off")


@dataclass(frozen=True, slots=True)
class Criteria:
    """What makes an account key; None switches a criterion off.

    Parameters
    ----------
    rule
        Whether one criterion is enough (`any`) or all that are on must be met (`all`).
    share_least
        Least share of the value of all accounts.
    classes
        ABC and XYZ classes that count, both at once.
    trend_least
        Least change of the value against the same window a year earlier.
    tenure_least_years
        Least years since the first purchase.
    profit_least
        Least profit of the window, in money units.
    named
        Codes that are key whatever the figures say.
    largest, together
        Who may be key at all, other than by share or by name: the so many largest accounts, and of those the ones
        that make no more than this share, themselves and all larger ones counted.
    breadwinner_enters, breadwinner_leaves
        Shares from which an account is a breadwinner, and below which one stops being it.
    prospective_months, prospective_percentile, prospective_growth
        How young a new account is, how large its year must be among the accounts, how much a growing one grows.
    """

    rule: Rule = "any"
    share_least: float | None = 0.10
    classes: tuple[frozenset[str], frozenset[str]] | None = (frozenset("A"), frozenset("XY"))
    trend_least: float | None = None
    tenure_least_years: float | None = None
    profit_least: int | None = None
    named: frozenset[str] = field(default_factory=frozenset)
    largest: int = 40
    together: float = 0.55
    breadwinner_enters: float = 0.10
    breadwinner_leaves: float = 0.08
    prospective_months: int = 12
    prospective_percentile: float = 0.80
    prospective_growth: float = 0.30


class UnableToReadCriteria(Refusal):
    """The criteria file says something that cannot be meant; it names the file, the key and what may stand there."""

    def __init__(self, path: Path, reason: Message) -> None:
        super().__init__(
            say(
                "{path}: {reason}. `anahtar criteria` prints a file that works.",
                path=str(path),
                reason=reason,
            )
        )
        self.path = path


def read_criteria(path: str | Path) -> Criteria:
    """Read a criteria file; what it does not mention keeps its default.

    Raises
    ------
    UnableToReadCriteria
        Where the file is missing or no TOML, a key is unknown, or a value is of the wrong kind or out of range.
    """
    file = Path(path)
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnableToReadCriteria(file, say("cannot be opened ({reason})", reason=error.strerror or "")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnableToReadCriteria(file, say("is no TOML file ({reason})", reason=str(error))) from error
    return _Reader(file, tables, tomllib.loads(DEFAULT_FILE)).criteria()


@dataclass(frozen=True, slots=True)
class _Reader:
    """One file on its way to criteria, laid over the default file: one list of keys, no second truth."""

    path: Path
    said: Mapping[str, Any]
    defaults: Mapping[str, Any]

    def criteria(self) -> Criteria:
        self._refuse_unknown()
        profit = self._on("profit")
        return Criteria(
            rule=cast(Rule, self._word("rule", ("any", "all"))),
            share_least=self._fraction("share.least") if self._on("share") else None,
            classes=self._classes() if self._on("class") else None,
            trend_least=self._number("trend.least") if self._on("trend") else None,
            tenure_least_years=self._number("tenure.least_years", least=0) if self._on("tenure") else None,
            profit_least=self._units("profit.least") if profit else None,
            named=frozenset(self._words("named.accounts")),
            largest=self._count("bound.largest"),
            together=self._fraction("bound.together"),
            breadwinner_enters=self._fraction("breadwinner.enters"),
            breadwinner_leaves=self._breadwinner_leaves(),
            prospective_months=self._count("prospective.new_months"),
            prospective_percentile=self._fraction("prospective.percentile"),
            prospective_growth=self._number("prospective.growth", least=0),
        )

    def _refuse_unknown(self) -> None:
        for name, value in self.said.items():
            self._refuse_unless_known(name, name, self.defaults)
            if isinstance(self.defaults[name], dict):
                if not isinstance(value, dict):
                    raise self._wrong(name, say("is a table: [{name}]", name=name))
                for key in value:
                    self._refuse_unless_known(f"{name}.{key}", key, self.defaults[name])

    def _refuse_unless_known(self, place: str, key: str, known: Mapping[str, Any]) -> None:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            meant = ", ".join(near or known)
            raise self._wrong(place, say("is no key of this file; known here: {known}", known=meant))

    def _wrong(self, key: str, reason: Message) -> UnableToReadCriteria:
        return UnableToReadCriteria(self.path, say("{key} {reason}", key=key, reason=reason))

    def _value(self, place: str) -> Any:  # TOML values are checked by the readers below
        table, _, key = place.rpartition(".")
        if not table:
            return self.said.get(key, self.defaults[key])
        return self.said.get(table, {}).get(key, self.defaults[table][key])

    def _on(self, table: str) -> bool:
        value = self._value(f"{table}.on")
        if not isinstance(value, bool):
            raise self._wrong(f"{table}.on", say("must be true or false"))
        return value

    def _number(self, place: str, *, least: float | None = None) -> float:
        value = self._value(place)
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise self._wrong(place, say("must be a number"))
        if least is not None and value < least:
            raise self._wrong(place, say("must be at least {least}", least=str(least)))
        return float(value)

    def _fraction(self, place: str) -> float:
        value = self._number(place)
        if not 0 < value <= 1:
            raise self._wrong(place, say("must be a fraction above 0 and up to 1: 0.10 is 10 %"))
        return value

    def _count(self, place: str) -> int:
        value = self._value(place)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self._wrong(place, say("must be a whole number, 1 or more"))
        return value

    def _units(self, place: str) -> int:
        value = self._value(place)
        try:
            if isinstance(value, bool):
                raise InvalidOperation
            return to_units(Decimal(str(value)))
        except InvalidOperation:
            raise self._wrong(place, say("must be an amount, like 10000 or 10000.50")) from None

    def _word(self, place: str, allowed: Sequence[str]) -> str:
        value = self._value(place)
        if value not in allowed:
            raise self._wrong(place, say("must be one of: {allowed}", allowed=", ".join(allowed)))
        return str(value)

    def _words(self, place: str) -> list[str]:
        value = self._value(place)
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            # A code like 0042 written without quotes would come back as the number 42: another customer.
            raise self._wrong(place, say('must be a list of texts in quotes: ["A-17", "0042"]'))
        return value

    def _classes(self) -> tuple[frozenset[str], frozenset[str]]:
        return self._letters("class.abc", _ABC), self._letters("class.xyz", _XYZ)

    def _letters(self, place: str, allowed: Sequence[str]) -> frozenset[str]:
        found = self._words(place)
        if not found or not set(found) <= set(allowed):
            raise self._wrong(place, say("must list some of: {allowed}", allowed=", ".join(allowed)))
        return frozenset(found)

    def _breadwinner_leaves(self) -> float:
        leaves, enters = self._fraction("breadwinner.leaves"), self._fraction("breadwinner.enters")
        if leaves > enters:
            raise self._wrong("breadwinner.leaves", say("must not be above breadwinner.enters"))
        return leaves
