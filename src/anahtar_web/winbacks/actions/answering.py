"""What became of an offer: they say yes or no, it runs out, it is withdrawn, or the ledger shows a purchase."""

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.risks.actions import move
from anahtar_web.risks.models import Move, Stage
from anahtar_web.winbacks.actions.offering import current_offer, may_write
from anahtar_web.winbacks.models import Offer, OfferState


class UnableToAnswer(Refused):
    """What is said of the answer cannot be so."""


@transaction.atomic
def answer(*, offer: Offer, seen: int, accepted: bool, words: str = "", by: User) -> Offer:
    """Note what they said to an offer that was sent; where they say yes the case goes to *negotiation*.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToAnswer
        It was not sent, or a no has no reason.
    UnableToChangeMerged
        The account goes on under another.
    """
    may_write(by)
    current = current_offer(offer, seen)
    if current.state != OfferState.SENT:
        raise UnableToAnswer(_("Only what was sent is answered. Look at what became of it."))
    if not accepted and not words.strip():
        raise UnableToAnswer(_("Say what they said: the next offer is made by it."))
    _close(current, OfferState.ACCEPTED if accepted else OfferState.DECLINED, by, words.strip())
    if accepted and current.case.stage in (Stage.LOST, Stage.OFFER):
        move(case=current.case, stage=Stage.NEGOTIATION, words=_("They accept an offer."), by=by)
    return current


@transaction.atomic
def withdraw(*, offer: Offer, seen: int, words: str, by: User) -> Offer:
    """Give an offer up, whether or not it was sent.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToAnswer
        It is answered or given up already, or nobody says why.
    UnableToChangeMerged
        The account goes on under another.
    """
    may_write(by)
    current = current_offer(offer, seen)
    if current.state in (OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN):
        raise UnableToAnswer(_("It has come to its end already, and stays as it was."))
    if not words.strip():
        raise UnableToAnswer(_("Say why it is withdrawn."))
    _close(current, OfferState.WITHDRAWN, by, words.strip())
    return current


def _close(offer: Offer, state: OfferState, by: User | None, words: str = "") -> None:
    offer.save_over(offer.version, {"state": state, "answered_on": today(), "answer": words[:500]})
    home = offer.case.account
    record(f"offer.{state.value}", home, by=by, after={"offer": offer.pk}, reason=words, account=home.pk)


def hear(moved: Move) -> None:
    """Note that a case which is won back has accepted what was still open of it."""
    if moved.after != Stage.WON_BACK:
        return
    for offer in Offer.objects.filter(case=moved.case_id, state=OfferState.SENT).select_related("case__account"):
        _close(offer, OfferState.ACCEPTED, moved.by)


def follow(_run: Run | None = None) -> int:
    """Let offers run out whose day is over and that nobody answered; gives how many.

    It follows each analysis, once cases were moved by it: whoever bought again has accepted.
    """
    late = Offer.objects.filter(state=OfferState.SENT, valid_until__lt=today(), case__account__merged_into=None)
    done = 0
    for key in late.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            offer = Offer.objects.select_related("case__account").get(pk=key)
            held(offer.case.account)
            offer.refresh_from_db(fields=["state", "version"])
            if offer.state == OfferState.SENT:
                _close(offer, OfferState.EXPIRED, None)
                done += 1
    return done
