"""Somebody approves or refuses an offer that another wrote."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Field, Right
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money
from anahtar_web.winbacks.actions.offering import current_offer
from anahtar_web.winbacks.models import Approval, Offer, OfferState
from anahtar_web.winbacks.queries import covers, limit_of, together


class UnableToDecideOffer(Refused):
    """The offer cannot be approved or refused by this person."""


@transaction.atomic
def decide(*, offer: Offer, seen: int, decision: str, reason: str = "", by: User) -> Offer:
    """Approve or refuse the wording that was read.

    Raises
    ------
    EditedMeanwhile
        Somebody has decided or changed it since `seen`; carries it as it is now.
    UnableToDecideOffer
        It does not wait, was written by the same person, comes to more than they may grant, or is refused without a
        word.
    UnableToChangeMerged
        The account goes on under another.
    """
    if not by.may(Right.APPROVE_OFFERS) or not by.sees(Field.OFFER):
        raise PermissionDenied
    current = current_offer(offer, seen)
    said = Approval.Decision(decision)
    _check(current, said, reason.strip(), by)
    state = OfferState.APPROVED if said == Approval.Decision.APPROVED else OfferState.REFUSED
    current.save_over(seen, {"state": state})
    Approval.objects.create(offer=current, edition=current.edition, decision=said, reason=reason.strip(), by=by)
    home = current.case.account
    after = {"offer": current.pk, "offer_edition": current.edition, "offer_cost": current.cost}
    record(f"offer.{said.value}", home, by=by, after=after, reason=reason.strip(), account=home.pk)
    return current


def _check(offer: Offer, said: Approval.Decision, reason: str, by: User) -> None:
    if offer.state != OfferState.WAITING:
        raise UnableToDecideOffer(_("It does not wait for approval. Look at what became of it."))
    if offer.written_by_id == by.pk:
        raise UnableToDecideOffer(_("It is your own, and costs more than you may grant: somebody else decides."))
    limit = limit_of(by)
    if not covers(limit, offer.cost):
        raise UnableToDecideOffer(
            _("It costs more than the %(limit)s that you may grant: somebody whose limit covers it decides.")
            % {"limit": money(limit)}
        )
    if said == Approval.Decision.APPROVED:
        _check_together(offer, limit)
    if said == Approval.Decision.REFUSED and not reason:
        raise UnableToDecideOffer(_("Say why it is refused: whoever wrote it writes the next one by your words."))


def _check_together(offer: Offer, limit: int | None) -> None:
    """Refuse what comes to more than the limit with what the account was granted within twelve months."""
    comes_to = together(offer)
    if not covers(limit, comes_to):
        raise UnableToDecideOffer(
            _(
                "With what the account was granted in twelve months it comes to %(sum)s, more than the %(limit)s that "
                "you may grant: somebody whose limit covers all of it decides."
            )
            % {"sum": money(comes_to), "limit": money(limit)}
        )
