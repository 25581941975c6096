"""Numbers, money, shares and days as the reader's language writes them. Built-in: no {% load %} needed."""

import functools
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_compact_decimal, get_currency_symbol
from django import template
from django.utils import timezone
from django.utils.translation import get_language

from anahtar.money import to_decimal
from anahtar.words import MINUS, Language, Message, Words
from anahtar_web.ui.text import capfirst, fold

register = template.Library()

register.filter("capfirst", capfirst, is_safe=True)
# In place of Django's, which writes "Istenen" for "istenen" in Turkish.

NOTHING: Final = "–"
"""What stands where a figure is unknown: never 0."""

_NEXT_UNIT: Final = 1024
_WHOLE: Final = 100
"""Sizes from here on are written without a decimal."""

_SIGNS: Final = {"TRY": "₺", "RUB": "₽", "UAH": "₴", "KZT": "₸", "INR": "₹"}
"""Signs that every reader of ours knows; English locale data knows only the codes of these."""


def words() -> Words:
    """Give the core's words in the language of this page."""
    return _words("tr" if (get_language() or "en").startswith("tr") else "en")


@functools.cache
def _words(language: Language) -> Words:
    # Once for each language: new ones would read the catalogues again, for every cell of a table.
    return Words(language)


def _locale() -> Locale:
    return _locale_of((get_language() or "en")[:2])


@functools.cache
def _locale_of(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


@register.filter
def number(value: float | Decimal | None, places: int = 0) -> str:
    """A number with the language's signs: 12.345,6 in Turkish."""
    return NOTHING if value is None else words().number(value, places=int(places))


@register.filter
def money(units: int | None, currency: str = "") -> str:
    """Ten-thousandths as an exact amount with two places and the currency's code behind it."""
    if units is None:
        return NOTHING
    text = words().number(to_decimal(units), places=2)
    return f"{text} {currency}" if currency else text


@register.filter
def quantity(units: int | None) -> str:
    """Ten-thousandths of a piece with the places they need: 12,5 in Turkish."""
    if units is None:
        return NOTHING
    pieces = (Decimal(units) / 10_000).normalize()
    exponent = pieces.as_tuple().exponent
    return words().number(pieces, places=max(0, -exponent) if isinstance(exponent, int) else 0)


@register.filter
def short_money(units: int | None, currency: str = "") -> str:
    """An amount at a glance: ₺48,1 Mn. The exact one belongs into a title or the next page."""
    if units is None:
        return NOTHING
    return f"{MINUS if units < 0 else ''}{sign(currency)}{_compact(abs(units), _locale())}"


@functools.lru_cache(maxsize=20_000)
def _compact(units: int, locale: Locale) -> str:
    # Babel looks the pattern up anew for every amount: a tenth of a page of the accounts table.
    amount = to_decimal(units)
    # Below a thousand Babel shortens nothing, and would write all four places.
    amount = round(amount, 1) if amount < 1000 else amount
    return format_compact_decimal(amount, fraction_digits=1, locale=locale).replace("\u00a0", " ")


def sign(currency: str) -> str:
    """Give the sign of a currency, ready to stand before an amount; its code and a space where it has none."""
    if not currency:
        return ""
    return _sign(currency, _locale())


@functools.lru_cache(maxsize=1000)
def _sign(currency: str, locale: Locale) -> str:
    known = _SIGNS.get(currency) or get_currency_symbol(currency, locale=locale)
    return f"{known}\u00a0" if known[-1].isalpha() else known


@register.filter
def share(fraction: float | None, places: int = 1) -> str:
    """A fraction of one as a percentage: %13,4 in Turkish, 13.4 % in English."""
    return NOTHING if fraction is None else words().share(fraction, int(places))


@register.filter
def change(fraction: float | None, places: int = 1) -> str:
    """A change as a percentage with its sign: +4.2 %."""
    if fraction is None:
        return NOTHING
    text = words().share(fraction, int(places))
    return f"+{text}" if fraction > 0 else text


@register.filter
def size(count: int | None) -> str:
    """Bytes as people say them: 20.3 MB; of 1,024 to the next unit, as limits are set and folders show files."""
    if count is None:
        return NOTHING
    value, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if round(value) < _NEXT_UNIT or unit == "TB":
            break
        value /= _NEXT_UNIT
    whole = value >= _WHOLE or round(value, 1).is_integer()
    return f"{words().number(value, places=0 if whole else 1)} {unit}"


@register.filter
def day(value: date | datetime | None) -> str:
    """A day: 31.12.2025 in Turkish, 31 Dec 2025 in English."""
    if value is None:
        return NOTHING
    return words().day(timezone.localtime(value).date() if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time of day, in the company's time zone."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value)
    return f"{words().day(local.date())} {format_datetime(local, 'HH:mm', locale=_locale())}"


@register.filter
def ago(value: datetime | None) -> str:
    """How long ago: 3 hours ago."""
    if value is None:
        return NOTHING
    return format_timedelta(value - timezone.now(), add_direction=True, locale=_locale())


@register.filter
def month(value: date | None) -> str:
    """A month in words: Mart 2025."""
    return NOTHING if value is None else format_date(value, "LLLL yyyy", locale=_locale())


@register.filter
def short_month(value: date | None) -> str:
    """A month for a narrow column: Mar 25."""
    return NOTHING if value is None else format_date(value, "LLL yy", locale=_locale())


@register.filter
def quarter(value: date | None) -> str:
    """A quarter: Q4 2025, Ç4 2025 in Turkish."""
    return NOTHING if value is None else format_date(value, "QQQ yyyy", locale=_locale())


@register.filter
def say(message: Message | str | None) -> str:
    """A sentence of the core in the language of this page."""
    return "" if message is None else words()(message)


@register.filter
def initials(name: str) -> str:
    """First letters of the first and the last word, in capitals of the Turkish alphabet."""
    parts = [part for part in str(name).split() if part[0].isalnum()] or ["?"]
    letters = parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")
    return letters.replace("i", "İ").upper()


@register.filter
def hue(name: str) -> int:
    """One of eight colours, always the same for a name."""
    return sum(ord(letter) for letter in fold(str(name))) * 7 % 8


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of a key that is itself a variable."""
    return mapping.get(key) if hasattr(mapping, "get") else None
