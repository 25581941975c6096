"""The reconciliation: rows and money of the files against what became of them, and the problems by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from anahtar.ledger.files import wire
from anahtar.ledger.intake.notes import notes_on
from anahtar.ledger.manifest import Draft, Tally
from anahtar.ledger.problems import Kind, Verdict
from anahtar.ledger.roles import Role
from anahtar.words import Message
from anahtar_web.ledgers.keepers import keeper_of
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.wording import did_with, oddity, tone_of
from anahtar_web.ui.templatetags.shown import words


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem with one verdict."""

    kind: str
    verdict: str
    label: Message
    done: Any
    tone: str
    rows: int
    amount: int | None


@dataclass(frozen=True, slots=True)
class Column:
    """One role of the mapping that was used."""

    role: Message
    header: str
    because: Message | None


@dataclass(frozen=True, slots=True)
class Sums:
    """What a whole reading came to.

    Parameters
    ----------
    oddities
        Counts worth a look that are no problem of a row, in words.
    notes
        What a person should know: wishes that met nothing, money in no sum.
    """

    draft: Draft
    tally: Tally
    problems: Sequence[Problem]
    oddities: Sequence[str]
    notes: Sequence[str]
    columns: Sequence[Column]

    @classmethod
    def of(cls, of: Import) -> Self | None:
        """Give the sums of an import that was read whole; None before that."""
        if of.draft is None:
            return None
        draft, keeper = wire.draft_from_json(of.draft), keeper_of(of.kind)
        told = (oddity(name, count) for name, count in draft.oddities.items() if count)
        return cls(
            draft=draft,
            tally=draft.tally,
            problems=[_problem(*told) for told in of.problems],
            oddities=[sentence for sentence in told if sentence],
            notes=[words()(note) for note in notes_on(draft)] + (keeper.notes(of) if keeper else []),
            columns=[
                Column(role.label, draft.mapping[role.value], draft.because.get(role.value))
                for role in Role
                if role.value in draft.mapping
            ],
        )

    @property
    def set_aside(self) -> Sequence[Problem]:
        """Problems of rows that are kept outside every account."""
        return [problem for problem in self.problems if problem.verdict == Verdict.SET_ASIDE]

    @property
    def agrees(self) -> str:
        """Say that both sides are equal; a reading whose sides differ ends as a refusal and never comes here."""
        return _("Agrees to the last row and cent; counted a second time by another way.")


def _problem(kind: str, verdict: str, rows: int, amount: int | None) -> Problem:
    return Problem(kind, verdict, Kind(kind).label, did_with(kind, verdict), tone_of(kind, verdict), rows, amount)
