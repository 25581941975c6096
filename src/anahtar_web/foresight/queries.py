"""Reading what the current run foresees; accounts come from `Account.objects.visible_to(user)`, whoever asks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import F

from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook
from anahtar_web.jobs.told import message_of

if TYPE_CHECKING:
    from anahtar.words import Message
    from anahtar_web.insight.models import Run


def forecast() -> Forecast | None:
    """Give what the current run foresees as a whole; None where there is no run, or one of an earlier version."""
    return Forecast.objects.filter(run__current=True).select_related("run").first()


def outlook_of(account: Account) -> Outlook | None:
    """Give what is foreseen of an account; None where it never bought."""
    return Outlook.objects.filter(run__current=True, account=account).first()


def outlooks_of(accounts: Iterable[Account]) -> dict[int, Outlook]:
    """Give what is foreseen of some accounts, by their primary keys."""
    outlooks = Outlook.objects.filter(run__current=True, account__in=[account.pk for account in accounts])
    return {outlook.account_id: outlook for outlook in outlooks}


def direction_outlooks(account: Account) -> list[DirectionOutlook]:
    """Give what is foreseen of an account's directions: the worst first, money at stake times days late."""
    outlooks = DirectionOutlook.objects.filter(run__current=True, account=account)
    worst = F("at_stake") * F("days_late")
    return list(outlooks.order_by(worst.desc(), "-at_stake", "dimension", "direction", "pk"))


def worst_direction(account: Account) -> DirectionOutlook | None:
    """Give the direction with the most money at stake times days late; None where the account is late in none."""
    late = DirectionOutlook.objects.filter(run__current=True, account=account, days_late__gt=0)
    return late.order_by((F("at_stake") * F("days_late")).desc(), "-at_stake", "direction", "pk").first()


def why(run: "Run", code: str) -> "Message | None":
    """Say why an account has its state in a run; None where it never bought, or the run foresaw nothing."""
    told = Outlook.objects.filter(run=run, account__code=code).values_list("why", flat=True).first()
    return message_of(told)
