"""What an account has been granted within twelve months: limits are held against all of it, not each offer alone."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from anahtar_web.company.queries import today
from anahtar_web.winbacks.models import Approval, Offer, OfferState
from anahtar_web.winbacks.queries.budgets import GONE
from anahtar_web.winbacks.queries.limits import covers, limit_of

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account

SPAN: Final = timedelta(days=365)
"""Over which what an account was given counts together."""


def granted_to(account: "Account", *, without: Offer | None = None) -> "QuerySet[Offer]":
    """Give the offers an account was granted: approved and still to go out, out, or accepted within twelve months.

    Of all its cases and campaigns, and of accounts that were merged into it. What was declined, ran out, was withdrawn
    or did not go out in its days costs nothing; what waits was granted by nobody.
    """
    return Offer.objects.filter(_of(account), _given()).exclude(pk=without.pk if without else 0).order_by("pk")


def together(offer: Offer) -> int:
    """Give what the account comes to with this offer, as whoever grants it would grant it."""
    return offer.cost + _sum(granted_to(offer.case.account, without=offer))


def granted(offer: Offer) -> bool:
    """Whether the wording that stands may go out: another approved it, or its author may still grant it.

    The author may where the limit of now reaches to it together with what the account was granted before it.
    """
    said = offer.approvals.filter(edition=offer.edition, decision=Approval.Decision.APPROVED).first()
    if said is None or not said.within_own_limit:
        return said is not None
    earlier = {"edition": F("offer__edition"), "decision": Approval.Decision.APPROVED, "pk__lt": said.pk}
    before = granted_to(offer.case.account, without=offer).filter(
        pk__in=Approval.objects.filter(**earlier).values("offer")
    )
    return covers(limit_of(offer.written_by), offer.cost + _sum(before))


def with_sum(found: "QuerySet[Offer]") -> "QuerySet[Any, Any]":
    """Say of each offer that waits what its account comes to with it: `sum`."""
    others = Offer.objects.filter(_of(OuterRef("case__account")), _given()).exclude(pk=OuterRef("pk")).order_by()
    summed = others.annotate(one=F("cost") * 0).values("one").annotate(sum=Sum("cost")).values("sum")
    return found.annotate(sum=F("cost") + Coalesce(Subquery(summed), 0))


def _of(account: Any) -> Q:
    """Its own cases, and those of accounts that were merged into it, also by way of another."""
    merged = Q(case__account__merged_into=account) | Q(case__account__merged_into__merged_into=account)
    return Q(case__account=account) | merged


def _given() -> Q:
    day = today()
    return Q(state__in=GONE, sent_on__gt=day - SPAN) | Q(state=OfferState.APPROVED, valid_until__gte=day)


def _sum(found: "QuerySet[Offer]") -> int:
    told: int | None = found.aggregate(sum=Sum("cost"))["sum"]
    return told or 0
