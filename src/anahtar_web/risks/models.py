"""Cases of accounts that are going: where each stands, what moved it, and what a loss was put down to."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.company.reasons import ListedReason
from anahtar_web.competitors.models import Competitor
from anahtar_web.gate.versions import Versioned
from anahtar_web.stakeholders.models import Stakeholder

SHIPPED: Final[dict[str, Any]] = {
    "service": pgettext_lazy("why an account is lost", "Service level"),
    "quality": pgettext_lazy("why an account is lost", "Quality"),
    "deadlines": pgettext_lazy("why an account is lost", "Missed deadlines and promises"),
    "unheard": pgettext_lazy("why an account is lost", "Opinion ignored"),
    "price": pgettext_lazy("why an account is lost", "Price"),
    "competitor": pgettext_lazy("why an account is lost", "A competitor"),
    "own_business": pgettext_lazy("why an account is lost", "The customer’s own business"),
    "person": pgettext_lazy("why an account is lost", "Our person there left"),
    "other": pgettext_lazy("why an account is lost", "Another reason"),
}
"""Code -> words of the reasons that come with the program, in the order in which they are offered."""


class Stage(models.TextChoices):
    """Where a case stands on the board, left to right."""

    EARLY = "early", pgettext_lazy("stage of a case", "Early sign")
    COOLING = "cooling", pgettext_lazy("stage of a case", "Cooling")
    AT_RISK = "at_risk", pgettext_lazy("stage of a case", "At risk")
    LAPSED = "lapsed", pgettext_lazy("stage of a case", "Lapsed")
    LOST = "lost", pgettext_lazy("stage of a case", "Lost")
    OFFER = "offer", pgettext_lazy("stage of a case", "Offer")
    NEGOTIATION = "negotiation", pgettext_lazy("stage of a case", "Negotiation")
    WON_BACK = "won_back", pgettext_lazy("stage of a case", "Won back, on probation")
    RECOVERED = "recovered", pgettext_lazy("stage of a case", "Recovered")
    WRITTEN_OFF = "written_off", pgettext_lazy("stage of a case", "Written off")


CLOSED: Final = (Stage.RECOVERED, Stage.WRITTEN_OFF)
"""Stages at which a case ends."""

AWAY: Final = (Stage.LOST, Stage.OFFER, Stage.NEGOTIATION)
"""Stages at which the account is lost and not back."""


class Reason(ListedReason):
    """One line of the list of why accounts are lost."""

    SHIPPED = SHIPPED
    VERBS = "loss_reason"

    class Meta:
        verbose_name = _("reason of a loss")
        verbose_name_plural = _("reasons of losses")
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(code="", name=""), name="a_reason_of_a_loss_has_a_name"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="a_reason_of_a_loss_is_shipped_once"),
            models.UniqueConstraint(
                fields=["name_key"], condition=~Q(name_key=""), name="a_reason_of_a_loss_stands_once"
            ),
        ]


class Case(Versioned):
    """One risk of one account, from the first sign to its end; an account may have several open ones."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="cases")
    direction = models.CharField(_("direction"), max_length=200, blank=True)
    """Which line of business is going; empty: the account as a whole."""
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    stage_since = models.DateField(_("there since"))
    title = models.CharField(_("what is at risk"), max_length=200)
    reason = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reason")
    )
    severity = models.PositiveSmallIntegerField(
        _("severity"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    likelihood = models.PositiveSmallIntegerField(
        _("likelihood"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_on = models.DateField(_("to be done by"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    opened_on = models.DateField(_("opened"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """None: the ledger."""
    closed_on = models.DateField(_("closed"), null=True)
    resolution = models.CharField(_("resolution"), max_length=500, blank=True)
    probation_until = models.DateField(_("on probation until"), null=True)
    """Of a won-back account: until then tighter borders hold."""

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="a_case_says_what_is_at_risk"),
            models.CheckConstraint(
                condition=Q(stage__in=CLOSED, closed_on__isnull=False) | ~Q(stage__in=CLOSED) & Q(closed_on=None),
                name="a_closed_case_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(severity__gte=1, severity__lte=5, likelihood__gte=1, likelihood__lte=5),
                name="a_case_is_weighed_from_1_to_5",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "account"], name="cases_by_stage")]

    def __str__(self) -> str:
        return self.title


class Move(models.Model):
    """A case went from one stage to another: by somebody, or by what the ledger says."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=12, choices=Stage.choices, blank=True)
    """Empty: it was opened there."""
    after = models.CharField(max_length=12, choices=Stage.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """None: the ledger."""
    words = models.CharField(_("why"), max_length=500, blank=True)
    why: models.JSONField[Any] = models.JSONField(null=True)
    """What the ledger said, as a sentence (`jobs.told`), or the reasons of a loss (`risks.told`); null: `words`."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("move of a case")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.before} → {self.after}"


class LossRecord(Versioned):
    """Why an account, or one direction of it, was lost: as somebody found out, with evidence, and what it cost."""

    class Return(models.TextChoices):
        """What they say when asked whether they would return."""

        YES = "yes", pgettext_lazy("would they return", "Yes")
        PERHAPS = "perhaps", pgettext_lazy("would they return", "Perhaps")
        NO = "no", pgettext_lazy("would they return", "No")
        UNASKED = "", pgettext_lazy("would they return", "Not asked")

    case = models.OneToOneField(Case, models.CASCADE, related_name="loss")
    decided_on = models.DateField(_("lost on"))
    reasons = models.ManyToManyField(Reason, related_name="+", verbose_name=_("reasons"))
    competitor = models.ForeignKey(
        Competitor, models.PROTECT, null=True, blank=True, related_name="losses", verbose_name=_("competitor")
    )
    would_return = models.CharField(_("would they return"), max_length=8, choices=Return.choices, blank=True)
    told_by = models.ForeignKey(
        Stakeholder, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who says so")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    grade = models.CharField(_("how sure"), max_length=12, blank=True)
    """A `dossier` grade: rumour, assumed, confirmed, document."""
    words = models.TextField(_("in their words"), blank=True)
    lessons = models.TextField(_("what we learn"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    revenue = models.BigIntegerField(default=0)
    """Of the twelve months to the last purchase, kept as it was when the loss was written down; ten-thousandths."""
    profit = models.BigIntegerField(null=True)
    share = models.FloatField(null=True)
    """Of the company's revenue then."""
    hhi_before = models.FloatField(null=True)
    hhi_after = models.FloatField(null=True)
    """Concentration with and without the account."""

    class Meta:
        verbose_name = _("loss record")
        verbose_name_plural = _("loss records")

    def __str__(self) -> str:
        return f"{self.case_id} · {self.decided_on}"
