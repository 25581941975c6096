"""Which accounts a query starts from."""

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

    def visible_to(self, user: "User") -> Self:
        """Those a person may know of: all, or those on whose team they are, or whose group's team, today.

        Every read of an account, and of anything that belongs to one, starts here. What is not visible is absent.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.may(Right.SEE_ALL_ACCOUNTS):
            return self.all()
        from anahtar_web.accounts.models import Assignment, Lineage

        mine = Assignment.objects.on(today()).filter(person=user).values("account")
        return self.filter(pk__in=Lineage.objects.filter(ancestor__in=mine).values("account"))

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
