"""How a decision stands as people stand today, on what that rests, and whom it takes to win.

Four answers: *carried* by those whose support is confirmed; *carried on assumptions* once those are counted in whose
support somebody only assumes; *open* while those who have not made up their minds could still carry it; *lost* when
they could not, and somebody who is against us has to turn.

Whom to win is exact: of all sets of people that carry the decision together with those who are for us, the one that
takes the fewest steps of stance (neutral 1; unknown 2, to find out and to win; sceptic 2; blocker 3), among those the
fewest people, then those with the most influence, who bring others along, then those named first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from anahtar.rules.decision.committee import Committee, Member, Stance
from anahtar.rules.decision.game import Game, Power

STEPS: Final = {Stance.NEUTRAL: 1, Stance.UNKNOWN: 2, Stance.SCEPTIC: 2, Stance.BLOCKER: 3}
"""How far somebody is from supporting us."""


class Verdict(StrEnum):
    """How a decision stands; from the worst to the best."""

    LOST = "lost"
    OPEN = "open"
    ASSUMED = "carried_on_assumptions"
    CARRIED = "carried"

    @property
    def rank(self) -> int:
        """0 is the worst."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Tally:
    """Weight by where it stands; the five add up to `total`."""

    confirmed: int
    assumed: int
    open: int
    against_assumed: int
    against: int
    quota: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.confirmed + self.assumed + self.open + self.against_assumed + self.against


@dataclass(frozen=True, slots=True)
class Thread:
    """Somebody on whom the verdict hangs.

    Parameters
    ----------
    key
        Who.
    leaving
        The verdict once they have left and their seat is open.
    turning
        The verdict once they are against us.
    """

    key: str
    leaving: Verdict
    turning: Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rule says of a committee.

    Parameters
    ----------
    verdict
        How it stands.
    tally
        The weights behind it.
    needed
        Without whom nothing can be carried, by the rule or by their weight.
    confirmed, assumed, undecided, against
        Members by where they stand; those without a vote are not among them.
    advisers
        Members without a vote.
    to_win
        The cheapest set that carries it with those who are for us; empty where nobody has to be won.
    steps
        Steps of stance that takes.
    to_confirm
        The fewest assumed supporters whose confirmation, after that, makes it carried for sure.
    threads
        On whom the verdict hangs: it is worse once they are against us.
    lost_for_sure
        Of a lost one: whether it is lost even if everybody who is only assumed to be against us is not.
    power
        Of each member, in the committee's order.
    """

    verdict: Verdict
    tally: Tally
    needed: tuple[str, ...]
    confirmed: tuple[str, ...]
    assumed: tuple[str, ...]
    undecided: tuple[str, ...]
    against: tuple[str, ...]
    advisers: tuple[str, ...]
    to_win: tuple[str, ...]
    steps: int
    to_confirm: tuple[str, ...]
    threads: tuple[Thread, ...]
    lost_for_sure: bool
    power: tuple[Power, ...]

    @property
    def single_threads(self) -> tuple[Thread, ...]:
        """Those whose mere leaving makes the verdict worse."""
        return tuple(thread for thread in self.threads if thread.leaving.rank < self.verdict.rank)


def verdict(committee: Committee) -> Outcome:
    """Say how a decision stands, on what it rests, and whom it takes."""
    members, game = committee.members, committee.game
    voters = [seat for seat in game.seats if game.weights[seat] or seat in game.required]
    is_for = {seat for seat in voters if members[seat].stance.is_for}
    confirmed = {seat for seat in is_for if members[seat].confirmed}
    against = {seat for seat in voters if members[seat].stance.is_against}
    to_win = _cheapest(game, is_for, {seat: _price(members[seat]) for seat in voters if seat not in is_for})
    assumed = is_for - confirmed
    to_confirm = _cheapest(game, confirmed | to_win, {seat: (0, 1, -members[seat].influence) for seat in assumed})
    stands = _stands(members, game)

    def keys(seats: Iterable[int]) -> tuple[str, ...]:
        return tuple(members[seat].key for seat in sorted(seats))

    return Outcome(
        verdict=stands,
        tally=_tally(members, game),
        needed=keys(game.indispensable),
        confirmed=keys(confirmed),
        assumed=keys(assumed),
        undecided=keys(set(voters) - is_for - against),
        against=keys(against),
        advisers=keys(set(game.seats) - set(voters)),
        to_win=keys(to_win),
        steps=sum(STEPS[members[seat].stance] for seat in to_win),
        to_confirm=keys(to_confirm),
        threads=tuple(_threads(committee, stands, voters)),
        lost_for_sure=not game.wins({seat for seat in voters if seat not in against or not members[seat].confirmed}),
        power=game.power(),
    )


def _stands(members: tuple[Member, ...], game: Game) -> Verdict:
    is_for = {seat for seat in game.seats if members[seat].stance.is_for}
    if game.wins({seat for seat in is_for if members[seat].confirmed}):
        return Verdict.CARRIED
    if game.wins(is_for):
        return Verdict.ASSUMED
    could = {seat for seat in game.seats if not members[seat].stance.is_against}
    return Verdict.OPEN if game.wins(could) else Verdict.LOST


def _tally(members: tuple[Member, ...], game: Game) -> Tally:
    sums = dict.fromkeys(("confirmed", "assumed", "open", "against_assumed", "against"), 0)
    for seat in game.seats:
        sums[_place(members[seat])] += game.weights[seat]
    return Tally(**sums, quota=game.quota)


def _place(member: Member) -> str:
    if member.stance.is_for:
        return "confirmed" if member.confirmed else "assumed"
    if member.stance.is_against:
        return "against" if member.confirmed else "against_assumed"
    return "open"


def _threads(committee: Committee, stands: Verdict, voters: Iterable[int]) -> Iterable[Thread]:
    for member in (committee.members[seat] for seat in voters):
        turned = committee.supposing(member.key, stance=Stance.BLOCKER, confirmed=True)
        turning = _stands(turned.members, turned.game)
        if turning.rank < stands.rank:
            left = committee.without(member.key)
            yield Thread(member.key, _stands(left.members, left.game), turning)


# The cheapest set ----------------------------------------------------------------------------------------------

_Price: TypeAlias = tuple[int, int, int]
"""Steps, people, influence (less is more): compared in this order."""


def _price(member: Member) -> _Price:
    return (STEPS[member.stance], 1, -member.influence)


def _cheapest(game: Game, have: set[int], prices: dict[int, _Price]) -> set[int]:
    """The cheapest seats of those with a price that carry the decision with those we have; they can together.

    Required seats have to be among them; of the others each weight that may still be missing is reached in the
    cheapest way (a knapsack to be filled), which is exact for any number of seats.
    """
    forced = {seat for seat in game.required if seat in prices and seat not in have}
    missing = game.quota - game.weight(have | forced)
    if missing <= 0:
        return forced
    best: dict[int, tuple[_Price, tuple[int, ...]]] = {0: ((0, 0, 0), ())}
    for seat in sorted(prices.keys() - forced - have):
        for reached, (price, seats) in list(best.items()):
            weight = min(missing, reached + game.weights[seat])
            offered = (_plus(price, prices[seat]), (*seats, seat))
            if weight not in best or offered < best[weight]:
                best[weight] = offered
    return forced | set(best[missing][1])


def _plus(one: _Price, other: _Price) -> _Price:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2])
