"""What apps above reckon with an analysis: they register here, and their rows become visible in the same moment.

    register(Step("losses", _("adding up losses"), reckon))

A step is asked once the standings of the run are written and before it takes over. What it writes belongs to the run
(a foreign key with CASCADE); former runs' rows are forgotten by `forget`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Model

if TYPE_CHECKING:
    from anahtar.analysis import Analysis
    from anahtar.ledger.manifest import Manifest
    from anahtar.words import Message
    from anahtar_web.insight.foreseeing import Foreseen
    from anahtar_web.insight.models import Run


@dataclass(frozen=True)
class Analysed:
    """A run about to take over.

    Parameters
    ----------
    run
        Its standings are written.
    analysis
        What the core found; states by the company's criterion.
    foreseen
        What is to be expected of accounts and directions, and the backtest.
    batches, workspace
        As for `analyze`; the workspace holds its facts.
    folder
        Where the run's own files are kept.
    accounts
        Code -> primary key of every account that stands alone.
    on_progress
        Called with what is done and its total.
    """

    run: "Run"
    analysis: "Analysis"
    foreseen: "Foreseen"
    batches: "Sequence[tuple[Path, Manifest]]"
    workspace: Path
    folder: Path
    accounts: dict[str, int]
    on_progress: Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One app's part.

    Parameters
    ----------
    name
        Of the app.
    title
        What the job says while it is at work.
    reckon
        Does it.
    models
        Tables with a row per run and account, forgotten run by run once another run is current.
    after
        Called once the run has taken over, within the job: what follows from the figures shown.
    why
        Says why an account (its code) has its state in a run; None where the step cannot tell.
    """

    name: str
    title: Any
    reckon: Callable[[Analysed], None] | None = None
    models: Sequence[type[Model]] = ()
    after: Callable[["Run"], None] | None = None
    why: Callable[["Run", str], "Message | None"] | None = None


_STEPS: Final[dict[str, Step]] = {}


def register(step: Step) -> None:
    """Take part in every analysis; called by an app's `ready()`, those below first."""
    _STEPS[step.name] = step


def why(run: "Run", code: str) -> "Message | None":
    """Say why an account has its state in a run, as the first step tells it that can."""
    told = (step.why(run, code) for step in steps() if step.why is not None)
    return next((message for message in told if message is not None), None)


def steps() -> Sequence[Step]:
    """Give the steps in the order in which they were registered."""
    return tuple(_STEPS.values())
