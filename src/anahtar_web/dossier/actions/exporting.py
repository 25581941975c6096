"""The facts of an account leave the house as a workbook: on the trail, within the day's allowance."""

from datetime import date

from django.db import transaction

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.audit.leaving import allow
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User


@transaction.atomic
def take_out_facts(*, account: Account, rows: int, on: date | None, reason: str, by: User) -> Entry:
    """Allow it, and put it on the trail; what the facts say is not told there.

    Raises
    ------
    UnableToTakeOut
        There is none, or there are too many for today, or many without a reason.
    """
    allow(rows=rows, reason=reason, by=by)
    after = {"rows": rows, "format": "xlsx", **({"as_known_on": on.isoformat()} if on else {})}
    return record("fact.exported", account, by=by, after=after, reason=reason.strip(), account=account.pk)
