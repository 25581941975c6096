"""Which accounts a query starts from."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right

if TYPE_CHECKING:
    from anahtar_web.people.models import User


class AssignmentQuerySet(models.QuerySet[Any]):
    """Assignments."""

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class AccountQuerySet(models.QuerySet[Any]):
    """Accounts."""

    def visible_to(self, user: "User", *, among: Sequence[int] | None = None) -> Self:
        """Those a person may know of: all, or those on whose team they are, or whose group's team, today.

        Every read of an account, and of anything that belongs to one, starts here. What is not visible is absent.

        Parameters
        ----------
        among
            Only these are asked about: then not all that a person sees is listed first to find one.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        asked = self.all() if among is None else self.filter(pk__in=among)
        return asked if user.may(Right.SEE_ALL_ACCOUNTS) else asked.filter(pk__in=reached_by(user, among=among))

    def standing_alone(self) -> Self:
        """Without those that go on under another account."""
        return self.filter(merged_into=None)

    def matching(self, text: str) -> Self:
        """Those whose name or code holds every word, however it is typed."""
        from anahtar_web.ui.text import fold

        found = self
        for word in fold(text).split():
            found = found.filter(search_key__contains=word)
        return found


def reached_by(user: "User", *, among: Sequence[int] | None = None) -> "models.QuerySet[Any, Any]":
    """Give the keys of the accounts that somebody reaches by their teams today, for who does not see all.

    It is what `visible_to` asks; what belongs to accounts is found by it without a look at each account.
    """
    from anahtar_web.accounts.models import Assignment, Lineage

    if not user.is_authenticated or not user.is_active:
        return Lineage.objects.none().values("account")
    mine = Assignment.objects.on(today()).filter(person=user)
    if among is None:
        return Lineage.objects.filter(ancestor__in=mine.values("account")).values("account")
    # From the few accounts above each of them, not from the thousand that somebody looks after.
    below = "account__lineage_below__account"
    return mine.filter(**{f"{below}__in": among}).values(below)
