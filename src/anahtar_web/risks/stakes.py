"""What is at stake in several cases together: money of one account is counted once, however many of them it has."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Stake(NamedTuple):
    """What one case is about, and what that bought in its last year; in ten-thousandths."""

    account: int
    direction: str
    amount: int


def together(stakes: Iterable[Stake]) -> int:
    """Add up what is at stake.

    A case of the account as a whole holds its directions; without one, each direction counts once.
    """
    by_account: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for stake in stakes:
        by_account[stake.account][stake.direction] = stake.amount
    return sum(parts[""] if "" in parts else sum(parts.values()) for parts in by_account.values())
