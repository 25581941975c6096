"""Finding one account by what a person types: its code, or its name without regard to case and accents."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.ledger.columns.folding import fold
from anahtar.words import Refusal, say

NEAREST: Final = 5
"""How many accounts are offered where none has the code asked for."""


class UnableToFindAccount(Refusal):
    """No account has this code or name; the nearest ones are offered."""

    def __init__(self, asked: str, nearest: Sequence[tuple[str, str]]) -> None:
        if nearest:
            near = ", ".join(code if code == name else f"{code} ({name})" for code, name in nearest)
            message = say("No account has the code or the name {asked}. The nearest: {near}.", asked=asked, near=near)
        else:
            message = say(
                "No account has the code or the name {asked}. The codes stand in standings.csv of the report.",
                asked=asked,
            )
        super().__init__(message)
        self.asked = asked
        self.nearest = nearest


def find_account(standings: pa.Table, asked: str) -> Mapping[str, Any]:
    """Find the one row of the standings with this code, or else with this name, however it is typed.

    Raises
    ------
    UnableToFindAccount
        No account answers to it, or more than one; the nearest are offered.
    """
    exact = standings.filter(pc.field("code") == asked)
    if exact.num_rows == 1:
        return _row(exact)
    codes, names = standings["code"].to_pylist(), standings["name"].to_pylist()
    wanted = fold(asked)
    alike = [at for at, pair in enumerate(zip(codes, names, strict=True)) if wanted in map(fold, pair)]
    if wanted and len(alike) == 1:
        return _row(standings.slice(alike[0], 1))
    near = alike or _nearest(wanted, codes, names)
    raise UnableToFindAccount(asked, [(codes[at], names[at]) for at in near[:NEAREST]])


def _row(table: pa.Table) -> Mapping[str, Any]:
    row: Mapping[str, Any] = table.to_pylist()[0]
    return row


def _nearest(wanted: str, codes: Sequence[str], names: Sequence[str]) -> list[int]:
    """Accounts whose code or name holds what was asked, then those that are spelled almost like it."""
    places: dict[str, int] = {}
    for at, (code, name) in enumerate(zip(codes, names, strict=True)):
        places.setdefault(fold(name), at)
        places.setdefault(fold(code), at)
    holding = [at for text, at in places.items() if wanted and wanted in text]
    if len(holding) >= NEAREST:
        return holding
    spelled = [places[text] for text in get_close_matches(wanted, places, n=NEAREST)]
    return list(dict.fromkeys(holding + spelled + _by_words(wanted, places)))


def _by_words(wanted: str, places: Mapping[str, int]) -> list[int]:
    """Accounts with a word spelled almost like one that was asked: a short name is far from its long legal form."""
    holders: dict[str, list[int]] = {}
    for text, at in places.items():
        for word in text.split():
            holders.setdefault(word, []).append(at)
    near = [like for word in wanted.split() for like in get_close_matches(word, holders, n=NEAREST, cutoff=0.75)]
    # A word that half the accounts share (San., Tic., A.Ş.) says nothing of whom was meant.
    return [at for like in near for at in holders[like] if len(holders[like]) <= NEAREST]
