"""Who has seen a person: one row per reader and day, for one person or for all of an account together."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.stakeholders.models.people import Stakeholder


class Sight(models.Model):
    """Somebody has seen a person, or whoever is at an account (map, table, matrix, briefing), on a day."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, null=True, related_name="sights")
    """Null: all of the account together; sixty rows for each look at a map would drown those that tell something."""
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who saw it"))
    day = models.DateField(_("day"))
    opened = models.PositiveIntegerField(_("times opened"), default=0)
    taken = models.PositiveIntegerField(_("times taken out"), default=0)
    """How often a file left the house with them in it."""
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("who saw it")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stakeholder", "person", "day"],
                condition=Q(stakeholder__isnull=False),
                name="who_sees_a_person_is_noted_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["account", "person", "day"],
                condition=Q(stakeholder=None),
                name="who_sees_everybody_of_an_account_is_noted_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id or self.account_id} · {self.day:%Y-%m-%d}"
