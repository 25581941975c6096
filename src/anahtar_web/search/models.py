"""What can be found: one row per thing that somebody wrote, kept in step with it in the same transaction.

The words of `title_key` and `body_key` stand in an index of the database (SQLite: FTS5, filled by triggers;
PostgreSQL: GIN over tsvector), see the first migration.
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.managers import reached_by
from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field, Right
from anahtar_web.people.models import User


class TextQuerySet(BelongingQuerySet):
    """Texts that can be found."""

    def visible_to(self, user: User) -> Self:
        """Those of accounts a person may know of and those of no account, without what their role does not see."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seen = self.filter(guard__in=["", *(field.value for field in Field if user.sees(field))])
        if user.may(Right.SEE_ALL_ACCOUNTS):
            return seen
        return seen.filter(Q(account=None) | Q(account__in=reached_by(user)))


class Text(models.Model):
    """Words of one row of another table."""

    source = models.CharField(max_length=30)
    """Name of the source, see `sources.py`."""
    row = models.BigIntegerField()
    """Key of the row in its own table."""
    guard = models.CharField(max_length=10, blank=True)
    """The protected field (`gate.rights.Field`) these words tell; empty: for whoever sees the account."""
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    """Null: known to everybody who works here."""
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    title_key = models.CharField(max_length=620)
    body_key = models.TextField(blank=True)
    at = models.DateTimeField()

    objects: ClassVar[Any] = TextQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "row", "guard"], name="a_row_is_found_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "source"], name="texts_of_an_account")]

    def __str__(self) -> str:
        return self.title
