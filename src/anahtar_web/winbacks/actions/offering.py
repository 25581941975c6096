"""An offer is written, asks for approval, and is sent; what it says anew has to be approved anew."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Field
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.risks.actions import move
from anahtar_web.risks.models import CLOSED, Case, Stage
from anahtar_web.ui.templatetags.shown import day, money
from anahtar_web.winbacks.models import LIVE, Approval, Campaign, CampaignState, Draw, Offer, OfferState, OfferVersion
from anahtar_web.winbacks.queries import committed, covers, granted, left_alone, limit_of, together

WRITTEN: Final = ("kind", "contents", "note", "cost", "budget_line", "valid_until")
"""What a version of an offer holds."""


class UnableToOffer(Refused):
    """The offer cannot be made, written so, or sent."""


@transaction.atomic
def make(*, case: Case, fields: Mapping[str, Any], campaign: Campaign | None = None, by: User) -> Offer:
    """Write an offer down as a draft.

    Raises
    ------
    UnableToOffer
        The case is closed, its account is left alone in a campaign, the budget does not reach, or it cannot be so.
    UnableToChangeMerged
        The account goes on under another.
    """
    may_write(by)
    home = held(case.account)
    fresh = Case.objects.get(pk=case.pk)
    if fresh.stage in CLOSED:
        raise UnableToOffer(_("The case is closed. Move it to another stage first, then make an offer."))
    clean = _clean(fields)
    _not_left_alone(fresh)
    _within(campaign, clean["cost"], fresh, without=None)
    made: Offer = Offer.objects.create(case=fresh, campaign=campaign, by=by, written_by=by, **clean)
    _version(made, by)
    record("offer.made", home, by=by, after={"offer": made.pk, "offer_cost": made.cost}, account=home.pk)
    return made


@transaction.atomic
def rewrite(*, offer: Offer, seen: int, fields: Mapping[str, Any], by: User) -> Offer:
    """Write it anew: a draft again, whatever had been approved of the wording before.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToOffer
        It has gone out already, or cannot be so.
    UnableToChangeMerged
        The account goes on under another.
    """
    may_write(by)
    current = current_offer(offer, seen)
    if current.state not in LIVE:
        raise UnableToOffer(_("It has gone out or was given up, and stays as it was. Make another offer."))
    clean = _clean(fields)
    if all(getattr(current, name) == value for name, value in clean.items()):
        return current
    _within(current.campaign, clean["cost"], current.case, without=current.pk)
    was = {"offer_state": current.state, "offer_cost": current.cost}
    current.save_over(seen, clean | {"state": OfferState.DRAFT, "edition": current.edition + 1, "written_by": by})
    _version(current, by)
    after = {"offer": current.pk, "offer_state": current.state, "offer_cost": current.cost}
    _trail("offer.rewritten", current, by, was, after)
    return current


@transaction.atomic
def submit(*, offer: Offer, seen: int, by: User) -> Offer:
    """Have an offer approved: at once where its author may grant it, else it waits for others.

    What an author may grant covers it together with what the account was granted within twelve months.

    What was granted within a limit that has become lower since asks again.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToOffer
        It is no draft, its case is closed, its account left alone, its day over, or the budget does not reach.
    UnableToChangeMerged
        The account goes on under another.
    """
    may_write(by)
    current = current_offer(offer, seen)
    anew = current.state == OfferState.APPROVED and not granted(current)
    if current.state != OfferState.DRAFT and not anew:
        raise UnableToOffer(_("Only a draft asks for approval. Write the offer anew, then ask."))
    _may_go_out(current)
    _within(current.campaign, current.cost, current.case, without=current.pk)
    author: User = current.written_by
    is_own = covers(limit_of(author), together(current))
    state = OfferState.APPROVED if is_own else OfferState.WAITING
    # What was granted stays beside the version it was granted for.
    current.save_over(seen, {"state": state, "edition": current.edition + anew})
    if anew:
        _version(current, author)
    if is_own:
        decided = {"decision": Approval.Decision.APPROVED, "by": author, "within_own_limit": True}
        Approval.objects.create(offer=current, edition=current.edition, **decided)
    verb = "offer.within_limit" if is_own else "offer.submitted"
    _trail(verb, current, by, {}, {"offer": current.pk, "offer_cost": current.cost})
    return current


@transaction.atomic
def send(*, offer: Offer, seen: int, by: User) -> Offer:
    """Note that it went out, as it was approved; a case that lapsed or was lost goes to *offer*.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToOffer
        It is not approved as it stands or by a limit that holds, its case is closed, its day over, its campaign has
        ended, or its account is left alone by now.
    UnableToChangeMerged
        The account goes on under another.
    """
    may_write(by)
    current = current_offer(offer, seen)
    if current.state != OfferState.APPROVED or not granted(current):
        raise UnableToOffer(_("Only what was approved goes out. Ask for approval first."))
    _may_go_out(current)
    _within(current.campaign, current.cost, current.case, without=current.pk)
    current.save_over(seen, {"state": OfferState.SENT, "sent_on": today()})
    _trail("offer.sent", current, by, {}, {"offer": current.pk, "offer_edition": current.edition})
    if current.case.stage in (Stage.LAPSED, Stage.LOST):
        move(case=current.case, stage=Stage.OFFER, words=_("An offer was sent."), by=by)
    return current


def current_offer(offer: Offer, seen: int) -> Offer:
    """Lock an offer and its account until the end of the transaction and read it anew.

    Raises
    ------
    EditedMeanwhile
        It is not the version that was seen.
    """
    held(offer.case.account)
    rows = Offer.objects.select_for_update(of=("self",)).select_related("case__account", "campaign", "written_by")
    current: Offer = rows.get(pk=offer.pk)
    if current.version != seen:
        raise EditedMeanwhile(current)
    return current


def may_write(by: User) -> None:
    """Refuse who does not read what is offered."""
    if not by.sees(Field.OFFER):
        raise PermissionDenied


def _clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: fields[name] for name in WRITTEN if name in fields}
    clean: dict[str, Any] = {n: value.strip() if isinstance(value, str) else value for n, value in said.items()}
    if not clean.get("contents"):
        raise UnableToOffer(_("Say what is offered: it goes out word for word."))
    if clean["valid_until"] < today():
        raise UnableToOffer(_("%(day)s is over: say a day that is to come.") % {"day": day(clean["valid_until"])})
    return clean


def _may_go_out(offer: Offer) -> None:
    """Refuse what is out of its days, for a closed case, or to an account that is left alone by now."""
    if offer.case.stage in CLOSED:
        raise UnableToOffer(_("The case is closed. Move it to another stage first, then make an offer."))
    _still_holds(offer)
    _not_left_alone(offer.case)


def _still_holds(offer: Offer) -> None:
    if offer.valid_until < today():
        raise UnableToOffer(
            _("It held until %(day)s. Write it anew with a day that is to come.") % {"day": day(offer.valid_until)}
        )


def _not_left_alone(case: Case) -> None:
    campaign = left_alone(case.account, today())
    if campaign is not None:
        raise UnableToOffer(
            _("By the draw of the campaign “%(name)s” this account is left alone until %(day)s: nothing is offered.")
            % {"name": campaign, "day": day(campaign.measured_until)}
        )


def _within(campaign: Campaign | None, cost: int, case: Case, *, without: int | None) -> None:
    if campaign is None:
        return
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.state != CampaignState.RUNNING:
        raise UnableToOffer(_("The campaign “%(name)s” does not run. Choose another, or none.") % {"name": locked})
    if not Draw.objects.filter(campaign=locked, account=case.account_id, held_out=False).exists():
        raise UnableToOffer(
            _("The account is not one of the campaign “%(name)s”. Choose another, or none.") % {"name": locked}
        )
    left = locked.budget - committed(locked, without=without)
    if cost > left:
        raise UnableToOffer(
            _("It costs more than the %(left)s that are left in the budget of “%(name)s”.")
            % {"left": money(max(left, 0)), "name": locked}
        )


def _version(offer: Offer, by: User) -> None:
    told = {name: getattr(offer, name) for name in WRITTEN}
    OfferVersion.objects.create(offer=offer, edition=offer.edition, by=by, **told)


def _trail(verb: str, offer: Offer, by: User | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    home = offer.case.account
    record(verb, home, by=by, before=before, after=after, account=home.pk)
