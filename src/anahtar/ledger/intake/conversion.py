"""Lines in several currencies become lines in the ledger's one, or a refusal that names them. Never one to one."""

from collections.abc import Mapping as MappingType
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anahtar.ledger.intake.batch import exact_sum
from anahtar.ledger.intake.dictionaries import Coded, Mask
from anahtar.ledger.intake.hashing import NOTHING, hash_texts
from anahtar.ledger.intake.judging import ACCEPTED, KINDS, Verdicts
from anahtar.ledger.intake.key_index import NO_KEY
from anahtar.ledger.intake.lines import Figures, Lines
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.problems import Kind
from anahtar.ledger.roles import Role
from anahtar.ledger.values.currencies import currency_code
from anahtar.ledger.values.rates import Rates
from anahtar.money import Money
from anahtar.words import Message, Refusal, say

_ONCE_CONVERTED = (
    ACCEPTED,
    *(KINDS.index(kind) + 1 for kind in (Kind.MISSING_CUSTOMER, Kind.LEFT_OUT_PRODUCT, Kind.DROPPED_DUPLICATE)),
)
"""Rows on a day of the ledger, with an amount: one of them without a rate stops the import."""

_IF_POSSIBLE = KINDS.index(Kind.DATE_OUT_OF_RANGE) + 1
"""Rows on a day outside the ledger, which may be far from any rate (2062). With one, they are part of the file's sum,
whatever range was asked for; without, they are told to have no amount (`CurrencyDesk.unconverted`)."""

_NAMED: Final = 12
"""Currencies that a refusal names; a column that holds none at all has thousands of them."""


class UnableToAddCurrencies(Refusal):
    """A ledger has amounts in several currencies and nothing says what they are worth in one.

    Attributes
    ----------
    found
        Currency -> (rows, sum in money units of that currency).
    """

    def __init__(self, found: MappingType[str, tuple[int, int]], wanted: str) -> None:
        largest = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
        super().__init__(
            say(
                "The lines are in several currencies, or in another than {wanted}: {found}. They are not added one to "
                "one: name the ledger's currency with --currency and give the rates into it with --rates FILE "
                "(columns currency, date, rate).",
                wanted=wanted or say("the ledger's"),
                found=_sentence([(rows, Money(amount, code)) for code, (rows, amount) in largest]),
            )
        )
        self.found = found


def _sentence(found: list[tuple[int, Money]]) -> Message:
    named = [say("{n} row, {sum}", "{n} rows, {sum}", n=rows, sum=amount) for rows, amount in found[:_NAMED]]
    said = reduce(lambda before, one: say("{before}; {one}", before=before, one=one), named)
    more = len(found) - len(named)
    return say("{before}; {n} more currency", "{before}; {n} more currencies", before=said, n=more) if more else said


class CurrencyDesk:
    """Watches the currencies of an import and converts what is foreign.

    The ledger's currency is `--currency`; else, with rates, the one for which there are none (rates lead into it);
    else the one code all lines carry. Lines without a code are in it.
    """

    def __init__(self, options: ReadOptions) -> None:
        said = options.currency
        self.ledger = normal(said) if said else ""
        self._said = bool(said)
        self._rates = Rates.from_file(Path(options.rates)) if options.rates else None
        self._found: dict[str, tuple[int, int]] = {}
        self._foreign = False
        self.unconverted = 0

    def convert(self, lines: Lines, verdicts: Verdicts) -> Lines:
        """Give lines their amounts and costs in the ledger's currency.

        Raises
        ------
        UnableToConvert
            A rate is missing.
        """
        coded = lines.codes.get(Role.CURRENCY)
        if coded is None:
            return lines
        texts = [normal(text) if text else None for text in coded.texts.to_pylist()]
        self._count(lines, coded, texts)
        if not self.ledger:
            self._settle([text for text in _in_row_order(coded, texts) if text])
        foreign = np.array([text is not None and text != self.ledger for text in texts] + [False])[coded.places]
        if not foreign.any():
            return lines
        self._foreign = True
        if self._rates is None or not self._said:
            return lines
        return self._converted(lines, coded, texts, foreign, verdicts, self._rates)

    def _settle(self, met: list[str]) -> None:
        """Choose the ledger's currency by the first lines that name one."""
        without_rates = [code for code in met if self._rates is not None and code not in self._rates.series]
        self._said = bool(without_rates)
        self.ledger = next(iter([*without_rates, *met]), "")

    def _count(self, lines: Lines, coded: Coded, texts: list[str | None]) -> None:
        for place in coded.used(None).tolist():
            code = texts[place] or ""
            rows = coded.places == place
            had, amount = self._found.get(code, (0, 0))
            more = exact_sum(pa.array(lines.amount.values[rows]))
            self._found[code] = had + int(rows.sum()), amount + more

    def _converted(
        self, lines: Lines, coded: Coded, texts: list[str | None], foreign: Mask, verdicts: Verdicts, rates: Rates
    ) -> Lines:
        places = np.where(foreign, coded.places, NO_KEY).astype(np.int32)
        codes = pa.array(texts, pa.string())
        named = Coded(places, codes, np.append(hash_texts(codes), NOTHING))
        known = foreign & np.isin(verdicts, _ONCE_CONVERTED)
        perhaps = foreign & (verdicts == _IF_POSSIBLE)
        if perhaps.any():
            reached = rates.reach(_currencies(places, perhaps, codes), lines.days, into=self.ledger)
            known |= perhaps & reached
        self.unconverted += int((foreign & ~known & ~lines.amount.missing).sum())
        currencies = _currencies(places, known, codes)

        def turned(figures: Figures) -> Figures:
            values = rates.convert(figures.values, currencies, lines.days, into=self.ledger)
            # What cannot be converted (no day, no rate of that century) is no amount of the ledger's currency.
            lost = foreign & ~known
            return replace(figures, values=np.where(lost, 0, values), missing=figures.missing | lost)

        return replace(
            lines,
            amount=turned(lines.amount),
            cost=None if lines.cost is None else turned(lines.cost),
            codes={**lines.codes, Role.CURRENCY: named},
            own=lines.amount.values,
            foreign=foreign,
        )

    @property
    def several(self) -> bool:
        """Whether lines in another currency than the ledger's were met."""
        return self._foreign

    @property
    def without_code(self) -> int:
        """Rows that name no currency although there is a column for it."""
        return self._found.get("", (0, 0))[0]

    def check(self) -> None:
        """Refuse the import if its currencies cannot be added.

        Raises
        ------
        UnableToAddCurrencies
            Names each currency with its rows and its sum.
        """
        if self._foreign and (self._rates is None or not self._said):
            found = {code or self.ledger: tally for code, tally in self._found.items() if code}
            raise UnableToAddCurrencies(found, self.ledger if self._said else "")


def _currencies(places: npt.NDArray[np.int32], rows: Mask, codes: pa.Array) -> pa.DictionaryArray:
    """The currencies of some rows, null for the others."""
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=~rows), codes)


def normal(currency: str) -> str:
    """A currency's code as everybody writes it; unknown ones in capitals."""
    return currency_code(currency) or currency.strip().upper()


def _in_row_order(coded: Coded, texts: list[str | None]) -> list[str | None]:
    places, first = np.unique(coded.places, return_index=True)
    return [None if place == NO_KEY else texts[place] for place in places[np.argsort(first)].tolist()]
