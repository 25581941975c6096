"""The same questions answered by trying out everything, sharing no code with what is tested: small and slow."""

from fractions import Fraction
from itertools import combinations, permutations

AWAY = {"neutral": 1, "unknown": 2, "sceptic": 2, "blocker": 3}
FOR, AGAINST = {"champion", "supporter"}, {"sceptic", "blocker"}


def carries(rule, members, quota, yes):
    """Whether the rule is met by the yes of some members (their places), read off its definition."""
    signed = all(place in yes for place, member in enumerate(members) if member.must_sign)
    unopposed = all(place in yes for place, member in enumerate(members) if member.has_veto)
    weight = sum(members[place].weight for place in yes)
    return {
        "one_signer": signed,
        "consensus": len(set(yes)) == len(members),
        "majority": quota is not None and weight >= quota,
        "veto": quota is not None and weight >= quota and unopposed,
        "tender_board": quota is not None and weight >= quota and signed,
    }[rule]


def sets(places):
    return [set(chosen) for size in range(len(places) + 1) for chosen in combinations(places, size)]


def has_vote(rule, member):
    if rule == "one_signer":
        return member.must_sign
    return rule == "consensus" or member.weight > 0 or member.has_veto or member.must_sign


def stands(rule, members, quota):
    """All ways the people could turn out that agree with what is known of them."""
    places = range(len(members))
    sure = {place for place in places if members[place].stance in FOR and members[place].confirmed}
    hoped = {place for place in places if members[place].stance in FOR}
    loose = [place for place in places if members[place].stance not in FOR | AGAINST]
    if carries(rule, members, quota, sure):
        return "carried"
    if carries(rule, members, quota, hoped):
        return "carried_on_assumptions"
    return "open" if any(carries(rule, members, quota, hoped | more) for more in sets(loose)) else "lost"


def cheapest(rule, members, quota):
    """The set to win, and then the one to confirm."""
    places = range(len(members))
    hoped = {place for place in places if members[place].stance in FOR}
    sure = {place for place in hoped if members[place].confirmed}
    others = [p for p in places if p not in hoped and has_vote(rule, members[p])]
    won = min(
        (chosen for chosen in sets(others) if carries(rule, members, quota, hoped | chosen)),
        key=lambda chosen: (
            sum(AWAY[members[p].stance] for p in chosen),
            len(chosen),
            -sum(members[p].influence for p in chosen),
            sorted(chosen),
        ),
    )
    asked = min(
        (chosen for chosen in sets(sorted(hoped - sure)) if carries(rule, members, quota, sure | won | chosen)),
        key=lambda chosen: (len(chosen), -sum(members[p].influence for p in chosen), sorted(chosen)),
    )
    return won, asked


def banzhaf(rule, members, quota):
    places = range(len(members))
    swings = [
        sum(
            carries(rule, members, quota, yes | {place}) and not carries(rule, members, quota, yes)
            for yes in sets([other for other in places if other != place])
        )
        for place in places
    ]
    return swings, [Fraction(one, sum(swings)) for one in swings]


def shapley(rule, members, quota):
    """Every order of voting, one by one."""
    decided = [0] * len(members)
    orders = list(permutations(range(len(members))))
    for order in orders:
        yes = set()
        for place in order:
            yes.add(place)
            if carries(rule, members, quota, yes):
                decided[place] += 1
                break
    return [Fraction(one, len(orders)) for one in decided]
