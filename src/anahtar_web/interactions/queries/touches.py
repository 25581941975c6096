"""When accounts were last touched, and will be next: for lists of other apps."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from anahtar_web.accounts.models import Account
from anahtar_web.interactions.models import AccountTouch, NextTouch

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def touches_of(accounts: Iterable[int]) -> Mapping[int, AccountTouch]:
    """Account -> when it was touched, with who does the next step; without those nobody ever touched. One query."""
    rows = AccountTouch.objects.filter(account__in=list(accounts)).select_related("all_next_owner", "next_owner")
    return {row.account_id: row for row in rows}


def touch_of(account: Account) -> AccountTouch | None:
    """When one account was touched; None: never, and nothing is agreed."""
    return touches_of([account.pk]).get(account.pk)


def next_step_of(account: Account, user: "User") -> NextTouch | None:
    """Give the first open step of an account or of one below it, as far as somebody sees them."""
    below = NextTouch.objects.visible_to(user).open().filter(account__lineage_above__ancestor=account)
    found: NextTouch | None = below.select_related("owner", "account").order_by("due_on", "pk").first()
    return found
