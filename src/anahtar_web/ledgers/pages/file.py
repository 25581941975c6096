"""The first step: the files as they were opened, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from anahtar_web.jobs.told import shown
from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.pages.steps import Step, steps


@dataclass(frozen=True, slots=True)
class FilePage:
    """What a first look found."""

    of: Import
    steps: Sequence[Step]
    working: bool
    refusal: str

    @classmethod
    def build(cls, *, of: Import) -> Self:
        """Gather the page."""
        return cls(of, steps(of, "file"), of.state == State.LOOKING, shown(of.refusal))
