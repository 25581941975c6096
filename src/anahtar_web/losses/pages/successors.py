"""Accounts that went on under another code, and what people said of such pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from django.core.paginator import Page, Paginator

from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run
from anahtar_web.jobs.told import shown
from anahtar_web.losses.models import Continuation, LossReport, Succession
from anahtar_web.losses.pages.frame import Frame
from anahtar_web.losses.queries import continuations, successions

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 20
SAID: Final = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts the run took for one; `since`: what was said of them after it, and not counted yet."""

    found: Continuation
    evidence: Sequence[str]
    said: Succession | None

    @property
    def is_parted(self) -> bool:
        """Whether a person has said since that they are not one."""
        return self.said is not None and not self.said.goes_on


@dataclass(frozen=True, slots=True)
class SuccessorsPage:
    """The template's contract.

    Parameters
    ----------
    said
        What people said, the latest first.
    may
        Whether the reader may say it.
    """

    frame: Frame
    pairs: Sequence[Pair]
    slice: "Page[Continuation]"
    said: Sequence[Succession]
    may: bool

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport, page: str) -> Self:
        """Read it."""
        said = list(successions(user)[:SAID])
        by_pair = {(one.old_id, one.new_id): one for one in said}
        found = Paginator(continuations(user, run), SIZE).get_page(page)
        pairs = [
            Pair(one, [shown(sentence) for sentence in one.evidence], by_pair.get((one.old_id, one.new_id)))
            for one in found
        ]
        return cls(
            Frame.of(user, "successors", run, report),
            pairs,
            found,
            said,
            user.may(Right.CURATE_ACCOUNTS),
        )
