"""The lines that hold, or held on a day, and the filters on them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.shortcuts import get_object_or_404

from anahtar.rules.on_time import Standing
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import end_of
from anahtar_web.deliveries.models import DeliveryLine, Terms

if TYPE_CHECKING:
    from anahtar_web.accounts.belonging import BelongingQuerySet
    from anahtar_web.people.models import User


def terms() -> Terms:
    """Give what counts as kept; the promised day and the whole quantity where nobody has said anything (unsaved)."""
    return Terms.objects.filter(pk=1).first() or Terms(pk=1)


def among(account: Account, user: "User", company_pk: int | None = None) -> list[int]:
    """Give the keys of the accounts whose deliveries are an account's: itself, the companies below, and merged ones.

    Only what the person sees; the number of queries grows with how often accounts were merged one into another.

    Parameters
    ----------
    company_pk
        One company of the group; None: all of them.
    """
    below = Account.objects.visible_to(user).filter(lineage_above__ancestor=account.pk)
    if company_pk is not None:
        below = below.filter(lineage_above__ancestor=company_pk)
    found = set(below.values_list("pk", flat=True)) | ({account.pk} if company_pk is None else set())
    step = found
    while step := set(Account.objects.filter(merged_into__in=step).values_list("pk", flat=True)) - found:
        found |= step
    return sorted(found)


def lines(user: "User", accounts: Sequence[int], *, on: date | None = None) -> "BelongingQuerySet":
    """Give the lines of accounts that hold; `on`: that held at the end of that day."""
    found: BelongingQuerySet = DeliveryLine.objects.visible_to(user).filter(account__in=accounts)
    if on is None:
        return found.filter(ended_at=None)
    end = end_of(on)
    return found.filter(Q(ended_at=None) | Q(ended_at__gte=end), recorded_at__lt=end)


def latest(found: "BelongingQuerySet", as_of: date) -> date:
    """Give the day up to which a period is counted back: the last promise that is due, or the day asked about.

    Where files come late, the last twelve months that are known say more than twelve months with nothing in them.
    """
    told: date | None = found.filter(promised_first__lte=as_of).aggregate(last=Max("promised_first"))["last"]
    return told or as_of


def stands(standing: Standing, as_of: date, days: int) -> Q:
    """Say in the language of the database what the rule says of a line (`anahtar.rules.on_time.standing`)."""
    filled, last = Q(filled_on__isnull=False), as_of - timedelta(days=days)
    match standing:
        case Standing.KEPT:
            return filled & Q(late_days__lte=days)
        case Standing.LATE:
            return filled & Q(late_days__gt=days)
        case Standing.OVERDUE:
            return ~filled & Q(promised_first__lt=last)
    return ~filled & Q(promised_first__gte=last)


def due(as_of: date, days: int) -> Q:
    """Lines that were filled, or whose day has passed."""
    return ~stands(Standing.OPEN, as_of, days)


def line_for(user: "User", pk: int, accounts: Sequence[int]) -> DeliveryLine:
    """Give a line of some accounts that the person sees, or answer 404."""
    seen = DeliveryLine.objects.visible_to(user).filter(account__in=accounts)
    found: DeliveryLine = get_object_or_404(seen.select_related("account", "of__by"), pk=pk)
    return found


def words_on(line: DeliveryLine) -> "list[DeliveryLine]":
    """Give everything that was ever said of a line, the latest first."""
    rows: Any = DeliveryLine.objects.filter(customer=line.customer, order=line.order, line=line.line)
    return list(rows.select_related("of__imported_by").order_by("-recorded_at", "-pk"))


def siblings_of(line: DeliveryLine) -> "list[DeliveryLine]":
    """Give the lines of the same order that hold."""
    rows: Any = DeliveryLine.objects.filter(customer=line.customer, order=line.order, ended_at=None)
    return list(rows.select_related("account").order_by("line", "pk")[:200])
