"""What runs between two people of an account beside who reports to whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.stakeholders.models.people import Stakeholder


class Tie(models.Model):
    """One person has influence on another, or is in conflict with them.

    A tie is never changed: another one follows it, or it is ended, so that all of them are the history.
    """

    class Kind(models.TextChoices):
        """What runs between the two."""

        INFLUENCE = "influence", _("Influence")
        CONFLICT = "conflict", _("Conflict")

    class Strength(models.IntegerChoices):
        """How much."""

        WEAK = 1, _("weak")
        MEDIUM = 2, _("medium")
        STRONG = 3, _("strong")

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    from_one = models.ForeignKey(Stakeholder, models.CASCADE, related_name="ties_from", verbose_name=_("from"))
    to_other = models.ForeignKey(Stakeholder, models.CASCADE, related_name="ties_to", verbose_name=_("to"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    strength = models.PositiveSmallIntegerField(_("strength"), choices=Strength.choices, default=Strength.MEDIUM)
    note = models.CharField(_("note"), max_length=500, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of influence")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(from_one=models.F("to_other")), name="a_tie_is_between_two"),
            models.CheckConstraint(condition=Q(strength__gte=1, strength__lte=3), name="a_tie_is_of_known_strength"),
            models.UniqueConstraint(
                fields=["from_one", "to_other", "kind"], condition=Q(ended_at=None), name="a_tie_holds_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_tie_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_one_id} → {self.to_other_id}"
