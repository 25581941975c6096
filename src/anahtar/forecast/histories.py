"""What the models read of an account: how often it came again, when last, and since when it is known."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from anahtar.forecast.numbers import Real, Truth, Whole


@dataclass(frozen=True, slots=True)
class Histories:
    """One row per account; all times in one unit (days, where `anahtar.forecast.purchases` makes them).

    Parameters
    ----------
    repeats
        Purchase days after the first (x).
    recency
        Time from the first to the last purchase (t_x); 0 where there is one purchase.
    age
        Time from the first purchase to the day of looking (T), at least `recency`.
    log_gaps
        Sum of the logarithms of the gaps between purchases; 0 where there is none. Only a comparison of
        regularities reads it.
    """

    repeats: Whole
    recency: Real
    age: Real
    log_gaps: Real

    @classmethod
    def of(cls, repeats: object, recency: object, age: object, log_gaps: object = None) -> Self:
        """Take any sequences of numbers.

        Raises
        ------
        ValueError
            They differ in length, or an account is younger than its last purchase.
        """
        x = np.asarray(repeats, np.int64)
        last, known = np.asarray(recency, np.float64), np.asarray(age, np.float64)
        gaps = np.zeros(len(x)) if log_gaps is None else np.asarray(log_gaps, np.float64)
        if not len(x) == len(last) == len(known) == len(gaps):
            raise ValueError("histories of different length")
        if (x < 0).any() or (last < 0).any() or (known < last).any():
            raise ValueError("an account cannot be younger than its last purchase")
        return cls(x, last, known, gaps)

    def __len__(self) -> int:
        return len(self.repeats)

    def chosen(self, rows: Truth | Whole) -> "Histories":
        """Some of the accounts."""
        return Histories(self.repeats[rows], self.recency[rows], self.age[rows], self.log_gaps[rows])

    def later(self, time: float) -> "Histories":
        """The same accounts so much later, had none of them bought anything."""
        return Histories(self.repeats, self.recency, self.age + time, self.log_gaps)


@dataclass(frozen=True, slots=True)
class Compressed:
    """Equal histories told once: the likelihood of a million customers is that of some thousand rows.

    Parameters
    ----------
    rows
        The different histories; their `log_gaps` are zeros.
    counts
        How many accounts have each.
    place
        The row of each account; empty where nobody asked for it.
    """

    rows: Histories
    counts: Real
    place: Whole


def compress(histories: Histories, *, with_place: bool = False) -> Compressed:
    """Bring equal histories (repeats, recency, age) together."""
    beyond = _beyond(histories)
    if not beyond:
        return _compress_slowly(histories)
    # The three as one whole number, from which they are read again.
    key = (histories.repeats * beyond + histories.recency.astype(np.int64)) * beyond + histories.age.astype(np.int64)
    keys, place, counts = _unique(key, with_place)
    recency, age = keys // beyond % beyond, keys % beyond
    rows = Histories(keys // beyond**2, recency.astype(np.float64), age.astype(np.float64), np.zeros(len(keys)))
    return Compressed(rows, counts.astype(np.float64), place)


def _unique(key: Whole, with_place: bool) -> tuple[Whole, Whole, Whole]:
    if with_place:
        return np.unique(key, return_inverse=True, return_counts=True)
    # Sorting the keys alone takes a fifth of sorting their places along.
    ordered = np.sort(key)
    new = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return ordered[new], np.zeros(0, np.int64), np.diff(np.concatenate([new, [len(key)]]))


def _beyond(histories: Histories) -> int:
    """A number beyond every age, by which they are told apart; 0 where times are no whole numbers, or too large."""
    if not len(histories) or not (_whole(histories.recency) and _whole(histories.age)):
        return 0
    beyond = int(histories.age.max()) + 1
    return beyond if beyond**2 * (int(histories.repeats.max()) + 1) < 2**62 else 0


def _whole(times: Real) -> bool:
    return bool((times == np.floor(times)).all())


def _compress_slowly(histories: Histories) -> Compressed:
    order = np.lexsort((histories.age, histories.recency, histories.repeats))
    sizes = histories.chosen(order)
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(sizes.repeats) != 0) | (np.diff(sizes.recency) != 0) | (np.diff(sizes.age) != 0)
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(new) - 1
    rows = sizes.chosen(new)
    rows = Histories(rows.repeats, rows.recency, rows.age, np.zeros(len(rows)))
    return Compressed(rows, np.bincount(place, minlength=len(rows)).astype(np.float64), place)
