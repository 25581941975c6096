"""A decision as a simple game: which of its seats carry it together, and what power each of them has.

Power is exact, in whole numbers: coalitions are counted by size and weight, never drawn at random and never listed
one by one, so that a board of forty seats is counted as surely as one of three.

References
----------
Banzhaf, J. F. (1965). Weighted voting doesn't work. Rutgers Law Review 19, 317-343.
Shapley, L. S. and Shubik, M. (1954). A method for evaluating the distribution of power in a committee system.
American Political Science Review 48, 787-792.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, factorial, gcd


@dataclass(frozen=True, slots=True)
class Power:
    """What one seat can do.

    Parameters
    ----------
    swings
        Coalitions of the others that lose without the seat and win with it.
    banzhaf
        Its part of all swings of all seats (the normalised index); the parts add up to one.
    shapley
        Its part of all orders of voting in which its vote is the one that decides; they add up to one.
    """

    swings: int
    banzhaf: Fraction
    shapley: Fraction


@dataclass(frozen=True, slots=True)
class Game:
    """Seats, named by their place.

    Parameters
    ----------
    weights
        Of each seat, whole and not negative.
    quota
        The least weight that carries, above zero.
    required
        Seats without which nothing is carried, whatever the weight.
    """

    weights: tuple[int, ...]
    quota: int
    required: frozenset[int] = frozenset()

    @property
    def seats(self) -> range:
        """Places of the seats."""
        return range(len(self.weights))

    def weight(self, seats: Collection[int]) -> int:
        """Weight of some seats together."""
        return sum(self.weights[seat] for seat in seats)

    def wins(self, seats: Collection[int]) -> bool:
        """Whether some seats carry the decision together."""
        return self.required.issubset(seats) and self.weight(seats) >= self.quota

    @property
    def indispensable(self) -> frozenset[int]:
        """Seats that are in every coalition that wins: by the rule, or because the others are too light."""
        spare = self.weight(self.seats) - self.quota
        return self.required | {seat for seat in self.seats if self.weights[seat] > spare}

    def power(self) -> tuple[Power, ...]:
        """Power of each seat, in their order; all zero where nothing can be carried."""
        shared = gcd(*self.weights) or 1
        # Weights in per cent and in hundredths are one game; the smaller numbers are counted sooner.
        return _power(tuple(weight // shared for weight in self.weights), -(-self.quota // shared), self.required)


@lru_cache(maxsize=256)
def _power(weights: tuple[int, ...], quota: int, required: frozenset[int]) -> tuple[Power, ...]:
    free = [seat for seat in range(len(weights)) if seat not in required]
    still = max(0, quota - sum(weights[seat] for seat in required))
    below = _counted([weights[seat] for seat in free], still)
    counts, orders = [], []
    for seat, weight in enumerate(weights):
        # A required seat waits for the other required ones; a free one for all of them.
        before = len(required) - (seat in required)
        sizes = _of_required(below) if seat in required else _of_free(_without(below, weight), weight, still)
        counts.append(sum(sizes))
        orders.append(_orders(sizes, before, len(weights)))
    return tuple(map(Power, counts, _parts(counts), _parts(orders)))


def _parts(counts: Sequence[int]) -> list[Fraction]:
    total = sum(counts)
    return [Fraction(count, total) if total else Fraction(0) for count in counts]


def _counted(weights: Sequence[int], end: int) -> list[list[int]]:
    """Coalitions by size and by weight, of weights below `end`."""
    counts = [[0] * end for _size in range(len(weights) + 1)]
    if end:
        counts[0][0] = 1
    for weight in weights:
        for size in range(len(weights), 0, -1):
            counts[size] = [a + b for a, b in zip(counts[size], _moved(counts[size - 1], weight), strict=True)]
    return counts


def _without(counts: Sequence[Sequence[int]], weight: int) -> list[list[int]]:
    """Take a seat out again: what it was counted into is known size by size, from the smallest."""
    left = [list(counts[0])]
    for size in range(1, len(counts) - 1):
        left.append([a - b for a, b in zip(counts[size], _moved(left[-1], weight), strict=True)])
    return left


def _moved(row: Sequence[int], weight: int) -> list[int]:
    return ([0] * weight + list(row))[: len(row)]


def _of_required(below: Sequence[Sequence[int]]) -> list[int]:
    """Coalitions of the free seats that carry, by size: with all other required seats they wait for this one."""
    return [comb(len(below) - 1, size) - sum(row) for size, row in enumerate(below)]


def _of_free(below: Sequence[Sequence[int]], weight: int, still: int) -> list[int]:
    """Coalitions of the other free seats that this weight lifts over the quota, by size."""
    return [sum(row[max(0, still - weight) :]) for row in below]


def _orders(swings: Sequence[int], before: int, seats: int) -> int:
    """Orders of all seats in which this one decides: those of a coalition and the required come first."""
    return sum(
        count * factorial(size + before) * factorial(seats - size - before - 1) for size, count in enumerate(swings)
    )
