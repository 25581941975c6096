"""Contracts, reference rights and demands: sheets that hold from a day on, in versions."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.files.models import Attachment
from anahtar_web.stakeholders.models import Stakeholder


class KeptQuerySet(BelongingQuerySet):
    """Sheets."""

    def standing(self) -> Self:
        """Those that hold now."""
        return self.filter(ended_at=None)

    def written_before(self, moment: datetime) -> Self:
        """Those that held at a moment."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gte=moment), recorded_at__lt=moment)


class Kept(models.Model):
    """A sheet of the dossier: one row per version, the last one holds until another follows or somebody takes it out.

    A version ends in the moment in which the next one is written, so that the sheets of a day are found by two
    comparisons.
    """

    root_id: int | None
    """Key of the first version (every sheet has a field `root`); None: it is itself the first."""
    document = models.ForeignKey(
        Attachment, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Who took it out; null with an end: another version followed."""
    remove_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        abstract = True

    @property
    def item(self) -> int:
        """Which sheet it is, whatever its version."""
        return self.root_id or self.pk


class Contract(Kept):
    """An agreement with an account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="contracts")
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="versions")
    title = models.CharField(_("contract"), max_length=200)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    """The last day on which it holds; null: without an end."""
    renews = models.BooleanField(_("renews itself"), default=False)
    notice_by = models.DateField(_("notice by"), null=True, blank=True)
    """The last day on which it can be given notice or renegotiated."""
    money = models.BigIntegerField(_("contract value"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    objects: ClassVar = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "ended_at"], name="contracts_of_an_account")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="a_contract_has_a_title"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="a_contract_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def due_on(self) -> Any:
        """The day to act before: the notice, or the end where none is said."""
        return self.notice_by or self.ends_on


class Permission(Kept):
    """What an account lets us do with its name: a reference, its logo, a visit."""

    class What(models.TextChoices):
        """What may be used."""

        NAME = "name", _("Name in a list of references")
        LOGO = "logo", _("Logo")
        QUOTE = "quote", _("Quotation")
        STORY = "story", _("Success story")
        CALL = "call", _("Calls from those interested")
        VISIT = "visit", _("Visits at their site")

    class State(models.TextChoices):
        """How it stands."""

        ALLOWED = "allowed", _("Allowed")
        ASKED = "asked", _("Asked for")
        REFUSED = "refused", _("They refused")

    account = models.ForeignKey(Account, models.CASCADE, related_name="permissions")
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="versions")
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ALLOWED)
    uses = models.CharField(_("where we may use it"), max_length=500, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="permissions_granted",
        verbose_name=_("granted by"),
    )
    proof = models.CharField(_("proof"), max_length=500, blank=True)

    objects: ClassVar = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference right")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "ended_at"], name="permissions_of_an_account")]

    def __str__(self) -> str:
        return self.get_what_display()


class Demand(Kept):
    """What an account demands of quality and service, and our answer to it."""

    class Subject(models.TextChoices):
        """What it is about."""

        QUALITY = "quality", _("Quality")
        SERVICE = "service", _("Service")
        DELIVERY = "delivery", _("Delivery")
        PRODUCT = "product", _("Product")
        PAPERS = "papers", _("Papers and certificates")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        """How our answer stands."""

        OPEN = "open", _("Open")
        WORKING = "working", _("Being worked on")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Declined")

    account = models.ForeignKey(Account, models.CASCADE, related_name="demands")
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="versions")
    subject = models.CharField(_("about"), max_length=10, choices=Subject.choices, default=Subject.QUALITY)
    demand = models.TextField(_("what they demand"))
    since = models.DateField(_("since"), null=True, blank=True)
    raised_by = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="demands_raised",
        verbose_name=_("raised by"),
    )
    answer = models.TextField(_("our answer"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="demands_owned",
        verbose_name=_("who of us answers"),
    )

    objects: ClassVar = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("demand")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "ended_at"], name="demands_of_an_account")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(demand=""), name="a_demand_says_what"),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""), name="an_answered_demand_has_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.demand[:100]
