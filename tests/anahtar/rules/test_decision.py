"""How a customer decides: verdict, whom to win and power, against enumeration and published figures."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from anahtar.rules.decision import (
    Committee,
    Game,
    Member,
    Rule,
    Stance,
    UnableToDecide,
    Verdict,
    more_than_half,
    sentences,
    verdict,
    why_power,
)
from anahtar.words import LANGUAGES, Words
from tests.anahtar.rules import by_enumeration

STANCES = list(Stance)


def member(key: str, stance: str = "unknown", **said: object) -> Member:
    """`ana`, `"supporter!"`: the mark says that it is confirmed."""
    return Member(key, stance=Stance(stance.rstrip("!")), confirmed=stance.endswith("!"), **said)


def majority(quota: int, *members: Member) -> Committee:
    return Committee(Rule.MAJORITY, members, quota)


# By hand ----------------------------------------------------------------------------------------------------------

BOARD = (
    member("purchasing", "supporter!", weight=40),
    member("technics", "supporter", weight=25),
    member("finance", "sceptic!", weight=20),
    member("plant", "neutral!", weight=15),
)


def test_support_that_nobody_confirmed_carries_on_assumptions_only():
    outcome = verdict(majority(60, *BOARD))
    assert outcome.verdict is Verdict.ASSUMED
    assert (outcome.confirmed, outcome.assumed, outcome.to_win) == (("purchasing",), ("technics",), ())
    assert outcome.to_confirm == ("technics",)


def test_confirming_one_assumed_stance_carries_it():
    confirmed = majority(60, *BOARD).supposing("technics", stance=Stance.SUPPORTER, confirmed=True)
    assert verdict(confirmed).verdict is Verdict.CARRIED


def test_who_has_not_made_up_their_mind_leaves_it_open_and_is_won_first():
    outcome = verdict(majority(70, *BOARD))
    assert outcome.verdict is Verdict.OPEN
    assert (outcome.to_win, outcome.steps) == (("plant",), 1)


def test_it_is_lost_once_those_against_us_outweigh_the_quota():
    outcome = verdict(majority(81, *BOARD))
    assert outcome.verdict is Verdict.LOST
    assert outcome.lost_for_sure
    # With the plant alone 80 would be for us: finance has to turn, and then the plant is still needed no more.
    assert outcome.to_win == ("finance",)


def test_it_is_lost_only_by_hearsay_where_the_blocker_is_assumed():
    outcome = verdict(majority(81, *BOARD[:2], member("finance", "blocker", weight=20), BOARD[3]))
    assert (outcome.verdict, outcome.lost_for_sure) == (Verdict.LOST, False)


def test_the_weights_say_where_they_stand():
    tally = verdict(majority(60, *BOARD)).tally
    assert (tally.confirmed, tally.assumed, tally.open, tally.against_assumed, tally.against) == (40, 25, 15, 0, 20)
    assert tally.total == 100


def test_a_veto_loses_what_the_weights_carry():
    members = (member("a", "champion!", weight=60), member("b", "sceptic!", weight=0, has_veto=True))
    outcome = verdict(Committee(Rule.VETO, members, 50))
    assert (outcome.verdict, outcome.to_win) == (Verdict.LOST, ("b",))
    assert outcome.needed == ("a", "b")


def test_a_tender_board_waits_for_whoever_approves_the_award():
    members = (member("a", "champion!", weight=3), member("b", weight=2), member("head", weight=0, must_sign=True))
    outcome = verdict(Committee(Rule.BOARD, members, 3))
    assert (outcome.verdict, outcome.undecided, outcome.to_win) == (Verdict.OPEN, ("b", "head"), ("head",))


def test_one_signer_decides_and_all_others_advise():
    members = (member("head", "supporter", must_sign=True), member("user", "blocker!"))
    outcome = verdict(Committee(Rule.ONE_SIGNER, members))
    assert (outcome.verdict, outcome.advisers, outcome.against) == (Verdict.ASSUMED, ("user",), ())
    assert [power.banzhaf for power in outcome.power] == [1, 0]


def test_a_consensus_fails_on_one():
    members = (member("a", "champion!"), member("b", "champion!"), member("c", "sceptic!"))
    outcome = verdict(Committee(Rule.CONSENSUS, members))
    assert (outcome.verdict, outcome.to_win, outcome.needed) == (Verdict.LOST, ("c",), ("a", "b", "c"))


def test_the_verdict_hangs_on_whose_leaving_makes_it_worse():
    outcome = verdict(majority(60, member("a", "champion!", weight=40), member("b", "supporter!", weight=40)))
    assert [(t.key, t.leaving, t.turning) for t in outcome.single_threads] == [
        ("a", Verdict.OPEN, Verdict.LOST),
        ("b", Verdict.OPEN, Verdict.LOST),
    ]
    spare = verdict(majority(60, *(member(key, "champion!", weight=40) for key in "abc")))
    assert spare.threads == ()


def test_among_people_won_as_easily_the_more_influential_one_is_won():
    members = (
        member("a", "champion!", weight=2),
        member("quiet", "neutral!", influence=1),
        member("heard", "neutral!", influence=5),
    )
    assert verdict(majority(3, *members)).to_win == ("heard",)


def test_two_easy_people_are_won_rather_than_one_blocker():
    members = (
        member("a", "champion!", weight=2),
        member("b", "neutral!"),
        member("c", "neutral!"),
        member("d", "blocker!", weight=3),
    )
    assert verdict(majority(4, *members)).to_win == ("b", "c")


def test_nothing_known_is_open_and_not_lost():
    outcome = verdict(majority(2, member("a"), member("b"), member("c")))
    assert (outcome.verdict, outcome.to_win, outcome.steps) == (Verdict.OPEN, ("a", "b"), 4)


def test_a_tie_does_not_carry_a_simple_majority():
    members = (member("a", "champion!"), member("b", "blocker!"))
    assert verdict(majority(more_than_half(members), *members)).verdict is Verdict.LOST


# Refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "members", "quota", "says"),
    [
        (Rule.MAJORITY, (), 1, "Nobody decides yet"),
        (Rule.MAJORITY, (member("a"), member("a")), 1, "twice"),
        (Rule.MAJORITY, (member("a"),), 0, "from 1 to 1"),
        (Rule.MAJORITY, (member("a"),), 2, "from 1 to 1"),
        (Rule.MAJORITY, (member("a"),), None, "from 1 to 1"),
        (Rule.MAJORITY, (member("a", weight=0),), 1, "above 0"),
        (Rule.MAJORITY, (member("a", weight=-1),), 1, "whole number from 0"),
        (Rule.MAJORITY, (member("a", influence=6),), 1, "from 1 to 5"),
        (Rule.MAJORITY, (member("a", has_veto=True),), 1, "no veto"),
        (Rule.MAJORITY, (member("a", must_sign=True),), 1, "no signature"),
        (Rule.MAJORITY, tuple(member(str(n)) for n in range(41)), 1, "41 members are too many"),
        (Rule.CONSENSUS, (member("a"),), 1, "no quota"),
        (Rule.ONE_SIGNER, (member("a"),), None, "0 are marked"),
        (Rule.ONE_SIGNER, (member("a", must_sign=True), member("b", must_sign=True)), None, "2 are marked"),
        (Rule.VETO, (member("a"),), 1, "Nobody has a veto"),
        (Rule.BOARD, (member("a"),), 1, "has to sign"),
    ],
)
def test_a_rule_that_decides_nothing_is_refused(rule, members, quota, says):
    with pytest.raises(UnableToDecide, match=says):
        Committee(rule, members, quota)


def test_supposing_something_of_a_stranger_is_an_error():
    with pytest.raises(KeyError):
        majority(1, member("a")).supposing("b", stance=Stance.NEUTRAL, confirmed=True)


# Published power --------------------------------------------------------------------------------------------------


def shares(game: Game, index: str) -> list[Fraction]:
    return [getattr(power, index) for power in game.power()]


def parts(whole: int, *counts: int) -> list[Fraction]:
    return [Fraction(count, whole) for count in counts]


def test_the_council_of_the_six_gives_luxembourg_no_power():
    """Council of the EEC, 1958: 12 of 17; Germany, France, Italy 4, Belgium, Netherlands 2, Luxembourg 1.

    Felsenthal and Machover (1998), The Measurement of Voting Power, chapter 5.
    """
    council = Game((4, 4, 4, 2, 2, 1), 12)
    assert shares(council, "banzhaf") == parts(21, 5, 5, 5, 3, 3, 0)
    assert shares(council, "shapley") == parts(60, 14, 14, 14, 9, 9, 0)
    assert [power.swings for power in council.power()] == [10, 10, 10, 6, 6, 0]


def test_three_districts_of_nassau_county_have_no_power():
    """Nassau County Board, 1964: 58 of 115. Banzhaf (1965): three of six members cast votes that never decide."""
    board = Game((31, 31, 28, 21, 2, 2), 58)
    assert shares(board, "banzhaf") == parts(3, 1, 1, 1, 0, 0, 0)


def test_the_five_that_may_veto_hold_nearly_all_power_by_shapley_and_shubik():
    """Security Council of the United Nations, 9 of 15 with five vetoes: 0.1963 and 0.001865 (421/2145, 4/2145).

    The same source; Banzhaf: 848 swings of a permanent member, 84 of another.
    """
    council = Game((1,) * 15, 9, frozenset(range(5)))
    assert shares(council, "shapley") == parts(2145, *[421] * 5, *[4] * 10)
    assert [power.swings for power in council.power()] == [848] * 5 + [84] * 10


def test_the_electors_of_a_large_house_are_counted_at_once():
    """38 equal seats and one of 12: power adds up, and the heavy seat has more than its weight."""
    power = Game((12, *[1] * 38), 26).power()
    assert sum(seat.banzhaf for seat in power) == sum(seat.shapley for seat in power) == 1
    assert power[0].shapley > Fraction(12, 50)


# Against enumeration ----------------------------------------------------------------------------------------------


def random_committee(chance: Random, most: int) -> Committee:
    rule = chance.choice(list(Rule))
    size = chance.randint(1, most)
    vetoes, signers = set(), set()
    if rule is Rule.VETO:
        vetoes = set(chance.sample(range(size), chance.randint(1, min(2, size))))
    if rule in (Rule.ONE_SIGNER, Rule.BOARD):
        signers = {chance.randrange(size)}
    members = tuple(
        Member(
            str(place),
            weight=chance.choice([0, 1, 1, 2, 3, 5, 8]) or (1 if place == 0 else 0),
            has_veto=place in vetoes,
            must_sign=place in signers,
            stance=chance.choice(STANCES),
            confirmed=chance.random() < 0.5,
            influence=chance.randint(1, 5),
        )
        for place in range(size)
    )
    total = sum(one.weight for one in members)
    return Committee(rule, members, chance.randint(1, total) if rule.counts_weights else None)


def committees(question: str, *, count: int, most: int) -> Iterator[Committee]:
    return (random_committee(Random(f"{question} {seed}"), most) for seed in range(count))


def test_verdict_and_whom_to_win_are_what_trying_everything_finds():
    for committee in committees("verdict", count=150, most=8):
        outcome = verdict(committee)
        asked = (committee.rule.value, committee.members, committee.quota)
        won, confirmed = by_enumeration.cheapest(*asked)
        assert outcome.verdict == by_enumeration.stands(*asked), committee
        assert {int(key) for key in outcome.to_win} == won, committee
        assert {int(key) for key in outcome.to_confirm} == confirmed, committee


def test_power_is_what_counting_every_coalition_and_every_order_finds():
    for committee in committees("power", count=60, most=6):
        asked = (committee.rule.value, committee.members, committee.quota)
        swings, banzhaf = by_enumeration.banzhaf(*asked)
        power = committee.game.power()
        assert [seat.swings for seat in power] == swings, committee
        assert [seat.banzhaf for seat in power] == banzhaf, committee
        assert [seat.shapley for seat in power] == by_enumeration.shapley(*asked), committee


def test_the_verdict_hangs_on_those_who_make_it_worse_by_turning():
    order = ["lost", "open", "carried_on_assumptions", "carried"]
    for committee in committees("threads", count=60, most=7):
        worse = set()
        for one in committee.members:
            turned = committee.supposing(one.key, stance=Stance.BLOCKER, confirmed=True)
            stands = by_enumeration.stands(turned.rule.value, turned.members, turned.quota)
            if order.index(stands) < verdict(committee).verdict.rank:
                worse.add(one.key)
        assert {thread.key for thread in verdict(committee).threads} == worse, committee


def test_winning_whom_it_says_and_confirming_whom_it_says_carries_it():
    for committee in committees("carried", count=40, most=20):
        outcome = verdict(committee)
        won = committee
        for key in (*outcome.to_win, *outcome.to_confirm):
            won = won.supposing(key, stance=Stance.SUPPORTER, confirmed=True)
        assert verdict(won).verdict is Verdict.CARRIED, committee


# Words ------------------------------------------------------------------------------------------------------------


def told(committee: Committee) -> list[str]:
    names = {one.key: one.key.title() for one in committee.members}
    return [str(message) for message in sentences(verdict(committee), committee.rule, names)]


def test_the_sentences_say_how_it_stands_and_what_to_do_next():
    assert told(majority(60, *BOARD)) == [
        "Carried only on assumptions: 65 for us, only 40 of them confirmed; it takes 60.",
        "No single person can hold it up.",
        "It is carried for sure once Technics has confirmed.",
        "It hangs on Purchasing: if they leave, it is open; if they turn against us, it is lost.",
        "It hangs on Technics: if they leave, it is open; if they turn against us, it is lost.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_says_every_verdict(language):
    said = {}
    for one in committees("words", count=200, most=6):
        names = {each.key: each.key for each in one.members}
        outcome = verdict(one)
        said[one.rule, outcome.verdict] = " ".join(map(Words(language), sentences(outcome, one.rule, names)))
    assert len(said) == len(Rule) * len(Verdict)
    assert "{" not in "".join(said.values())


def test_power_is_told_by_what_it_decides():
    powers = Game((4, 4, 4, 2, 2, 1), 12).power()
    assert str(why_power(powers[0], voters=6)) == (
        "decides in 10 of 32 ways the others may vote; 23.8 % of all deciding votes"
    )
    assert str(why_power(powers[5], voters=6)) == "no vote that ever decides"


def test_verdicts_are_ordered_from_the_worst_to_the_best():
    assert all(
        one.rank < other.rank for one, other in pairwise([Verdict.LOST, Verdict.OPEN, Verdict.ASSUMED, Verdict.CARRIED])
    )
