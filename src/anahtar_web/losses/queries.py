"""Reading losses; every read of an account's row starts from the accounts a person may see."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Count, QuerySet

from anahtar_web.accounts.managers import reached_by
from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import knows_company
from anahtar_web.losses.models import (
    BridgeRow,
    Continuation,
    Gone,
    Lapse,
    LossReport,
    PartialLoss,
    Succession,
    WayBack,
)

if TYPE_CHECKING:
    from anahtar_web.people.models import User

Pairs = TypeVar("Pairs", Continuation, Succession)
Found = TypeVar("Found", BridgeRow, Gone, Lapse, PartialLoss, WayBack)


def report_of(run: Run | None) -> LossReport | None:
    """Give what a run found; None: it is older than losses are reckoned."""
    return None if run is None else LossReport.objects.filter(run=run).first()


def bridge_rows(user: "User", run: Run) -> "QuerySet[BridgeRow]":
    """Give where the accounts that a person sees stand in the bridge."""
    return _seen(BridgeRow, user, run)


def lapses(user: "User", run: Run) -> "QuerySet[Lapse]":
    """Give the silences that were too long, of the accounts that a person sees."""
    return _seen(Lapse, user, run)


def partial_losses(user: "User", run: Run, dimension: str = "") -> "QuerySet[PartialLoss]":
    """Give the directions that died at accounts that a person sees, the dearest first.

    Parameters
    ----------
    dimension
        A kind of direction, all of it; empty: of all kinds what counts, so that no silence is told twice.
    """
    rows = _seen(PartialLoss, user, run).select_related("account")
    rows = rows.filter(dimension=dimension) if dimension else rows.filter(counts=True)
    return rows.order_by("-revenue", "account", "dimension", "code")


def kinds_that_died(user: "User", run: Run) -> dict[str, int]:
    """Count the directions that died, by their kind."""
    rows = _seen(PartialLoss, user, run).order_by().values_list("dimension").annotate(count=Count("pk"))
    return dict(rows)


def gone_from(user: "User", run: Run, dimension: str, code: str) -> "QuerySet[Gone]":
    """Give the accounts that are gone from a place, of those that a person sees, the dearest first."""
    rows = _seen(Gone, user, run).filter(dimension=dimension, code=code)
    return rows.select_related("account").order_by("-revenue_before", "account")


def ways_back(user: "User", run: Run) -> "QuerySet[WayBack]":
    """Give the accounts that stand lost, of those that a person sees."""
    return _seen(WayBack, user, run)


def _seen(model: type[Found], user: "User", run: Run) -> "QuerySet[Found]":
    rows: QuerySet[Found] = model._default_manager.filter(run=run)
    if user.is_active and knows_company(user):
        return rows
    return rows.filter(account__in=reached_by(user)).exclude(account__in=shared_with_others(user, run))


def shared_with_others(user: "User", run: Run) -> "QuerySet[Continuation, Any]":
    """Give the accounts that took over one that a person does not see: their sums would tell what it bought."""
    return Continuation.objects.filter(run=run).exclude(old__in=reached_by(user)).values("end")


def left_out(user: "User", run: Run) -> int:
    """Count the accounts a person sees that are left out of the sums because they took over one that is not theirs."""
    if knows_company(user):
        return 0
    shared = Account.objects.filter(pk__in=shared_with_others(user, run))
    return shared.filter(pk__in=reached_by(user)).count()


def continuations(user: "User", run: Run) -> "QuerySet[Continuation]":
    """Give the accounts that went on under another code, where a person sees both."""
    return _of_seen(Continuation.objects.filter(run=run), user).select_related("old", "new").order_by("pk")


def successions(user: "User") -> "QuerySet[Succession]":
    """Give what people said of accounts that went on, where a person sees both; the latest first."""
    rows = _of_seen(Succession.objects.all(), user)
    return rows.select_related("old", "new", "by").order_by("-at", "-pk")


def _of_seen(rows: "QuerySet[Pairs]", user: "User") -> "QuerySet[Pairs]":
    # Asked whether both are among all accounts, a database may walk through each pair of them to find the few.
    if user.is_active and knows_company(user):
        return rows
    return rows.filter(old__in=reached_by(user), new__in=reached_by(user))


def standing_ends(run: Run) -> dict[int, int]:
    """Give account -> account under which it counts, of those that went on."""
    return dict(Continuation.objects.filter(run=run).values_list("old", "end"))


def ordered(rows: "QuerySet[Any]", *fields: Any) -> "QuerySet[Any]":
    """Give rows with their accounts, in an order that is the same on every page."""
    return rows.select_related("account").order_by(*fields, "account")
