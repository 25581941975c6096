"""Hold-out: which accounts are left alone, drawn so that anybody can draw the same again."""

from collections.abc import Iterable
from hashlib import sha256
from math import floor
from typing import Final

GREATEST_SHARE: Final = 50
"""Percent: more are not left alone than are made an offer."""


def held_out(keys: Iterable[int], *, share: int, seed: int) -> frozenset[int]:
    """Draw who is left alone.

    Each key gets a number from the seed and itself (SHA-256), and those with the smallest numbers are left alone. The
    order in which keys are given does not matter, and no library decides what a seed means.

    Parameters
    ----------
    keys
        Of the accounts, each once.
    share
        Percent of them that are left alone, 0 to `GREATEST_SHARE`; half an account is rounded up.
    seed
        Kept with the draw.
    """
    if not 0 <= share <= GREATEST_SHARE:
        raise ValueError(f"{share} % cannot be left alone")
    every = sorted(set(keys), key=lambda key: (_number(seed, key), key))
    return frozenset(every[: floor(len(every) * share / 100 + 0.5)])


def _number(seed: int, key: int) -> bytes:
    return sha256(f"{seed}:{key}".encode()).digest()
