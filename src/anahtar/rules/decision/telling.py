"""The outcome of a decision in sentences, for whoever has to act on it."""

from collections.abc import Iterator, Mapping, Sequence

from anahtar.rules.decision.committee import Rule
from anahtar.rules.decision.game import Power
from anahtar.rules.decision.verdict import Outcome, Thread, Verdict
from anahtar.words import Message, Share, say

_STANDS: Mapping[Verdict, Message] = {
    Verdict.CARRIED: say("carried"),
    Verdict.ASSUMED: say("carried only on assumptions"),
    Verdict.OPEN: say("open"),
    Verdict.LOST: say("lost"),
}


def sentences(outcome: Outcome, rule: Rule, names: Mapping[str, str]) -> list[Message]:
    """Tell how a decision stands, why, and what to do next.

    Parameters
    ----------
    names
        Key of each member -> how the reader knows them.
    """
    told = _Told(names)
    return [
        _headline(outcome, rule, told),
        *_blocked(outcome, rule, told),
        *_needed(outcome, told),
        *_to_win(outcome, told),
        *_to_confirm(outcome, told),
        *(_thread(thread, told) for thread in outcome.single_threads),
    ]


class _Told:
    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def __call__(self, keys: Sequence[str]) -> str:
        return ", ".join(self.names[key] for key in keys)


def _headline(outcome: Outcome, rule: Rule, told: _Told) -> Message:
    if rule.counts_weights:
        return _by_weight(outcome)
    match outcome.verdict:
        case Verdict.CARRIED:
            return say("Carried: everybody whose yes it takes has confirmed it ({who}).", who=told(outcome.needed))
        case Verdict.ASSUMED:
            return say("Carried only on assumptions: nobody has confirmed the yes of {who}.", who=told(outcome.assumed))
        case Verdict.OPEN:
            return say("Open: it waits for {who}.", who=told(outcome.undecided))
        case _:
            return say("Lost as they stand: {who} would have to turn.", who=told(outcome.against))


def _by_weight(outcome: Outcome) -> Message:
    tally = outcome.tally
    is_for = tally.confirmed + tally.assumed
    match outcome.verdict:
        case Verdict.CARRIED:
            return say(
                "Carried: {have} confirmed for us; it takes {quota}.",
                have=tally.confirmed,
                quota=tally.quota,
            )
        case Verdict.ASSUMED:
            return say(
                "Carried only on assumptions: {have} for us, only {confirmed} of them confirmed; it takes {quota}.",
                have=is_for,
                quota=tally.quota,
                confirmed=tally.confirmed,
            )
        case Verdict.OPEN if is_for >= tally.quota:
            return say(
                "Open: {have} for us where it takes {quota}, but not everybody who has to agree.",
                have=is_for,
                quota=tally.quota,
            )
        case Verdict.OPEN:
            return say(
                "Open: {have} for us, {open} undecided or unknown; it takes {quota}.",
                have=is_for,
                quota=tally.quota,
                open=tally.open,
            )
        case _ if is_for + tally.open >= tally.quota:
            return say(
                "Lost as they stand: the weights could suffice, but somebody who has to agree is against us.",
            )
        case _:
            return say(
                "Lost as they stand: with everybody who is undecided {reach} would be for us; it takes {quota}.",
                reach=is_for + tally.open,
                quota=tally.quota,
            )


def _blocked(outcome: Outcome, rule: Rule, told: _Told) -> Iterator[Message]:
    """What weights alone do not tell: enough of them, and yet not carried; lost, and perhaps only by hearsay."""
    waiting = [key for key in outcome.needed if key in outcome.undecided]
    against = [key for key in outcome.needed if key in outcome.against]
    if rule.counts_weights and against:
        yield say("Against us stands {who}, without whom nothing is carried.", who=told(against))
    elif rule.counts_weights and waiting:
        yield say("It waits for {who}, whatever the others say.", who=told(waiting))
    if outcome.verdict is Verdict.LOST and not outcome.lost_for_sure:
        yield say("It is lost only by what is assumed of those against us: find out whether that is so.")


def _needed(outcome: Outcome, told: _Told) -> Iterator[Message]:
    if outcome.needed:
        yield say("Nothing is carried without {who}.", who=told(outcome.needed))
    else:
        yield say("No single person can hold it up.")


def _to_win(outcome: Outcome, told: _Told) -> Iterator[Message]:
    if outcome.to_win:
        yield say(
            "The shortest way to carry it: win {who} ({n} step of stance).",
            "The shortest way to carry it: win {who} ({n} steps of stance).",
            who=told(outcome.to_win),
            n=outcome.steps,
        )


def _to_confirm(outcome: Outcome, told: _Told) -> Iterator[Message]:
    if outcome.to_confirm and outcome.to_win:
        yield say("Then have {who} confirm what is only assumed of them.", who=told(outcome.to_confirm))
    elif outcome.to_confirm:
        yield say("It is carried for sure once {who} has confirmed.", who=told(outcome.to_confirm))


def _thread(thread: Thread, told: _Told) -> Message:
    return say(
        "It hangs on {who}: if they leave, it is {leaving}; if they turn against us, it is {turning}.",
        who=told([thread.key]),
        leaving=_STANDS[thread.leaving],
        turning=_STANDS[thread.turning],
    )


def stands(verdict: Verdict) -> Message:
    """Say a verdict in a word or two."""
    return _STANDS[verdict]


def why_power(power: Power, *, voters: int) -> Message:
    """Say what a seat's power is made of.

    Parameters
    ----------
    voters
        How many members have a vote.
    """
    if not power.swings:
        return say("no vote that ever decides")
    return say(
        "decides in {swings} of {all} ways the others may vote; {banzhaf} of all deciding votes",
        swings=power.swings,
        all=2 ** (voters - 1),
        banzhaf=Share(float(power.banzhaf)),
    )
