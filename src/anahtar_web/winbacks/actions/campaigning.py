"""A campaign is planned, drawn when it starts, and ended."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from anahtar.rules.hold_out import held_out
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Field
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.insight.queries import current_run
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day
from anahtar_web.winbacks.actions.listing import cases_for
from anahtar_web.winbacks.models import Campaign, CampaignState, Draw, Offer, OfferState
from anahtar_web.winbacks.queries import all_drawn
from anahtar_web.winbacks.queries.members import first_of, open_cases

PLANNED: Final = (
    *("name", "list", "size", "kind", "contents", "cost", "budget", "valid_until"),
    *("holdout_share", "horizon"),
)
"""What is planned of a campaign; once it is drawn it stays."""

PROTECTED: Final = ("kind", "contents", "cost", "budget")
"""What only those write who read offers."""


class UnableToCampaign(Refused):
    """The campaign cannot be planned so, started or ended."""


@transaction.atomic
def plan(*, fields: Mapping[str, Any], by: User) -> Campaign:
    """Plan a campaign; nothing is drawn or sent.

    Raises
    ------
    UnableToCampaign
        Its days contradict each other.
    """
    made: Campaign = Campaign.objects.create(by=by, **_clean(fields, by))
    record("campaign.planned", made, by=by, after={"holdout_share": made.holdout_share})
    return made


@transaction.atomic
def replan(*, campaign: Campaign, seen: int, fields: Mapping[str, Any], by: User) -> Campaign:
    """Change the plan of a campaign that was not drawn yet.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToCampaign
        It was drawn, or its days contradict each other.
    """
    current = _current(campaign, seen)
    _still_planned(current)
    before = {"holdout_share": current.holdout_share}
    current.save_over(seen, _clean(fields, by))
    record("campaign.replanned", current, by=by, before=before, after={"holdout_share": current.holdout_share})
    return current


@transaction.atomic
def start(*, campaign: Campaign, seen: int, by: User, seed: int | None = None) -> Campaign:
    """Draw who is made an offer and who is left alone, before anything is sent; each gets a case.

    The accounts are the first of the list as it stands now, without those `chosen` leaves out.

    Parameters
    ----------
    seed
        Of the draw; None: a new one, which nobody can choose.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToCampaign
        Nothing is offered yet, its day is over, or nobody is on the list.
    UnableToChangeMerged
        An account has gone on under another.
    """
    if not by.sees(Field.OFFER):
        raise PermissionDenied
    current = _current(campaign, seen)
    _still_planned(current)
    if not current.contents.strip():
        raise UnableToCampaign(_("Write first what is offered, then start."))
    _check_days(current.valid_until, current.horizon)
    accounts = chosen(current, by)
    if not accounts:
        raise UnableToCampaign(_("Nobody is on the list who is not in another campaign. Widen the list, then start."))
    seed = secrets.randbits(62) if seed is None else seed
    alone = held_out([one.pk for one in accounts], share=current.holdout_share, seed=seed)
    current.save_over(seen, {"state": CampaignState.RUNNING, "seed": seed, "drawn_on": today()})
    cases = {one.account_id: one for one in open_cases([one.pk for one in accounts])}
    cases |= cases_for([one for one in accounts if one.pk not in cases], by=by)
    Draw.objects.bulk_create(
        Draw(campaign=current, account=one, case=cases[one.pk], held_out=one.pk in alone) for one in accounts
    )
    after = {"seed": str(seed), "rows": len(accounts), "left_alone": len(alone)}
    record("campaign.started", current, by=by, after=after)
    return current


def chosen(campaign: Campaign, by: User) -> list[Account]:
    """Give the accounts a campaign would have if it were drawn now.

    Without those that another one measures, and without those that have an offer in hand: among the ones left alone
    they would not be.
    """
    asked = Offer.objects.filter(state=OfferState.SENT).values_list("case__account", flat=True)
    taken = all_drawn(today()) | {*asked}
    return first_of(campaign.list, by, current_run(), most=campaign.size, without=taken)


@transaction.atomic
def end(*, campaign: Campaign, seen: int, reason: str, by: User) -> Campaign:
    """End a campaign: no more offers within it, nobody is left alone any more, and returns count up to today.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToCampaign
        It does not run, or nobody says why.
    """
    current = _current(campaign, seen)
    if current.state != CampaignState.RUNNING:
        raise UnableToCampaign(_("It does not run: there is nothing to end."))
    if not reason.strip():
        raise UnableToCampaign(_("Say why it ends: whoever reads its figures must know."))
    current.save_over(seen, {"state": CampaignState.ENDED, "ended_on": today()})
    record("campaign.ended", current, by=by, reason=reason.strip())
    return current


def _current(campaign: Campaign, seen: int) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("list")
    current: Campaign = rows.get(pk=campaign.pk)
    if current.version != seen:
        raise EditedMeanwhile(current)
    return current


def _still_planned(campaign: Campaign) -> None:
    if campaign.state != CampaignState.DRAFT:
        raise UnableToCampaign(_("It was drawn, and stays as it was planned. Plan another campaign."))


def _clean(fields: Mapping[str, Any], by: User) -> dict[str, Any]:
    clean: dict[str, Any] = {n: value.strip() if isinstance(value, str) else value for n, value in fields.items()}
    left = PROTECTED if not by.sees(Field.OFFER) else ()
    kept = {str(name): clean[name] for name in PLANNED if name in clean and name not in left}
    _check_days(kept["valid_until"], kept["horizon"])
    return kept


def _check_days(valid_until: date, horizon: int) -> None:
    if valid_until < today():
        raise UnableToCampaign(_("%(day)s is over: say a day that is to come.") % {"day": day(valid_until)})
    last = today() + timedelta(days=horizon)
    if valid_until > last:
        raise UnableToCampaign(
            _("Returns count until %(last)s, and offers would hold longer. Let them hold shorter, or count longer.")
            % {"last": day(last)}
        )
