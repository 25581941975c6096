"""What runs between the people of an account."""

from datetime import date

from django.db.models import Q

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import end_of
from anahtar_web.stakeholders.models import Tie


def ties_of(account: Account, *, on: date | None = None) -> list[Tie]:
    """Give the ties that hold, or were known to hold on a day."""
    rows = Tie.objects.of(account).select_related("from_one", "to_other", "by").order_by("pk")
    if on is None:
        return list(rows.filter(ended_at=None))
    end = end_of(on)
    return list(rows.filter(Q(ended_at=None) | Q(ended_at__gte=end), recorded_at__lt=end))
