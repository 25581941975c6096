"""What is known of an account, how we know it, and who does not know it."""

from datetime import datetime
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.files.models import Attachment
from anahtar_web.stakeholders.models import Stakeholder

LONGEST_TEXT: Final = 10_000
LONGEST_LINE: Final = 300


class Grade(models.TextChoices):
    """How we know a fact, the weakest first; what it means stands in `anahtar.rules.facts`."""

    RUMOUR = "rumour", _("Rumour")
    ASSUMED = "assumed", _("Assumed")
    CONFIRMED = "confirmed", _("Confirmed")
    DOCUMENT = "document", _("Document")


class FactQuerySet(BelongingQuerySet):
    """Facts."""

    def written_before(self, moment: datetime) -> Self:
        """Those that stood there at a moment: written down, and not yet taken back."""
        return self.filter(Q(retracted_at=None) | Q(retracted_at__gte=moment), recorded_at__lt=moment)

    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(retracted_at=None)


class Fact(models.Model):
    """One statement about an account. It is never changed: another one follows it, or it is taken back with a reason.

    Several statements of one thing stand beside each other (a confirmed headcount and a later rumour); which of them
    holds follows from grade and age (`anahtar.rules.facts.best`). One that can never hold again names the one that
    took its place, so that a page reads only what may hold.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="facts")
    kind = models.CharField(_("kind"), max_length=40)
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="versions")
    """Of a kind with several values: the first statement of this one; null: it is itself the first."""

    text = models.TextField(_("text"), blank=True)
    detail = models.TextField(_("details"), blank=True)
    locality = models.CharField(_("place"), max_length=200, blank=True)
    number = models.DecimalField(_("number"), max_digits=20, decimal_places=4, null=True, blank=True)
    money = models.BigIntegerField(_("amount"), null=True, blank=True)
    """Ten-thousandths."""
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    flag = models.BooleanField(_("yes or no"), null=True, blank=True)

    grade = models.CharField(_("grade"), max_length=10, choices=Grade.choices)
    known_on = models.DateField(_("known on"))
    """The day on which it was true or was learned: from here its age is counted."""
    source = models.CharField(_("source"), max_length=500, blank=True)
    link = models.URLField(_("link"), max_length=1000, blank=True)
    said_by = models.ForeignKey(
        Stakeholder, models.SET_NULL, null=True, blank=True, related_name="facts_said", verbose_name=_("said by")
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("told by a colleague")
    )
    document = models.ForeignKey(
        Attachment, models.SET_NULL, null=True, blank=True, related_name="facts", verbose_name=_("document")
    )

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), default=timezone.now)
    confirms = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    """The statement that somebody confirmed with one click."""
    superseded_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="superseded")
    retracted_at = models.DateTimeField(null=True)
    retracted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    retract_reason = models.TextField(_("reason"), blank=True)

    objects: ClassVar = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["account", "superseded_by", "retracted_at", "kind"], name="facts_that_may_hold"),
            models.Index(fields=["by", "recorded_at"], name="facts_somebody_wrote"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind=""), name="a_fact_is_of_a_kind"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="a_fact_has_a_known_grade"),
            models.CheckConstraint(
                condition=~Q(text="")
                | Q(number__isnull=False)
                | Q(money__isnull=False)
                | Q(day__isnull=False)
                | Q(flag__isnull=False),
                name="a_fact_says_something",
            ),
            models.CheckConstraint(
                condition=Q(money=None) | ~Q(currency=""), name="an_amount_of_a_fact_has_a_currency"
            ),
            models.CheckConstraint(
                condition=Q(retracted_at=None, retracted_by=None)
                | Q(retracted_at__isnull=False, retracted_by__isnull=False) & ~Q(retract_reason=""),
                name="a_fact_is_taken_back_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(superseded_by=models.F("id")), name="a_fact_follows_another"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def item(self) -> int:
        """Of a kind with several values: which of them it is."""
        return self.root_id or self.pk


VALUE: Final = ("text", "detail", "locality", "number", "money", "currency", "day", "flag")
"""Columns of a fact that hold its value."""


class Postponement(models.Model):
    """Somebody who was asked to confirm a fact does not know; they are asked again later."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="postponements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateField()
    """The first day on which they may be asked again."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("postponed fact")
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="facts_somebody_postponed")]

    def __str__(self) -> str:
        return str(self.fact)
