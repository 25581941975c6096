"""Sentences that are said later, in the reader's language.

The core decides *what* is said and with which values (`say`); the command line, the report or a page decides
the language (`Words`). So a problem found while reading keeps its numbers, and every surface prints them the
way its reader writes numbers.
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from anahtar.money import Money, to_decimal

Language: TypeAlias = Literal["tr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

MINUS: Final = "\N{MINUS SIGN}"
"""The sign of what is below zero wherever a person reads; files for programs keep the hyphen."""

_LOCALES = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction of one, said as a percentage: 0.134 is 13.4 % (en) or %13,4 (tr)."""

    fraction: float
    places: int = 1


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, said in words: March 2025, Mart 2025."""

    year: int
    month: int


Value: TypeAlias = "str | int | float | Decimal | date | Money | Share | Month | Message"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the source language (English) and the values that go into its `{names}`."""

    text: str
    plural: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return Words("en")(self)


def say(text: str, plural: str | None = None, /, **values: Value) -> Message:
    """Mark a sentence for translation and remember its values.

    Parameters
    ----------
    text
        The English sentence, a literal (the translators' tool reads the source code), with `{names}`.
    plural
        The same sentence for `n` other than one; then `n=` must be among the values.
    **values
        What goes into the names. Money, shares, dates and numbers are written by the reader's language.
    """
    return Message(text, plural, values)


class Refusal(Exception):
    """Base of every refusal the core says out loud: a sentence fit for a user, with what to do about it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Words:
    """One language: says messages, numbers, money and dates the way its readers write them.

    The catalogues are one `.po` file per room of the package (ledger, metrics, rules, report, cli), merged here.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._locale = Locale(language)

    @cached_property
    def _catalogue(self) -> gettext.NullTranslations:
        merged: gettext.NullTranslations = gettext.NullTranslations()
        for compiled in sorted((_LOCALES / self.language / "LC_MESSAGES").glob("*.mo")):
            with compiled.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)
            catalogue.add_fallback(merged)
            merged = catalogue
        return merged

    def __call__(self, message: Message | str) -> str:
        """Say a message; a plain string is translated as it stands."""
        if isinstance(message, str):
            return self._catalogue.gettext(message) if message else ""
        if message.plural is None:
            text = self._catalogue.gettext(message.text)
        else:
            n = message.values["n"]
            text = self._catalogue.ngettext(message.text, message.plural, n if isinstance(n, int) else 2)
        return text.format_map({name: self.value(value) for name, value in message.values.items()})

    def value(self, value: Value) -> str:
        """Write one value by its kind."""
        match value:
            case Message():
                return self(value)
            case Money():
                return self.money(value)
            case Share():
                return self.share(value.fraction, value.places)
            case Month():
                return self.month(value)
            case date():
                return self.day(value)
            case str():
                return value
            case bool():
                return str(value)
            case int():
                return self.number(value)
            case float():
                return self.number(value, places=2)
            case Decimal():
                exponent = value.as_tuple().exponent
                return self.number(value, places=max(0, -exponent) if isinstance(exponent, int) else 0)
        raise TypeError(f"no way to say {value!r}")

    def number(self, number: float | Decimal, *, places: int = 0) -> str:
        """Write a number with the language's signs and exactly `places` decimals; a minus, no hyphen, below zero."""
        quantum = Decimal(1).scaleb(-places)
        # Adding zero drops the sign of a rounded -0.004: nothing is lost there, and "−0" reads like a loss.
        rounded = Decimal(str(number)).quantize(quantum, ROUND_HALF_UP) + 0
        return f"{rounded:,.{places}f}".translate(self._signs)

    @cached_property
    def _signs(self) -> dict[int, str]:
        """From Python's signs to the language's; Babel's own pattern costs ten times as much, cell by cell."""
        group, decimal = get_group_symbol(self._locale), get_decimal_symbol(self._locale)
        return str.maketrans({",": group, ".": decimal, "-": MINUS})

    def money(self, money: Money, *, places: int = 2) -> str:
        """Write an amount, its currency code behind it: 1.234,56 TRY."""
        return self.number(to_decimal(money.units), places=places) + (f" {money.currency}" if money.currency else "")

    def share(self, fraction: float, places: int = 1) -> str:
        """Write a fraction as a percentage: 13.4 % in English, %13,4 in Turkish."""
        number = self.number(Decimal(str(fraction)) * 100, places=places)
        if self.language == "tr":
            return f"{MINUS}%{number[1:]}" if number.startswith(MINUS) else f"%{number}"
        return f"{number} %"

    def day(self, day: date) -> str:
        """Write a day: 31.12.2025 in Turkish, 31 Dec 2025 in English."""
        on = day.date() if isinstance(day, datetime) else day
        return format_date(on, "dd.MM.yyyy" if self.language == "tr" else "d MMM yyyy", locale=self._locale)

    def month(self, month: Month) -> str:
        """Write a month in words: Mart 2025, March 2025."""
        return format_date(date(month.year, month.month, 1), "LLLL yyyy", locale=self._locale)
