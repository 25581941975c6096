"""What is left without an account: asked of the analysis that the run keeps, when somebody wants to know."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from anahtar.words import Message, Refusal
from anahtar_web.insight.models import Run
from anahtar_web.insight.publishing import folder_of
from anahtar_web.insight.recent import Recent

if TYPE_CHECKING:
    from anahtar.analysis.losing.stressing import Stress
    from anahtar.metrics.loss.stress import LatePayment


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be taken away, and how late somebody is to pay.

    Parameters
    ----------
    direction
        Its name; empty: all that the account buys.
    days
        How many days later it pays; 0: not asked.
    interest_ppm, most_ppm
        What capital costs by the year, and the most that anybody may grow by, in millionths; None: no limit.
    """

    code: str
    direction: str = ""
    days: int = 0
    interest_ppm: int = 0
    most_ppm: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, or why there is nothing."""

    stress: "Stress | None" = None
    late: "LatePayment | None" = None
    refused: Message | None = None


KEPT: Final = 64
_answers: Final[Recent[Answer]] = Recent(KEPT)


def forget() -> None:
    """Let go of every answer."""
    _answers.clear()


def answer(run: Run, asked: Asked) -> Answer:
    """Say what is left; the same question is not reckoned again."""
    return _answers.get((str(folder_of(run)), asked), lambda: _answer(folder_of(run), asked))


def _answer(folder: Path, asked: Asked) -> Answer:
    from anahtar.analysis import keeping
    from anahtar.analysis.losing.stressing import Later, Shock, pays_later, what_if
    from anahtar.engine import DuckdbEngine

    try:
        analysis = keeping.load(folder)
        shock = Shock(asked.code, asked.direction or None)
        with (
            tempfile.TemporaryDirectory(prefix="anahtar-") as spill,
            DuckdbEngine([Path(spill)], spill=Path(spill) / "spill", threads=1) as engine,
        ):
            stress = what_if(analysis, [shock], engine=engine, most_ppm=asked.most_ppm)
        late = pays_later(analysis, Later(asked.code, asked.days, asked.interest_ppm)) if asked.days else None
    except Refusal as refusal:
        return Answer(refused=refusal.message)
    return Answer(stress, late)
