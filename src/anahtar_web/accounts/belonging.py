"""Rows that belong to an account: seen by whoever sees the account, and read with those of accounts merged into it."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from anahtar_web.accounts.managers import reached_by
from anahtar_web.gate.rights import Right

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User


class BelongingQuerySet(models.QuerySet[Any]):
    """Rows with a field `account`."""

    def visible_to(self, user: "User") -> Self:
        """Those of the accounts a person may know of. Every read begins here, or with an account that was found so."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.all() if user.may(Right.SEE_ALL_ACCOUNTS) else self.filter(account__in=reached_by(user))

    def of(self, account: "Account") -> Self:
        """Those of an account and of the accounts that were merged into it."""
        from anahtar_web.accounts.queries import went_into

        return self.filter(account__in=[account, *went_into(account)])
