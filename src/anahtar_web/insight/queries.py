"""Reading runs and standings; every read of a standing starts from the accounts a person may see."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.models import Measure, Run, SavedView, Standing

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def shown_run() -> tuple[Run | None, Run | None]:
    """Give the run the pages show and the analysis that was refused since, if any; one query for both."""
    last = list(Run.objects.filter(Q(current=True) | Q(refusal__isnull=False)).order_by("-current", "-pk")[:2])
    current = next((run for run in last if run.current), None)
    refused = next((run for run in last if not run.current and (current is None or run.pk > current.pk)), None)
    return current, refused


def current_run() -> Run | None:
    """Give the run the pages show; None before the first one."""
    return shown_run()[0]


def runs() -> "QuerySet[Run]":
    """Every analysis that came to an end, the latest first."""
    return Run.objects.filter(finished_at__isnull=False).select_related("by").order_by("-pk")


def standings_of(user: "User", run: Run) -> "QuerySet[Standing]":
    """Give the standings in a run of the accounts a person sees, without those that go on under another."""
    standings = Standing.objects.filter(run=run)
    if user.is_active and user.may(Right.SEE_ALL_ACCOUNTS):
        # Said as what is left out: joined with 100,000 accounts only to find the few merged ones, a page would wait.
        merged = Account.objects.visible_to(user).exclude(merged_into=None)
        return standings.exclude(account__in=merged.values("pk"))
    return standings.filter(account__in=Account.objects.visible_to(user).standing_alone().values("pk"))


def hides_measure(user: "User", run: Run) -> bool:
    """Whether what accounts are ranked by is not for this person: profit, for who does not see it."""
    return run.measure == Measure.PROFIT and not user.sees(Field.PROFIT)


def knows_company(user: "User") -> bool:
    """Whether a person may know what the whole company sells.

    A share of it, beside the account's own revenue, tells it; so who sees only some accounts gets shares of those.
    """
    return user.may(Right.SEE_ALL_ACCOUNTS)


def saved_views(user: "User") -> list[SavedView]:
    """Give the views a person saved, by name."""
    return list(SavedView.objects.filter(person=user).order_by("name", "pk"))
