"""The third step: what the whole reading came to, before anything is imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from anahtar.ledger.files.wire import options_from_json
from anahtar_web.jobs.told import shown
from anahtar_web.ledgers.actions.pulling import hindrance_of
from anahtar_web.ledgers.beside import LOOKS, Line, Moment
from anahtar_web.ledgers.models import Import, State, StoredFile
from anahtar_web.ledgers.pages.pulled import PulledPart
from anahtar_web.ledgers.pages.steps import Step, steps
from anahtar_web.ledgers.pages.sums import Sums
from anahtar_web.ledgers.queries import hindrance, overlap, rates_file
from anahtar_web.ledgers.wording import on_screen
from anahtar_web.ui.panels import Panel


@dataclass(frozen=True, slots=True)
class ChecksPage:
    """Sums, problems, oddities, and what may be wished otherwise.

    Parameters
    ----------
    hindrance
        Why the ledger would not take this batch, in words; empty where it would.
    overlap
        How many rows a correction has beyond those that were refused: they would count twice.
    """

    of: Import
    steps: Sequence[Step]
    form: Any
    sums: Sums | None
    refusal: str
    hindrance: str
    overlap: int
    rates: StoredFile | None
    working: bool
    ready: bool
    pulled: PulledPart | None
    panels: Sequence[Panel[Line]] = ()

    @classmethod
    def build(cls, *, of: Import, form: Any, user: Any) -> Self:
        """Gather the page."""
        sums = Sums.of(of)
        hindered = on_screen(_hindrance(of, sums)) if sums else ""
        return cls(
            of=of,
            steps=steps(of, "checks"),
            form=form,
            sums=sums,
            refusal=on_screen(shown(of.refusal)),
            hindrance=hindered,
            overlap=overlap(of),
            rates=rates_file(of),
            working=of.state == State.CHECKING,
            ready=of.state == State.CHECKED and not hindered,
            panels=LOOKS.panels(Moment(of), user),
            pulled=PulledPart.of(of),
        )


def _hindrance(of: Import, sums: Sums) -> str:
    return hindrance_of(of) if of.is_pulled else hindrance(sums.draft, of.kind)


def wishes_of(of: Import) -> dict[str, Any]:
    """Give what an import's options say, as the form shows it."""
    options = options_from_json(of.options)
    return {
        "version": of.version,
        "duplicates": options.duplicates,
        "leave_out_products": ", ".join(sorted(options.leave_out_products)),
        "refuse_above": options.refuse_above,
        "currency": options.currency or "",
    }
