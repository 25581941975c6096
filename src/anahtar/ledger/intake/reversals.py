"""Giant orders that were reversed within days: in gross figures their account looks like a key account.

In the Online Retail ledger one account bought 74,215 pieces and gave them back 16 minutes later.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from anahtar.ledger.intake.dictionaries import Days
from anahtar.ledger.intake.key_index import Keys

DAYS: Final = 7
SHARE: Final = 0.005
"""Of the sum of positive amounts: from here on a line is giant."""
LARGEST: Final = 20
"""The largest lines are giant even if the ledger is so large that none has that share."""

_KEPT: Final = 400
"""At most 200 lines can have half a percent of the total; the rest is for equal amounts."""


@dataclass(frozen=True, slots=True)
class Giant:
    """A line of a large amount: where it stands, whose it is, when, how much."""

    place: int
    account: int
    day: int
    amount: int


class Giants:
    """Keeps the largest sales and the largest returns of the accepted lines seen so far."""

    def __init__(self) -> None:
        self._kept: dict[int, list[Giant]] = {1: [], -1: []}
        self._least = {1: 1, -1: 1}
        self._positive = 0

    def see(self, places: npt.NDArray[np.int64], accounts: Keys, days: Days, amounts: npt.NDArray[np.int64]) -> None:
        """Take the next accepted lines."""
        self._positive += int(np.maximum(amounts, 0).sum())
        for sign, kept in self._kept.items():
            sized = amounts * sign
            rows = np.flatnonzero(sized >= self._least[sign])
            if len(rows) > _KEPT:
                rows = rows[np.argpartition(sized[rows], -_KEPT)[-_KEPT:]]
            kept += [
                Giant(int(places[row]), int(accounts[row]), int(days[row]), int(amounts[row])) for row in rows.tolist()
            ]
            if len(kept) > _KEPT:
                kept.sort(key=lambda giant: (-abs(giant.amount), giant.place))
                del kept[_KEPT:]
                self._least[sign] = abs(kept[-1].amount)

    def reversed_pairs(self) -> list[tuple[Giant, Giant]]:
        """Each giant sale with the return of the same account and amount within `DAYS`, before or after it."""
        border = self._border()
        returns = [giant for giant in self._kept[-1] if -giant.amount >= border]
        pairs = []
        for sale in sorted(self._kept[1], key=lambda giant: giant.place):
            fitting = [giant for giant in returns if sale.amount >= border and _reverses(giant, sale)]
            if fitting:
                nearest = min(fitting, key=lambda giant: (abs(giant.day - sale.day), giant.place))
                returns.remove(nearest)
                pairs.append((sale, nearest))
        return pairs

    def _border(self) -> int:
        sizes = sorted((abs(giant.amount) for kept in self._kept.values() for giant in kept), reverse=True)
        twentieth = sizes[min(LARGEST, len(sizes)) - 1] if sizes else 1
        return min(max(1, int(self._positive * SHARE)), twentieth)


def _reverses(giant: Giant, sale: Giant) -> bool:
    same = giant.account == sale.account and giant.amount == -sale.amount
    return same and abs(giant.day - sale.day) <= DAYS
