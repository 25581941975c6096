"""What is written down of competitors at accounts, in few words."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.competitors.actions import (
    enter,
    see,
    tell_share,
)
from anahtar_web.competitors.models import Competitor, Grade, Presence, Sighting, WalletShare
from anahtar_web.people.models import User


def attack(of: Account, competitor: Competitor, by: User, **fields: Any) -> Presence:
    return enter(account=of, competitor=competitor, fields={"strength": 4, **fields}, by=by)


def seen(presence: Presence, by: User, ago: int = 5, **more: Any) -> Sighting:
    told = {"words": "Two pallets", "source": "the store", "grade": Grade.CONFIRMED, **more}
    return see(presence=presence, seen_on=today() - timedelta(days=ago), by=by, **told)


def share(of: Account, competitor: Competitor | None, fraction: str, by: User, **more: Any) -> WalletShare:
    told = {"as_of": today(), "source": "the buyer", "grade": Grade.ASSUMED, **more}
    return tell_share(account=of, competitor=competitor, share=Decimal(fraction), by=by, **told)


def date_back(rows: Any, days: int) -> None:
    """As if it had been written down then."""
    rows.update(recorded_at=timezone.now() - timedelta(days=days))


# Writing down -----------------------------------------------------------------------------------------------------
