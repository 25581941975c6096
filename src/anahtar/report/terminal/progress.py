"""Progress bars of a run; silent where nobody watches."""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from anahtar.words import Message, Words


class Progress:
    """One bar for each stage, made when its first step is reported; `step` is the callback readers are given.

    Parameters
    ----------
    console
        Where the bars go, usually standard error; into a file or a pipe nothing is written.
    words
        The language of the stages.
    stages
        Stage, as readers name it, to its words; a stage without words is shown by its name.
    """

    def __init__(self, console: Console, words: Words, stages: Mapping[str, Message]) -> None:
        self._words = words
        self._stages = stages
        self._tasks: dict[str, TaskID] = {}
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Bars(*columns, console=console, transient=True, disable=not console.is_terminal)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def step(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is: `done` of `total`, in whatever unit the stage counts; a total of 0 is unknown."""
        if stage not in self._tasks:
            title = self._words(self._stages[stage]) if stage in self._stages else stage
            self._tasks[stage] = self._bars.add_task(title, total=total or None)
        self._bars.update(self._tasks[stage], completed=done, total=total or None)
