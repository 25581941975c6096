"""The trail of changes: append-only, each entry chained to the one before by its digest."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One change: who, when, what, before, after, why, from where.

    Neither the application nor its database user can change or delete an entry (triggers, see the first migration);
    `anahtar-web doctor` recomputes every digest (`checks.py`).
    """

    at = models.DateTimeField(_("at"), db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(max_length=200)
    """The name then; empty for the program itself."""
    verb = models.CharField(max_length=60, db_index=True)
    """`account.edited`, `person.role_given`: the noun of the row and what happened to it."""
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    target_name = models.CharField(max_length=300)
    account_id = models.BigIntegerField(null=True, db_index=True)
    """The account the change belongs to; no foreign key, because an entry outlives what it tells of."""
    before: models.JSONField[Any] = models.JSONField(default=dict)
    after: models.JSONField[Any] = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    address = models.CharField(max_length=60, blank=True)
    path = models.CharField(max_length=300, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    search_key = models.TextField(default="", editable=False)
    """Target, name and reason folded; follows from them, so the digest does not cover it."""

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["target_type", "target_id"], name="entries_of_a_target")]
