"""What follows from what is written of some accounts: remembered by a process until their trail moves.

Nothing is written of an account, taken back or merged without an entry of its trail in the same transaction, and no two
entries share a digest. So the digest of the last entry names a state of what is written, and what was reckoned of that
state holds for as long as it is the last one. The state is read before what follows from it: what is remembered may be
newer than its state, never older.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from anahtar_web.audit.queries import last_digest_of
from anahtar_web.ui.written import Kept

V = TypeVar("V")


class Remembered(Generic[V]):
    """Answers about some accounts, what was asked for last.

        _known: Final[Remembered[list[Known]]] = Remembered(8_000, len)
        _known.get(accounts, (on, today()), lambda: reckon(accounts, on))

    Parameters
    ----------
    room
        How much is remembered.
    weigh
        How much of it one answer takes.
    """

    def __init__(self, room: int, weigh: Callable[[V], int]) -> None:
        self._kept: Kept[V] = Kept(room, weigh)

    def get(
        self, accounts: Sequence[int], asked: Hashable, make: Callable[[], V], *, state: Hashable | None = None
    ) -> V:
        """Give what was reckoned in this state, reckoned now where nothing is remembered.

        Parameters
        ----------
        asked
            All else that the answer depends on: the day, the language, the time zone. What is forgotten here goes
            stale.
        state
            The state where somebody has read it already (`audit.queries.digest_of_each`), before what follows from it;
            None: it is asked for. Accounts of which there is no entry are not remembered.
        """
        now = last_digest_of(accounts) if state is None else state
        return self._kept.get((now, *accounts, asked), make) if now else make()

    def clear(self) -> None:
        """Forget all of it."""
        self._kept.clear()
