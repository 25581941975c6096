"""What is offered: each wording of it, who approved which, and up to which amount a role need not ask."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.gate.rights import Role
from anahtar_web.gate.versions import Versioned
from anahtar_web.risks.models import Case
from anahtar_web.winbacks.models.campaigns import Campaign
from anahtar_web.winbacks.models.kinds import Kind


class OfferState(models.TextChoices):
    """How far an offer is."""

    DRAFT = "draft", pgettext_lazy("state of an offer", "Draft")
    WAITING = "waiting", pgettext_lazy("state of an offer", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("state of an offer", "Approved")
    REFUSED = "refused", pgettext_lazy("state of an offer", "Refused")
    SENT = "sent", pgettext_lazy("state of an offer", "Sent")
    ACCEPTED = "accepted", pgettext_lazy("state of an offer", "Accepted")
    DECLINED = "declined", pgettext_lazy("state of an offer", "Declined")
    EXPIRED = "expired", pgettext_lazy("state of an offer", "Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an offer", "Withdrawn")


LIVE: Final = (OfferState.DRAFT, OfferState.WAITING, OfferState.APPROVED, OfferState.REFUSED)
"""States in which an offer may be written anew: nobody outside has seen it."""


class Offer(Versioned):
    """What is offered to win an account back; what it says now stands in it, every wording in its versions."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="offers")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("campaign")
    )
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.DRAFT)
    edition = models.PositiveIntegerField(default=1, editable=False)
    """Number of its wording; an approval is of one wording."""
    kind = models.CharField(_("kind of offer"), max_length=10, choices=Kind.choices)
    contents = models.TextField(_("what is offered"))
    """Markdown, word for word what goes out."""
    note = models.TextField(_("internal note"), blank=True)
    """Never goes out."""
    cost = models.BigIntegerField(_("cost"))
    """Ten-thousandths."""
    budget_line = models.CharField(_("budget line"), max_length=100, blank=True)
    valid_until = models.DateField(_("holds until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    """Who wrote the wording that stands; nobody approves what is their own."""
    created_at = models.DateTimeField(auto_now_add=True)
    sent_on = models.DateField(_("sent on"), null=True)
    answered_on = models.DateField(_("answered on"), null=True)
    answer = models.CharField(_("what they said"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cost__gte=0), name="an_offer_costs_nothing_or_more"),
            models.CheckConstraint(condition=~Q(contents=""), name="an_offer_says_what_is_offered"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "accepted", "declined", "expired"]) | Q(sent_on__isnull=False),
                name="a_sent_offer_has_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "valid_until"], name="offers_by_state")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class OfferVersion(models.Model):
    """What an offer said at one time."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="versions", db_index=False)
    edition = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    contents = models.TextField()
    note = models.TextField(blank=True)
    cost = models.BigIntegerField()
    budget_line = models.CharField(max_length=100, blank=True)
    valid_until = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of an offer")
        ordering: ClassVar = ["edition"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "edition"], name="an_offer_has_a_version_of_a_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} · {self.edition}"


class Approval(models.Model):
    """Somebody approved or refused one wording of an offer."""

    class Decision(models.TextChoices):
        """What was decided."""

        APPROVED = "approved", pgettext_lazy("decision on an offer", "Approved")
        REFUSED = "refused", pgettext_lazy("decision on an offer", "Refused")

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="approvals")
    edition = models.PositiveIntegerField()
    decision = models.CharField(max_length=10, choices=Decision.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    within_own_limit = models.BooleanField(default=False)
    """It needed nobody else: its cost was within what its author may grant."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("approval")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "edition"], name="a_version_of_an_offer_is_decided_once"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} · {self.edition}: {self.decision}"


class ApprovalLimit(Versioned):
    """Up to which cost somebody of a role may grant an offer without asking; a role without a row has its default."""

    role = models.CharField(max_length=20, choices=Role.choices, unique=True)
    amount = models.BigIntegerField(null=True)
    """Ten-thousandths; null: whatever it costs."""

    class Meta:
        verbose_name = _("approval limit")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="a_limit_is_nothing_or_more"),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())
