"""What we know of competitors from: sightings, shares of the wallet, and what people decided of the threat.

None of these rows is ever changed: the last one holds, the others are the history.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.competitors.models.directory import Competitor
from anahtar_web.competitors.models.presence import Presence


class Grade(models.TextChoices):
    """How sure we are, from hearsay to paper."""

    RUMOUR = "rumour", _("Rumour")
    ASSUMED = "assumed", _("Assumed")
    CONFIRMED = "confirmed", _("Confirmed")
    DOCUMENT = "document", _("Document")


class ThreatLevel(models.TextChoices):
    """How much a competitor is to be feared at an account."""

    NONE = "none", _("None")
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Sighting(models.Model):
    """Somebody noticed a competitor at an account."""

    presence = models.ForeignKey(Presence, models.CASCADE, related_name="sightings")
    seen_on = models.DateField(_("seen on"))
    words = models.TextField(_("what was seen"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    grade = models.CharField(_("how sure"), max_length=20, choices=Grade.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)

    class Meta:
        verbose_name = _("sighting of a competitor")
        ordering: ClassVar = ["-seen_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["presence", "seen_on"], name="sightings_of_an_attack")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(words=""), name="a_sighting_says_what_was_seen")]

    def __str__(self) -> str:
        return self.words[:80]


class WalletShare(models.Model):
    """How much of what an account buys of our kind goes to a competitor, or to us."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="wallet_shares")
    competitor = models.ForeignKey(Competitor, models.PROTECT, null=True, related_name="wallet_shares")
    """Null: our own share."""
    share = models.DecimalField(_("share of the wallet"), max_digits=5, decimal_places=4)
    """A fraction of one."""
    as_of = models.DateField(_("as of"))
    """The day of which it is told."""
    source = models.CharField(_("source"), max_length=300, blank=True)
    grade = models.CharField(_("how sure"), max_length=20, choices=Grade.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of the wallet")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["account", "competitor"], name="shares_of_a_wallet")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="a_share_is_from_nothing_to_all"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.competitor or '–'}"


class ThreatDecision(models.Model):
    """A person disagrees with the threat that was computed, or takes that back."""

    presence = models.ForeignKey(Presence, models.CASCADE, related_name="threat_decisions")
    level = models.CharField(_("threat"), max_length=10, choices=ThreatLevel.choices, blank=True)
    """Empty: what is computed holds again."""
    computed = models.CharField(_("computed then"), max_length=10, choices=ThreatLevel.choices)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision on a threat")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="a_decided_threat_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.presence_id} · {self.level}"
