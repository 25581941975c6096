"""To whom: lists that stay alive, campaigns over them, and who was drawn to be left alone."""

from datetime import date, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar.rules.hold_out import GREATEST_SHARE
from anahtar_web.accounts.models import Account
from anahtar_web.gate.versions import Versioned
from anahtar_web.risks.models import Case
from anahtar_web.ui.text import fold
from anahtar_web.winbacks.models.kinds import Kind

MOST: Final = 200
"""How many accounts a campaign has, and how many cases are opened at once."""


class WinbackList(Versioned):
    """Lost accounts by a filter; who is on it is reckoned whenever it is looked at, among the accounts one sees."""

    name = models.CharField(_("name"), max_length=100)
    name_key = models.CharField(max_length=120, unique=True, editable=False)
    query = models.CharField(_("filter"), max_length=2000, blank=True)
    """As `winbacks.asked.Narrow` writes it."""
    cost = models.BigIntegerField(_("cost of trying, per account"), default=0)
    """Ten-thousandths; taken off the value of an account for which no offer is open."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("win-back list")
        verbose_name_plural = _("win-back lists")
        ordering: ClassVar = ["name_key", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_winback_list_has_a_name"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="trying_costs_nothing_or_more"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key in step."""
        self.name_key = fold(self.name)[:120]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them


class CampaignState(models.TextChoices):
    """How far a campaign is."""

    DRAFT = "draft", pgettext_lazy("state of a campaign", "Being prepared")
    RUNNING = "running", pgettext_lazy("state of a campaign", "Running")
    ENDED = "ended", pgettext_lazy("state of a campaign", "Ended")


class Campaign(Versioned):
    """One offer for the accounts of a list, within a budget; some of them may be left alone, to see what it changes."""

    name = models.CharField(_("name"), max_length=100)
    list = models.ForeignKey(WinbackList, models.PROTECT, related_name="campaigns", verbose_name=_("list"))
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    size = models.PositiveSmallIntegerField(
        _("accounts at most"), default=50, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    kind = models.CharField(_("kind of offer"), max_length=10, choices=Kind.choices, default=Kind.SPECIAL)
    contents = models.TextField(_("what is offered"), blank=True)
    cost = models.BigIntegerField(_("cost of one offer"), default=0)
    budget = models.BigIntegerField(_("budget"), default=0)
    """Ten-thousandths, as all money."""
    valid_until = models.DateField(_("offers hold until"))
    holdout_share = models.PositiveSmallIntegerField(
        _("left alone, in percent"), default=0, validators=[MaxValueValidator(GREATEST_SHARE)]
    )
    horizon = models.PositiveSmallIntegerField(
        _("days within which a return counts"),
        default=180,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    seed = models.BigIntegerField(null=True, editable=False)
    """What the draw was made with; anybody can draw the same again (`anahtar.rules.hold_out`)."""
    drawn_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_campaign_has_a_name"),
            models.CheckConstraint(
                condition=Q(holdout_share__lte=GREATEST_SHARE), name="not_more_than_half_are_left_alone"
            ),
            models.CheckConstraint(condition=Q(cost__gte=0, budget__gte=0), name="a_budget_is_nothing_or_more"),
            models.CheckConstraint(
                condition=Q(state="draft", seed=None, drawn_on=None)
                | ~Q(state="draft") & Q(seed__isnull=False, drawn_on__isnull=False),
                name="a_campaign_is_drawn_when_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def measured_until(self) -> date | None:
        """The last day on which a return counts; until then whoever was drawn to be left alone is left alone."""
        if self.drawn_on is None:
            return None
        last = self.drawn_on + timedelta(days=self.horizon)
        return min(last, self.ended_on) if self.ended_on else last

    def measures(self, on: date) -> bool:
        """Whether it still counts returns on a day, so that whoever it left alone is left alone."""
        last = self.measured_until
        return self.state == CampaignState.RUNNING and last is not None and on <= last


class Draw(models.Model):
    """What an account was drawn for when a campaign started, before anything was sent."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="draws", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="draws")
    held_out = models.BooleanField(_("left alone"))

    class Meta:
        verbose_name = _("draw")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "account"], name="an_account_is_drawn_once_in_a_campaign"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "held_out"], name="draws_by_account")]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.account_id}"
