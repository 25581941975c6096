"""Accounts that go on under another code: whose lines count for whom in the end."""

from collections.abc import Mapping, Sequence

from anahtar.words import Refusal, say


class UnableToMerge(Refusal):
    """Accounts are merged into each other in a circle, so that none of them remains."""

    def __init__(self, circle: Sequence[str]) -> None:
        super().__init__(
            say(
                "The accounts {circle} are merged in a circle, and none of them would remain. "
                "Undo one of these merges.",
                circle=" → ".join([*circle, circle[0]]),
            )
        )
        self.circle = circle


def survivors(merged: Mapping[str, str]) -> Mapping[str, str]:
    """Follow every merge to its end.

    Parameters
    ----------
    merged
        Code -> the code under which the account goes on, which may itself be merged into another.

    Returns
    -------
    Mapping
        The same codes -> the code that is left in the end.

    Raises
    ------
    UnableToMerge
        Merges lead back to where they began.
    """
    ends: dict[str, str] = {}
    for code in merged:
        chain: dict[str, None] = {}
        while code in merged and code not in ends:
            if code in chain:
                raise UnableToMerge(_circle(list(chain), code))
            chain[code] = None
            code = merged[code]
        end = ends.get(code, code)
        ends |= dict.fromkeys(chain, end)
    return ends


def _circle(chain: Sequence[str], again: str) -> Sequence[str]:
    return chain[chain.index(again) :]
