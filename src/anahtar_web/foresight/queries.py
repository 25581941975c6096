"""Reading what the current run foresees; accounts come from `Account.objects.visible_to(user)`, whoever asks."""

from collections.abc import Iterable

from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook


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
    """Give what is foreseen of an account's directions: those with most at stake first."""
    outlooks = DirectionOutlook.objects.filter(run__current=True, account=account)
    return list(outlooks.order_by("-at_stake", "direction", "pk"))
