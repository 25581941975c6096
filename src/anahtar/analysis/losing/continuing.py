"""Accounts that went on under another code: by a person's word, or by what they buy. They are no losses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from anahtar.analysis.result import Analysis
from anahtar.analysis.successors import successors
from anahtar.facts.merging import survivors
from anahtar.ledger.manifest import Manifest
from anahtar.words import Message, say


@dataclass(frozen=True, slots=True)
class Continued:
    """One account that went on as another.

    Parameters
    ----------
    old, new
        Their codes.
    by
        `word`: a person said so; `basket`: the new one buys what the old one bought, from when it stopped on.
    evidence
        What speaks for it, in sentences.
    """

    old: str
    new: str
    by: Literal["word", "basket"]
    evidence: Sequence[Message]


def continuations(
    batches: Sequence[tuple[Path, Manifest]],
    analysis: Analysis,
    *,
    succeeded: Mapping[str, str],
    apart: Collection[tuple[str, str]],
) -> Sequence[Continued]:
    """Bring together what people said and what baskets say of successors.

    A person's word wins: who was said to go on as somebody is not looked for again, a pair said to be apart is never
    one, and a finding that would lead in a circle with what people said is dropped.

    Parameters
    ----------
    batches, analysis
        As for `anahtar.analysis.successors.successors`.
    succeeded
        Code -> code under which the account goes on.
    apart
        Pairs (old, new) that are not one.

    Returns
    -------
    Sequence[Continued]
        Words first, by code; then findings, the surest first. Codes that are no account are left out.

    Raises
    ------
    UnableToMerge
        The words lead in a circle.
    """
    known = set(analysis.standings["code"].to_pylist())
    words = {old: new for old, new in sorted(succeeded.items()) if {old, new} <= known and old != new}
    ends = dict(survivors(words))
    told = [Continued(old, new, "word", (say("a person said so"),)) for old, new in words.items()]
    for one in successors(batches, analysis):
        old, new = one.codes
        if old in ends or (old, new) in apart or ends.get(new, new) == old:
            continue
        told.append(Continued(old, new, "basket", one.evidence))
        ends = dict(survivors({kept.old: kept.new for kept in told}))
    return told


def goes_on(continued: Sequence[Continued]) -> Mapping[str, str]:
    """Code -> the code that is left in the end."""
    return survivors({one.old: one.new for one in continued})
