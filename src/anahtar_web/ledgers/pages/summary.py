"""One import: where it stands, what it came to, what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from anahtar_web.gate.rights import Right
from anahtar_web.jobs.told import shown
from anahtar_web.ledgers.beside import LOOKS, Line, Moment
from anahtar_web.ledgers.correction_book import is_ready
from anahtar_web.ledgers.models import UNDER_WAY, WAITING, WORKING, Import, State, StoredFile
from anahtar_web.ledgers.pages.figures import FiguresPart
from anahtar_web.ledgers.pages.listing import TONES
from anahtar_web.ledgers.pages.pulled import PulledPart
from anahtar_web.ledgers.pages.steps import Step, address_of, steps
from anahtar_web.ledgers.pages.sums import Sums
from anahtar_web.ledgers.queries import corrections_of, resolved_rows
from anahtar_web.ledgers.wording import on_screen
from anahtar_web.ui.panels import Panel


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """What is known of an import.

    Parameters
    ----------
    refusal
        What ended the last work, in words; empty where it went well.
    resolved
        Refused rows that came in by later, corrected files.
    """

    of: Import
    tone: str
    files: Sequence[StoredFile]
    steps: Sequence[Step]
    sums: Sums | None
    figures: FiguresPart | None
    refusal: str
    corrections: Sequence[Import]
    resolved: int
    address: str
    working: bool
    waiting: bool
    in_ledger: bool
    may_import: bool
    may_cancel: bool
    can_correct: bool
    panels: Sequence[Panel[Line]]
    pulled: PulledPart | None

    @classmethod
    def build(cls, *, of: Import, user: Any) -> Self:
        """Gather the page."""
        state, may_import = State(of.state), user.may(Right.IMPORT)
        corrections = corrections_of(of)
        return cls(
            of=of,
            tone=TONES[state],
            files=list(of.files.order_by("pk")),
            steps=steps(of, "import"),
            sums=Sums.of(of),
            figures=FiguresPart.of(of),
            refusal=on_screen(shown(of.refusal)),
            corrections=corrections,
            resolved=resolved_rows(of, corrections),
            address=address_of(of, user),
            working=state in WORKING,
            waiting=state in WAITING,
            in_ledger=state == State.IMPORTED,
            may_import=may_import,
            can_correct=is_ready(of),
            panels=LOOKS.panels(Moment(of), user),
            pulled=PulledPart.of(of),
            may_cancel=may_import and state in UNDER_WAY and state != State.IMPORTING,
        )
