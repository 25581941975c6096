"""The evidence of an account as a page shows it: what decided, without what decided nothing."""

from collections.abc import Sequence
from dataclasses import replace

from anahtar.rules.evidence import Evidence
from anahtar.words import Message, say


def decisive(reasons: Sequence[Evidence]) -> list[Evidence]:
    """Leave the bound out where the share alone makes an account key, and say it in short where it decides.

    `anahtar explain` and summary.json hold the whole sentence.
    """
    by_share = any(one.criterion == "share" and one.met for one in reasons)
    return [_in_short(one) for one in reasons if one.criterion != "bound" or not by_share]


def _in_short(one: Evidence) -> Evidence:
    return replace(one, sentence=_rank(one.sentence)) if one.criterion == "bound" else one


def _rank(sentence: Message) -> Message:
    values = sentence.values
    if "rank" not in values or "above" not in values:
        return sentence
    return say("rank {rank}; larger ones make {above}", rank=values["rank"], above=values["above"])
