"""Amounts in foreign currency, converted with the rates the user gives: exactly, by the day, never by a guess."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.columns.vocabulary import meaning
from anahtar.ledger.values.currencies import currency_code
from anahtar.words import Message, Refusal, say

DAYS_BACK: Final = 10
"""How old a rate may be: banks are closed for at most nine days in a row (a long Kurban Bayramı with its weekends)."""

_COLUMNS: Final = ("rate", "date", "currency")
_EPOCH: Final = date(1970, 1, 1)
_LARGEST: Final = 2**62


class UnableToReadRates(Refusal):
    """A file of rates says something that is no rate."""


class UnableToConvert(Refusal):
    """No rate is known for some lines.

    Attributes
    ----------
    lacking
        Currency -> (first day without a rate, how many lines).
    """

    def __init__(self, lacking: Mapping[str, tuple[date, int]], into: str) -> None:
        currency = min(lacking, key=lambda code: (-lacking[code][1], code))
        first, lines = lacking[currency]
        super().__init__(
            say(
                "No rate from {currency} to {into} for {first} or the {days} days before it: {lines} lines in "
                "{currency} have none (currencies without rates: {all}). Give them in a file with the columns "
                "currency, date, rate: --rates FILE.",
                currency=currency,
                into=into or say("the ledger's currency"),
                first=first,
                days=DAYS_BACK,
                lines=lines,
                all=", ".join(sorted(lacking)),
            )
        )
        self.lacking = lacking


@dataclass(frozen=True, slots=True)
class _Series:
    """The rates of one currency by day; a rate is `numerators / 10**places`."""

    days: npt.NDArray[np.int64]
    numerators: npt.NDArray[np.int64]
    places: int


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of each currency buys of the ledger's currency, by day."""

    series: Mapping[str, _Series]

    @classmethod
    def from_file(cls, path: Path) -> "Rates":
        """Read rates from a CSV file.

        The first line names the columns currency, date and rate in any order (`döviz;tarih;kur` does too), parted by
        comma or semicolon. Dates are `2025-12-31` or `31.12.2025`; a rate has a decimal point or comma and no
        thousands sign.

        Raises
        ------
        UnableToReadRates
            Names file, line, column and the text at fault; also for two different rates of one day.
        """
        rates: dict[str, dict[date, Decimal]] = {}
        for line, currency, day, rate in _rows(path):
            known = rates.setdefault(currency, {}).setdefault(day, rate)
            if known != rate:
                raise _at_fault(path, line, "rate", str(rate), say("another rate of that day stands further up"))
        return cls({currency: _series(by_day) for currency, by_day in rates.items()})

    def convert(
        self, amounts: npt.NDArray[np.int64], currencies: pa.Array, days: npt.NDArray[np.int32], *, into: str
    ) -> npt.NDArray[np.int64]:
        """Convert amounts into the ledger's currency, each by the last rate on or before its day.

        Parameters
        ----------
        amounts
            Money units (ten-thousandths), one per line.
        currencies
            The lines' currencies as text or dictionary-encoded text, `TL` or `TRY` alike; null: the ledger's.
        days
            The lines' days, counted from 1970-01-01.
        into
            The ledger's currency; its lines stay as they are.

        Returns
        -------
        int64 array
            Money units of the ledger's currency, rounded half up, away from zero.

        Raises
        ------
        UnableToConvert
            Some line has no rate on its day or the ten days before.
        """
        result = amounts.copy()
        lacking: dict[str, tuple[date, int]] = {}
        for currency, rows in _by_currency(currencies, into):
            converted, known = self._converted(currency, amounts[rows], days[rows].astype(np.int64))
            result[rows] = converted
            if not known.all():
                first = _EPOCH + timedelta(days=int(days[rows][~known].min()))
                lacking[currency] = first, int((~known).sum())
        if lacking:
            raise UnableToConvert(lacking, into)
        return result

    def reach(self, currencies: pa.Array, days: npt.NDArray[np.int32], *, into: str) -> npt.NDArray[np.bool_]:
        """Where `convert` has what it needs: the line is in the ledger's currency, or a rate is known for its day."""
        reached = np.ones(len(days), dtype=np.bool_)
        for currency, rows in _by_currency(currencies, into):
            reached[rows] = self._converted(currency, np.zeros(len(rows), np.int64), days[rows].astype(np.int64))[1]
        return reached

    def _converted(
        self, currency: str, amounts: npt.NDArray[np.int64], days: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """The amounts of one currency, and where a rate is known."""
        series = self.series.get(currency)
        if series is None:
            return amounts, np.zeros(len(amounts), dtype=np.bool_)
        place = np.searchsorted(series.days, days, side="right") - 1
        known = (place >= 0) & (days - series.days[place] <= DAYS_BACK)
        return _times(amounts, series.numerators[place], series.places), known


def _by_currency(currencies: pa.Array, into: str) -> Iterator[tuple[str, npt.NDArray[np.intp]]]:
    """The rows of every foreign currency."""
    encoded = currencies if pa.types.is_dictionary(currencies.type) else pc.dictionary_encode(currencies)
    keys = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    own = _normal(into)
    rows: dict[str, list[npt.NDArray[np.intp]]] = {}
    for key, written in enumerate(encoded.dictionary.to_pylist()):
        currency = _normal(written or "")
        if currency and currency != own:
            rows.setdefault(currency, []).append(np.flatnonzero(keys == key))
    for currency, places in rows.items():
        yield currency, np.concatenate(places)


def _normal(currency: str) -> str:
    return currency_code(currency) or currency.strip().upper()


def _times(amounts: npt.NDArray[np.int64], numerators: npt.NDArray[np.int64], places: int) -> npt.NDArray[np.int64]:
    """Amounts x numerators / 10**places, exact, rounded half up, away from zero."""
    if len(amounts) == 0:
        return amounts
    scale = 10**places
    # Python's whole numbers where 64 bits might not hold the product: numpy wraps around without a word.
    wide = int(np.abs(amounts).max()) * int(numerators.max()) * 2 + scale >= _LARGEST
    exact = np.abs(amounts).astype(object) if wide else np.abs(amounts)
    rounded: npt.NDArray[np.int64] = ((exact * numerators * 2 + scale) // (2 * scale)).astype(np.int64)
    return np.sign(amounts) * rounded


def _series(by_day: Mapping[date, Decimal]) -> _Series:
    days = sorted(by_day)
    places = max(0, *(-_exponent(by_day[day]) for day in days))
    return _Series(
        days=np.array([(day - _EPOCH).days for day in days], dtype=np.int64),
        numerators=np.array([int(by_day[day].scaleb(places)) for day in days], dtype=np.int64),
        places=places,
    )


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _rows(path: Path) -> Iterator[tuple[int, str, date, Decimal]]:
    """Line number, currency, day and rate of every filled line."""
    header, *lines = _cells(path)
    places = _places(path, header)
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            rate, day, currency = (cells[place].strip() if place < len(cells) else "" for place in places)
            yield number, _currency(path, number, currency), _day(path, number, day), _rate(path, number, rate)


def _cells(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1254", errors="replace")  # only a header can hold more than ASCII
    first = text.partition("\n")[0]
    return list(csv.reader(text.splitlines(), delimiter=";" if ";" in first else ",")) or [[]]


def _places(path: Path, header: Sequence[str]) -> list[int]:
    """Where rate, date and currency stand; `Döviz Kuru` is a rate before it is a currency."""
    places: list[int] = []
    for idea in _COLUMNS:
        found = [i for i, text in enumerate(header) if i not in places and idea in meaning(text).ideas]
        if not found:
            fault = say("the first line must name the columns currency, date and rate")
            raise _at_fault(path, 1, idea, ", ".join(header), fault)
        places.append(found[0])
    return places


def _currency(path: Path, line: int, text: str) -> str:
    if not text:
        raise _at_fault(path, line, "currency", text, say("no currency"))
    return _normal(text)


def _day(path: Path, line: int, text: str) -> date:
    try:
        if "." in text:
            day, month, year = text.split(".")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(text)
    except ValueError:
        fault = say("no date: write it as 2025-12-31 or 31.12.2025")
        raise _at_fault(path, line, "date", text, fault) from None


def _rate(path: Path, line: int, text: str) -> Decimal:
    try:
        rate = Decimal(text.replace(",", "."))
    except InvalidOperation:
        rate = Decimal(0)
    if not (rate.is_finite() and 0 < rate < 10**9 and _exponent(rate) >= -9):
        fault = say("no rate: write it as 34.5612 or 34,5612, above zero, at most nine decimals")
        raise _at_fault(path, line, "rate", text, fault)
    return rate


def _at_fault(path: Path, line: int, column: str, text: str, why: Message) -> UnableToReadRates:
    return UnableToReadRates(
        say(
            "{file}, line {line}, column {column}: “{text}” — {why}.",
            file=path.name,
            line=line,
            column=column,
            text=text,
            why=why,
        )
    )
