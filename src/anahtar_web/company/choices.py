"""What a form offers for currency, month, language and time zone, named in the reader's language."""

from datetime import date
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_currency_name
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

CURRENCIES: Final = (
    *("TRY", "EUR", "USD", "GBP", "RUB"),
    *("AED", "AUD", "AZN", "BGN", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EGP", "GEL", "HUF", "IDR", "ILS", "INR"),
    *("IQD", "IRR", "JOD", "JPY", "KRW", "KWD", "KZT", "LYD", "MAD", "MDL", "MXN", "MYR", "NOK", "NZD", "OMR", "PKR"),
    *("PLN", "QAR", "RON", "RSD", "SAR", "SEK", "SGD", "THB", "TMT", "TND", "UAH", "UZS", "VND", "ZAR"),
)
"""ISO codes: the usual ones first."""

_AREAS: Final = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def _locale() -> Locale:
    return Locale.parse((get_language() or "en")[:2])


def currencies() -> list[tuple[str, str]]:
    """Give codes with their names; empty where the first import says it."""
    locale = _locale()
    named = [(code, f"{code} · {get_currency_name(code, locale=locale)}") for code in CURRENCIES]
    return [("", _("as the first import says")), *named]


def months() -> list[tuple[int, str]]:
    """Give the months of a year."""
    locale = _locale()
    return [(month, format_date(date(2000, month, 1), "LLLL", locale=locale)) for month in range(1, 13)]


def languages() -> list[tuple[str, str]]:
    """Give the languages people may choose, each in its own words."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


@cache
def time_zones() -> list[tuple[str, str]]:
    """Give the time zones of places."""
    places = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in _AREAS)
    return [*((zone, zone.replace("_", " ")) for zone in places), ("UTC", "UTC")]
