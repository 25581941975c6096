"""Texts that stand in one protected place only: where one is found, the place was shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canary:
    """One of them."""

    text: str
    of: str
    readers: frozenset[str]
    """Who of the cast may read it."""
