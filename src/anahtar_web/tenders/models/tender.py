"""A tender as it stands now."""

from datetime import date
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.gate.versions import Versioned
from anahtar_web.tenders.models.reason import Reason
from anahtar_web.ui.text import fold


class Stage(models.TextChoices):
    """How far a tender is."""

    ANNOUNCED = "announced", pgettext_lazy("stage of a tender", "Announced")
    PREPARING = "preparing", pgettext_lazy("stage of a tender", "Preparing")
    SUBMITTED = "submitted", pgettext_lazy("stage of a tender", "Submitted")
    NEGOTIATION = "negotiation", pgettext_lazy("stage of a tender", "Negotiation")
    DECIDED = "decided", pgettext_lazy("stage of a tender", "Decided")


class Outcome(models.TextChoices):
    """What became of a tender."""

    WON = "won", pgettext_lazy("outcome of a tender", "Won")
    PARTLY = "partly", pgettext_lazy("outcome of a tender", "Partly won")
    LOST = "lost", pgettext_lazy("outcome of a tender", "Lost")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome of a tender", "Withdrawn by us")
    CANCELLED = "cancelled", pgettext_lazy("outcome of a tender", "Cancelled by them")
    NO_BID = "no_bid", pgettext_lazy("outcome of a tender", "No bid")


OPEN: Final = (Stage.ANNOUNCED, Stage.PREPARING, Stage.SUBMITTED, Stage.NEGOTIATION)
LOST: Final = (Outcome.LOST, Outcome.PARTLY)
"""What has to say why."""
DECIDED: Final = (Outcome.WON, Outcome.PARTLY, Outcome.LOST)
"""What was decided between us and others: what win rates are of."""


class TenderQuerySet(BelongingQuerySet):
    """Tenders."""

    def open(self) -> "TenderQuerySet":
        """Those that are not decided yet."""
        return self.exclude(stage=Stage.DECIDED)

    def due_by(self, last: date) -> "TenderQuerySet":
        """Those whose offer is still to be handed in, by a day at the latest."""
        return self.filter(stage__in=(Stage.ANNOUNCED, Stage.PREPARING), deadline__lte=last)


class Tender(Versioned):
    """An account asks several to bid.

    What is true now; each change is written down whole in a `Record`, so that the tender can be read as it was known
    on a day.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="tenders")
    title = models.CharField(_("title"), max_length=200)
    reference = models.CharField(_("reference number"), max_length=100, blank=True)
    direction = models.CharField(_("direction of business"), max_length=120, blank=True)
    search_key = models.CharField(max_length=440, editable=False)
    """Title, reference and direction folded."""
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, default=Stage.ANNOUNCED)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    questions_until = models.DateField(_("questions until"), null=True, blank=True)
    deadline = models.DateField(_("deadline of the offer"), null=True, blank=True)
    expected_on = models.DateField(_("decision expected on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    estimate = models.BigIntegerField(_("estimated value"), null=True, blank=True)
    """Ten-thousandths; withheld like offers."""
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tenders", verbose_name=_("owner")
    )
    notes = models.TextField(_("notes"), blank=True)
    """Markdown."""
    lessons = models.TextField(_("lessons"), blank=True)
    """Markdown: what we do otherwise next time."""
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    their_reason = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("their reason")
    )
    """What they said; null on a loss: they did not say."""
    their_words = models.TextField(_("in their words"), blank=True)
    our_reason = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("our reason")
    )
    """What we believe it was."""
    our_words = models.TextField(_("in our words"), blank=True)
    from_file = models.BooleanField(default=False)
    """Whether it was brought by a file of past tenders, which rarely says why something was lost."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)

    objects: ClassVar = TenderQuerySet.as_manager()

    class Meta:
        verbose_name = _("tender")
        verbose_name_plural = _("tenders")
        indexes: ClassVar = [
            models.Index(fields=["account", "stage"], name="tenders_of_an_account"),
            models.Index(fields=["stage", "deadline"], name="tenders_by_deadline"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="a_tender_has_a_title"),
            models.CheckConstraint(
                condition=Q(stage=Stage.DECIDED, decided_on__isnull=False) & ~Q(outcome="")
                | ~Q(stage=Stage.DECIDED) & Q(outcome="", decided_on=None, our_reason=None, their_reason=None),
                name="a_decided_tender_has_an_outcome_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(from_file=True) | Q(our_reason__isnull=False) | ~Q(outcome__in=LOST),
                name="a_lost_tender_says_why",
            ),
            models.CheckConstraint(
                condition=Q(estimate=None) | Q(estimate__gte=0), name="an_estimated_value_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search key in step."""
        self.search_key = search_key(self.title, self.reference, self.direction)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them


def search_key(title: str, reference: str, direction: str) -> str:
    """Give what a tender is searched by."""
    return fold(f"{title} {reference} {direction}")[:440]
