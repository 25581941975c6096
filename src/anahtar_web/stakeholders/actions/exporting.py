"""The people of an account leave the house as a workbook: on the trail, within the day's allowance."""

from django.db import transaction

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.audit.leaving import allow
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User


@transaction.atomic
def take_out_people(*, account: Account, rows: int, asked: str, reason: str, by: User) -> Entry:
    """Allow it, and put it on the trail, which names nobody.

    Parameters
    ----------
    asked
        What the list was narrowed to, as its address says it.

    Raises
    ------
    UnableToTakeOut
        There is nobody, or there are too many for today, or many without a reason.
    """
    allow(rows=rows, reason=reason, by=by)
    after = {"rows": rows, "format": "xlsx", "filter": asked}
    return record("stakeholder.listed", account, by=by, after=after, reason=reason.strip(), account=account.pk)
