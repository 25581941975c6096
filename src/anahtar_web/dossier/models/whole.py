"""A dossier as a whole: who has read it, and how complete it is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account


class Reading(models.Model):
    """Somebody has read the dossier of an account on a day; one row for all the times of that day."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    times = models.PositiveIntegerField(default=1)

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a dossier")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "person", "day"], name="a_reader_of_a_dossier_is_noted_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.account)


class Completeness(models.Model):
    """How complete the dossier of an account is, for lists: kept in step with every change of it.

    It also changes by the day, when a fact goes stale (`changes_on` says when next), and when people decide on the
    account or merge it: a chore counts anew what is due (`actions.count_due`).
    """

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="dossier")
    reached = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    share = models.FloatField(null=True, db_index=True)
    missing = models.PositiveIntegerField(default=0)
    """Kinds that do not count: not known, stale or unsure."""
    stale = models.PositiveIntegerField(default=0)
    changes_on = models.DateField(null=True, db_index=True)
    counted_at = models.DateTimeField()

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("completeness of a dossier")

    def __str__(self) -> str:
        return f"{self.reached}/{self.of}"
