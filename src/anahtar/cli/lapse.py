"""The options with which a person decides by what an account lapses."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from anahtar.cli.reading import UnableToUnderstandOption
from anahtar.words import Message, Refusal, Words, say

if TYPE_CHECKING:
    from anahtar.rules.lapse_criterion import LapseCriterion

_KINDS: Final = ("rhythm", "flat", "probability", "combined")
_LEAST_DAYS: Final = 30


class UnableToUseLapseOption(Refusal):
    """A border is given to a criterion that does not ask for it."""

    def __init__(self, option: str, criteria: str) -> None:
        super().__init__(
            say(
                "{option} would change nothing: add --lapse {criteria}, or leave it out.",
                option=option,
                criteria=criteria,
            )
        )


def add_lapse(to: argparse.ArgumentParser, words: Words) -> None:
    """Add the options that decide by what an account lapses."""
    add = to.add_argument_group(words(say("lapse"))).add_argument
    add(
        "--lapse",
        choices=_KINDS,
        help=words(
            say(
                "by what states are told: each account's own rhythm, the same days for all (flat), the probability of "
                "no purchase, or all of them; shutdowns and seasons are looked at only with this option (without it: "
                "the own rhythm, by the calendar)"
            )
        ),
    )
    add(
        "--lapse-days",
        metavar=words(say("DAYS")),
        help=words(say("days allowed to everybody, for flat: lapsed beyond them (90)")),
    )
    add(
        "--lapse-at-risk",
        metavar=words(say("PERCENT")),
        help=words(say("probability from which an account is at risk, for probability and combined (30)")),
    )
    add(
        "--lapse-lapsed",
        metavar=words(say("PERCENT")),
        help=words(say("probability from which it has lapsed, for probability and combined (50)")),
    )


def lapse_criterion(arguments: argparse.Namespace) -> "LapseCriterion | None":
    """What the options say; None where nobody chose one.

    Raises
    ------
    UnableToUnderstandOption
        A value that is not of its form.
    UnableToUseLapseOption
        A border that the criterion does not ask for.
    """
    from anahtar.rules.lapse_criterion import Criterion, LapseCriterion

    kind = arguments.lapse
    foretells = kind in ("probability", "combined")
    if arguments.lapse_days is not None and kind != "flat":
        raise UnableToUseLapseOption("--lapse-days", "flat")
    for option, value in (("--lapse-at-risk", arguments.lapse_at_risk), ("--lapse-lapsed", arguments.lapse_lapsed)):
        if value is not None and not foretells:
            raise UnableToUseLapseOption(option, "probability|combined")
    if kind is None:
        return None
    at_risk = _share("--lapse-at-risk", arguments.lapse_at_risk or "30")
    lapsed = _share("--lapse-lapsed", arguments.lapse_lapsed or "50")
    if at_risk >= lapsed:
        form = say("a percentage above that of --lapse-at-risk, e.g. 50")
        raise UnableToUnderstandOption("--lapse-lapsed", arguments.lapse_lapsed or "50", form)
    return LapseCriterion(Criterion(kind), flat_days=_days(arguments.lapse_days), at_risk=at_risk, lapsed=lapsed)


def recalled(told: "Mapping[str, Any] | None") -> "LapseCriterion | None":
    """The criterion of a remembered run; None where it had none, or knew none yet."""
    if told is None:
        return None
    from anahtar.rules.lapse_criterion import Criterion, LapseCriterion

    return LapseCriterion(**{**told, "kind": Criterion(told["kind"])})


def _days(text: str | None) -> int:
    if text is None:
        return 90
    if text.isascii() and text.isdigit() and int(text) >= _LEAST_DAYS:
        return int(text)
    raise UnableToUnderstandOption("--lapse-days", text, say("a number of days, 30 or more, e.g. 90"))


def _share(option: str, text: str) -> float:
    form: Message = say("a percentage, e.g. 30")
    try:
        percent = float(text.strip().removesuffix("%").replace(",", "."))
    except ValueError as error:
        raise UnableToUnderstandOption(option, text, form) from error
    # Below one percent it is a fraction (0.3) in the wrong place.
    if not 1 <= percent < 100:
        raise UnableToUnderstandOption(option, text, form)
    return percent / 100
