"""Who decides at a customer, and by which rule; what is stated is checked before anything is reckoned.

What is *not* known is left open and never guessed: an unknown stance, and a seat of which only the role is known,
count neither for us nor against us.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from anahtar.rules.decision.game import Game
from anahtar.words import Message, Refusal, say

MOST_MEMBERS: Final = 40
MOST_WEIGHT: Final = 1_000
"""Of one member: per cent and thousandths are whole numbers in it."""
INFLUENCE: Final = range(1, 6)


class Stance(StrEnum):
    """How somebody stands towards us today."""

    CHAMPION = "champion"
    SUPPORTER = "supporter"
    NEUTRAL = "neutral"
    SCEPTIC = "sceptic"
    BLOCKER = "blocker"
    UNKNOWN = "unknown"

    @property
    def is_for(self) -> bool:
        """Whether they would say yes today."""
        return self in (Stance.CHAMPION, Stance.SUPPORTER)

    @property
    def is_against(self) -> bool:
        """Whether they would say no today."""
        return self in (Stance.SCEPTIC, Stance.BLOCKER)


class Rule(StrEnum):
    """How the votes of a customer's people become one decision."""

    ONE_SIGNER = "one_signer"
    """One person signs; all others advise."""
    CONSENSUS = "consensus"
    """Everybody has to agree."""
    MAJORITY = "majority"
    """Weights reach a quota."""
    VETO = "veto"
    """Weights reach a quota, and nobody who has the veto is against."""
    BOARD = "tender_board"
    """Votes of a tender board reach a quota, and whoever approves the award signs.

    Points for price and quality are given by the board's members and known to nobody before: what is known is who
    gives how many of them.
    """

    @property
    def counts_weights(self) -> bool:
        """Whether it has a quota."""
        return self in (Rule.MAJORITY, Rule.VETO, Rule.BOARD)


@dataclass(frozen=True, slots=True)
class Member:
    """One seat.

    Parameters
    ----------
    key
        What the caller knows them by; no name comes in here.
    weight
        Of their vote, where the rule counts weights; 0: they advise.
    has_veto
        In a committee with veto: nothing is carried against them.
    must_sign
        Of one signer, or of a tender board: nothing is carried without their signature.
    stance
        How they stand.
    confirmed
        Whether somebody has confirmed the stance; otherwise it is assumed.
    influence
        On the others, 1 to 5; decides between people who are won as easily.
    """

    key: str
    weight: int = 1
    has_veto: bool = False
    must_sign: bool = False
    stance: Stance = Stance.UNKNOWN
    confirmed: bool = False
    influence: int = 3


class UnableToDecide(Refusal):
    """The rule is stated in a way that decides nothing.

    Parameters
    ----------
    message
        What is wrong, and what to do.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Committee:
    """A stated rule with its members.

    Parameters
    ----------
    rule
        How they decide.
    members
        Each seat once, in the order of the caller.
    quota
        The least weight that carries; only where the rule counts weights.

    Raises
    ------
    UnableToDecide
        Nobody decides, somebody stands there twice, the quota is no quota, or the rule lacks whom it needs.
    """

    rule: Rule
    members: tuple[Member, ...]
    quota: int | None = None

    def __post_init__(self) -> None:
        _check_members(self.members)
        _check_flags(self.rule, self.members)
        _check_quota(self.rule, self.members, self.quota)

    @property
    def game(self) -> Game:
        """The rule as weights, a quota, and seats without which nothing is carried."""
        everybody = range(len(self.members))
        match self.rule:
            case Rule.ONE_SIGNER:
                return Game(
                    tuple(int(member.must_sign) for member in self.members), 1, self._places(lambda m: m.must_sign)
                )
            case Rule.CONSENSUS:
                return Game((1,) * len(self.members), len(self.members), frozenset(everybody))
            case _:
                assert self.quota is not None
                weights = tuple(member.weight for member in self.members)
                return Game(weights, self.quota, self._places(lambda m: m.has_veto or m.must_sign))

    def _places(self, wanted: Callable[[Member], bool]) -> frozenset[int]:
        return frozenset(place for place, member in enumerate(self.members) if wanted(member))

    def supposing(self, key: str, *, stance: Stance, confirmed: bool) -> Self:
        """Give the same committee with one of them standing otherwise.

        Raises
        ------
        KeyError
            Nobody has that key.
        """
        if key not in {member.key for member in self.members}:
            raise KeyError(key)
        return replace(
            self,
            members=tuple(
                replace(member, stance=stance, confirmed=confirmed) if member.key == key else member
                for member in self.members
            ),
        )

    def without(self, key: str) -> Self:
        """Give the same committee once somebody has left: the seat stays, and nobody knows how it will vote."""
        return self.supposing(key, stance=Stance.UNKNOWN, confirmed=False)


def more_than_half(members: Sequence[Member]) -> int:
    """The quota of a simple majority."""
    return sum(member.weight for member in members) // 2 + 1


def _check_members(members: Sequence[Member]) -> None:
    if not members:
        raise UnableToDecide(say("Nobody decides yet: name at least one member."))
    if len({member.key for member in members}) < len(members):
        raise UnableToDecide(say("One person is a member twice: leave them there once."))
    if len(members) > MOST_MEMBERS:
        raise UnableToDecide(
            say("{n} member is too many: a decision has {most} at most.",
                "{n} members are too many: a decision has {most} at most.", n=len(members), most=MOST_MEMBERS)
        )  # fmt: skip
    if any(not 0 <= member.weight <= MOST_WEIGHT for member in members):
        raise UnableToDecide(say("A weight is a whole number from 0 to {most}.", most=MOST_WEIGHT))
    if any(member.influence not in INFLUENCE for member in members):
        raise UnableToDecide(say("Influence is a whole number from 1 to 5."))


def _check_flags(rule: Rule, members: Sequence[Member]) -> None:
    signers = sum(member.must_sign for member in members)
    vetoes = sum(member.has_veto for member in members)
    if rule is Rule.ONE_SIGNER and signers != 1:
        raise UnableToDecide(
            say("One signer is one person: {n} is marked as having to sign.",
                "One signer is one person: {n} are marked as having to sign.", n=signers)
        )  # fmt: skip
    if rule is Rule.BOARD and not signers:
        raise UnableToDecide(say("A tender board’s award is approved by somebody: mark who has to sign."))
    if rule is Rule.VETO and not vetoes:
        raise UnableToDecide(say("Nobody has a veto: mark who has it, or choose the majority."))
    if vetoes and rule is not Rule.VETO:
        raise UnableToDecide(say("This rule knows no veto: choose the committee with veto, or take the veto away."))
    if signers and rule not in (Rule.ONE_SIGNER, Rule.BOARD):
        raise UnableToDecide(
            say("This rule knows no signature: choose one signer or the tender board, or take the signature away.")
        )


def _check_quota(rule: Rule, members: Sequence[Member], quota: int | None) -> None:
    if not rule.counts_weights:
        if quota is not None:
            raise UnableToDecide(say("This rule has no quota: leave it empty."))
        return
    total = sum(member.weight for member in members)
    if not total:
        raise UnableToDecide(say("Nobody’s vote has a weight: give at least one member a weight above 0."))
    if quota is None or not 0 < quota <= total:
        raise UnableToDecide(
            say("The quota is a weight from 1 to {total}, which is what all members have together.", total=total)
        )
