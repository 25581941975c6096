"""What the ledger knows of accounts beside their money: directions, groups, returns."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.rules.account_type import Traits


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The base an account is held against.

    Parameters
    ----------
    bought
        account_id -> directions with positive revenue in the window.
    led
        account_id -> names of the directions in which it is the largest.
    all_directions
        Directions with revenue in the window; None where the ledger names none.
    group_of, members
        account_id -> its group's code; group code -> accounts in it.
    returns_usual
        Returned part of what the whole base ordered in the window; None where nothing was ordered.
    """

    bought: Mapping[int, int]
    led: Mapping[int, Sequence[str]]
    all_directions: int | None
    group_of: Mapping[int, str]
    members: Mapping[str, int]
    returns_usual: float | None

    @property
    def tell_anything(self) -> bool:
        """Whether there is anything by which an image maker or an expert could be nominated."""
        return bool(self.all_directions or self.group_of)

    def traits(self, account: int, age_days: int | None, ordered: int | None, revenue: int | None) -> Traits:
        """The traits of one account; `ordered` and `revenue` of the window."""
        group = self.group_of.get(account)
        return Traits(
            age_days=age_days,
            directions=self.bought.get(account, 0) if self.all_directions else None,
            all_directions=self.all_directions,
            leads=self.led.get(account, ()),
            members=None if group is None else self.members[group],
            returns=returned(ordered, revenue),
            returns_usual=self.returns_usual,
        )


def surroundings(found: pa.Table, accounts: pa.Table, directions: pa.Table, names: Sequence[str]) -> Surroundings:
    """Look once at the whole base.

    Parameters
    ----------
    found, directions
        `Tables.accounts` and `Tables.directions`.
    accounts, names
        The account dictionary of the facts, and the direction names by direction id.
    """
    bought, led = _directions(directions, names)
    known = accounts.filter(pc.is_valid(accounts["group_code"]))
    group_of = dict(zip(known["account_id"].to_pylist(), known["group_code"].to_pylist(), strict=True))
    return Surroundings(
        bought,
        led,
        len({name for leading in led.values() for name in leading}) or None,
        group_of,
        Counter(group_of.values()),
        returned(pc.sum(found["ordered"]).as_py(), pc.sum(found["revenue"]).as_py()),
    )


def returned(ordered: int | None, revenue: int | None) -> float | None:
    """The part of what was ordered that came back; None where nothing was ordered."""
    if not ordered or revenue is None:
        return None
    return (ordered - revenue) / ordered


def _directions(directions: pa.Table, names: Sequence[str]) -> tuple[Counter[int], Mapping[int, Sequence[str]]]:
    """Directions bought in by account, and who leads each; equal ones are led by the first in the order of codes."""
    named = directions.filter(pc.and_(pc.greater(directions["revenue"], 0), pc.is_valid(directions["direction_id"])))
    bought = Counter(named["account_id"].to_pylist())
    led: defaultdict[int, list[str]] = defaultdict(list)
    ordered = named.sort_by([("direction_id", "ascending"), ("revenue", "descending"), ("account_id", "ascending")])
    last = None
    for account, direction in zip(ordered["account_id"].to_pylist(), ordered["direction_id"].to_pylist(), strict=True):
        if direction != last:
            led[account].append(names[direction])
        last = direction
    return bought, led
