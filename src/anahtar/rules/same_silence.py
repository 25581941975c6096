"""Which silences of one account are one event, seen along another kind of direction.

An account that closes its works in one town falls silent at a site, in a region and in whatever was bought only there.
That is one thing to look at, not three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

SPECIFIC: Final = ("site", "direction", "region")
"""Kinds of direction, the one that says most exactly what fell silent first; it decides between equal money."""


@dataclass(frozen=True, slots=True)
class Part:
    """A direction of an account that fell silent.

    Parameters
    ----------
    kind
        One of `SPECIFIC`.
    last_purchase, gap_mean
        The last day on which it was bought, and the usual days between two.
    money
        What a year of it brought.
    """

    kind: str
    last_purchase: date
    gap_mean: float | None
    money: int


def told_once(parts: Sequence[Part]) -> dict[int, list[int]]:
    """Say which silences of one account are told, and which others show the same one.

    Two silences are one event where their kinds differ and they began together: their last purchases are no further
    apart than the usual gap of the slower of the two. The dearer one is told; of equal ones the more specific. Two
    product groups, or two sites, are never one event.

    Returns
    -------
    dict[int, list[int]]
        Place among `parts` of each silence that is told, the dearest first, with the places of those it stands for.
    """
    told: dict[int, list[int]] = {}
    for at in sorted(range(len(parts)), key=lambda at: (-parts[at].money, SPECIFIC.index(parts[at].kind), at)):
        first = next((one for one in told if _is_one(parts[one], parts[at])), None)
        if first is None:
            told[at] = []
        else:
            told[first].append(at)
    return told


def _is_one(one: Part, other: Part) -> bool:
    apart = abs((one.last_purchase - other.last_purchase).days)
    return one.kind != other.kind and apart <= max(one.gap_mean or 0, other.gap_mean or 0)
