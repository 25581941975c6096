"""Several accounts at once: all of them, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from anahtar_web.accounts.actions.managing import hand_over
from anahtar_web.accounts.actions.teaming import join_team
from anahtar_web.accounts.models import Account, Part
from anahtar_web.accounts.queries import has_part
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a bulk assignment did.

    Parameters
    ----------
    changed
        Accounts that somebody else looks after now.
    already
        Accounts that were theirs before, and are as they were.
    """

    changed: int
    already: int


@transaction.atomic
def assign(*, accounts: Sequence[Account], to: User, part: Part, by: User, on: date, reason: str = "") -> Assigned:
    """Give accounts to somebody, as KAM or with a part on the core team.

    One refusal refuses all of them.
    """
    theirs = has_part(accounts, to, part, on)
    others = [account for account in accounts if account.pk not in theirs]
    for account in others:
        if part == Part.MANAGER:
            hand_over(account=account, to=to, by=by, on=on, reason=reason)
        else:
            join_team(account=account, person=to, part=part, by=by, on=on, reason=reason)
    return Assigned(len(others), len(theirs))
