"""One campaign: its plan, its budget, whom it was drawn for, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from anahtar.rules.uplift import Verdict
from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.queries import current_run
from anahtar_web.ui.markdown import render
from anahtar_web.winbacks.models import Campaign, CampaignState, Draw, Offer
from anahtar_web.winbacks.queries import Outcome, committed, offers, outcomes_of, spent

if TYPE_CHECKING:
    from anahtar_web.people.models import User

TONES = {CampaignState.DRAFT: "", CampaignState.RUNNING: "info", CampaignState.ENDED: "good"}


@dataclass(frozen=True, slots=True)
class Budget:
    """What of a budget is bound and what has gone out."""

    whole: int
    committed: int
    spent: int

    @property
    def left(self) -> int:
        """What may still be offered."""
        return max(self.whole - self.committed, 0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An account of a campaign, with its latest offer within it."""

    draw: Draw
    offer: Offer | None


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """The template's contract.

    Parameters
    ----------
    budget
        None for who does not read offers.
    outcome
        None before the draw.
    own
        Whether only the accounts of one person are counted.
    """

    campaign: Campaign
    tone: str
    contents: SafeString
    budget: Budget | None
    outcome: Outcome | None
    slice: "Page[Any]"
    rows: Sequence[Drawn]
    currency: str
    own: bool
    sees_margin: bool
    may_run: bool
    may_start: bool

    @classmethod
    def build(cls, campaign: Campaign, user: "User", page: str = "") -> Self:
        """Read it; as many queries for many accounts as for one."""
        sees, runs = user.sees(Field.OFFER), user.may(Right.RUN_WINBACKS)
        draws = Draw.objects.filter(campaign=campaign).select_related("account", "case")
        if not user.may(Right.SEE_ALL_ACCOUNTS):
            draws = draws.filter(account__in=Account.objects.visible_to(user))
        slice_ = Paginator(draws.order_by("account__sort_key", "pk"), 50).get_page(page)
        mine = list(slice_.object_list)
        made = offers(user).filter(campaign=campaign, case__in=[one.case_id for one in mine]).order_by("pk")
        latest = {one.case_id: one for one in made}
        return cls(
            campaign=campaign,
            tone=TONES[CampaignState(campaign.state)],
            contents=render(campaign.contents if sees else ""),
            budget=Budget(campaign.budget, committed(campaign), spent(campaign)) if sees else None,
            outcome=outcomes_of(user, [campaign], current_run()).get(campaign.pk),
            slice=slice_,
            rows=[Drawn(one, latest.get(one.case_id)) for one in mine],
            currency=figures().currency,
            own=not user.may(Right.SEE_ALL_ACCOUNTS),
            sees_margin=user.sees(Field.MARGIN) and user.sees(Field.PROFIT),
            may_run=runs,
            may_start=runs and sees,
        )

    @property
    def verdict_tone(self) -> str:
        """The colour of what may be said of the difference."""
        found = self.outcome.uplift.verdict if self.outcome else Verdict.TOO_FEW
        return {Verdict.MORE: "good", Verdict.FEWER: "bad", Verdict.UNCLEAR: "warn"}.get(found, "")
