"""Where a competitor attacks an account, and what was written of it at any time."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.competitors.models.directory import Competitor
from anahtar_web.stakeholders.models import Stakeholder

TOLD: Final = ("direction", "site", "offering", "through", "since", "strength", "notes", "left_on", "why_left")
"""What is written of a competitor at an account, in the order of the form."""


class Presence(models.Model):
    """A competitor at an account, in one place; what is written of it stands in its versions.

    The same competitor may be met twice at one account: in two directions, or at two sites.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="attacks")
    competitor = models.ForeignKey(Competitor, models.PROTECT, related_name="attacks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("competitor at an account")
        indexes: ClassVar = [models.Index(fields=["account", "competitor"], name="attacks_on_an_account")]

    def __str__(self) -> str:
        return str(self.competitor)


class PresenceVersion(models.Model):
    """What was written of a competitor at an account from a moment on; versions are never changed."""

    presence = models.ForeignKey(Presence, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    direction = models.CharField(_("direction"), max_length=200, blank=True)
    """As the ledger names it; empty: in all of them, or not known."""
    site = models.CharField(_("site"), max_length=200, blank=True)
    offering = models.CharField(_("with what"), max_length=300, blank=True)
    through = models.ForeignKey(
        Stakeholder, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("through whom")
    )
    since = models.DateField(_("there since"), null=True, blank=True)
    strength = models.PositiveSmallIntegerField(_("how strong"), null=True, blank=True)
    """From 1 to 5; null: not known."""
    notes = models.TextField(_("how we fight them"), blank=True)
    """Markdown."""
    left_on = models.DateField(_("left on"), null=True, blank=True)
    """The day from which they are there no more."""
    why_left = models.CharField(_("why they left"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)
    current = models.BooleanField(default=True)
    """Whether it is the last one."""

    class Meta:
        verbose_name = _("version of a competitor at an account")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["presence", "number"], name="an_attack_has_a_version_once"),
            models.UniqueConstraint(
                fields=["presence"], condition=Q(current=True), name="one_version_of_an_attack_holds"
            ),
            models.CheckConstraint(
                condition=Q(strength=None) | Q(strength__gte=1, strength__lte=5), name="strength_is_from_one_to_five"
            ),
            models.CheckConstraint(
                condition=~Q(left_on=None) | Q(why_left=""), name="only_who_left_has_a_reason_for_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presence_id} · {self.number}"

    @property
    def where(self) -> str:
        """Direction and site in one line; empty where neither is known."""
        return " · ".join(part for part in (self.direction, self.site) if part)
