"""What one run finds of losses, account by account; sums are made for whoever may see those accounts."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import Dimension
from anahtar_web.insight.models import Run


class LossReport(models.Model):
    """What one run finds of losses in the whole ledger."""

    run = models.OneToOneField(Run, models.CASCADE, related_name="losses")
    window_start = models.DateField(null=True)
    window_end = models.DateField(null=True)
    before_start = models.DateField(null=True)
    before_end = models.DateField(null=True)
    """The periods of the bridge; null: the ledger holds less than two months to compare."""
    told: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """Months, places, stress and what the way back rests on: whatever is of the whole company alone."""

    class Meta:
        verbose_name = _("losses")

    def __str__(self) -> str:
        return str(self.run)


class BridgeRow(models.Model):
    """Where one account stands in the bridge from the earlier period to the later one; money in ten-thousandths."""

    class Bucket(models.TextChoices):
        """`anahtar.metrics.loss.bridge.BUCKETS`."""

        NEW = "new", pgettext_lazy("in the bridge of revenue", "New")
        RETURNED = "returned", pgettext_lazy("in the bridge of revenue", "Returned")
        EXPANSION = "expansion", pgettext_lazy("in the bridge of revenue", "Expansion")
        CONTRACTION = "contraction", pgettext_lazy("in the bridge of revenue", "Contraction")
        LOST = "lost", pgettext_lazy("in the bridge of revenue", "Lost")
        STEADY = "steady", pgettext_lazy("in the bridge of revenue", "Unchanged")

    run = models.ForeignKey(Run, models.CASCADE, related_name="bridge_rows", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    bucket = models.CharField(max_length=12, choices=Bucket.choices)
    revenue_before = models.BigIntegerField()
    revenue = models.BigIntegerField()
    bought_before = models.BooleanField()
    bought = models.BooleanField()

    class Meta:
        verbose_name = _("row of the bridge")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "account"], name="an_account_stands_in_the_bridge_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "bucket"], name="bridge_by_bucket")]


class Lapse(models.Model):
    """One silence of an account that was too long by the company's criterion, ended or not."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="lapses", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    bought_on = models.DateField()
    lost_on = models.DateField()
    returned_on = models.DateField(null=True)
    purchases = models.IntegerField()
    """Purchase days up to the silence."""
    revenue = models.BigIntegerField()
    """Of the twelve months up to the last purchase before it."""

    class Meta:
        verbose_name = _("lapse")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "account", "bought_on"], name="a_silence_is_one_lapse"),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "lost_on"], name="lapses_by_day")]


class PartialLoss(models.Model):
    """A direction that died while the account lives; units: `anahtar.analysis.losing.places.PartialLoss`."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="partial_losses", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=12, choices=Dimension.choices, default=Dimension.DIRECTION)
    """A `anahtar_web.foresight.models.Dimension`."""
    code = models.CharField(max_length=300)
    """Of the product group, region or site."""
    name = models.CharField(max_length=300)
    state = models.CharField(max_length=12)
    last_purchase = models.DateField()
    expected = models.DateField()
    silence = models.IntegerField()
    purchase_days = models.IntegerField()
    gap_mean = models.FloatField()
    silences_as_long = models.IntegerField()
    revenue = models.BigIntegerField()
    """Of the twelve months up to the last purchase there."""
    counts = models.BooleanField(default=True)
    """False: another row tells the same silence; sums leave it out."""

    class Meta:
        verbose_name = _("direction that died")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "account", "dimension", "code"], name="a_direction_of_an_account_dies_once"
            ),
        ]


class Gone(models.Model):
    """An account that is gone from a place: lost, or (of what is bought) still an account that buys nothing there."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="gone", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=12)
    code = models.CharField(max_length=300)
    """Of the direction, region, salesperson or product."""
    lost = models.BooleanField()
    """Lost altogether; otherwise it only left the place."""
    revenue_before = models.BigIntegerField()
    """What it bought there before."""

    class Meta:
        verbose_name = _("account gone from a place")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "dimension", "code", "account"], name="an_account_is_gone_from_a_place_once"
            ),
        ]


class Continuation(models.Model):
    """An account that went on under another code in a run: neither lost nor new there."""

    class By(models.TextChoices):
        """Who says so."""

        WORD = "word", pgettext_lazy("of an account that went on", "a person")
        BASKET = "basket", pgettext_lazy("of an account that went on", "what it buys")

    run = models.ForeignKey(Run, models.CASCADE, related_name="continuations", db_index=False)
    old = models.ForeignKey(Account, models.CASCADE, related_name="+")
    new = models.ForeignKey(Account, models.CASCADE, related_name="+")
    end = models.ForeignKey(Account, models.CASCADE, related_name="+")
    """Where it counts: the last of those that went on one after the other."""
    by = models.CharField(max_length=10, choices=By.choices)
    evidence: models.JSONField[list[Any]] = models.JSONField(default=list)
    """What speaks for it, as sentences of any language (`jobs.told`)."""

    class Meta:
        verbose_name = _("account that went on")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "old"], name="an_account_goes_on_once_in_a_run"),
        ]


class Succession(models.Model):
    """What a person says of two accounts: the one goes on as the other, or it does not."""

    old = models.ForeignKey(Account, models.CASCADE, related_name="successions")
    new = models.ForeignKey(Account, models.CASCADE, related_name="+")
    goes_on = models.BooleanField()
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("account that went on, by a person's word")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="two_accounts_are_said_of_once"),
            models.UniqueConstraint(fields=["old"], condition=Q(goes_on=True), name="an_account_goes_on_as_one"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="an_account_does_not_succeed_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class WayBack(models.Model):
    """What winning back an account that stands lost would be worth; units: `anahtar.analysis.losing.winning_back`."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="ways_back", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    last_purchase = models.DateField()
    silence = models.IntegerField()
    times_lost = models.IntegerField()
    revenue = models.BigIntegerField()
    margin = models.BigIntegerField(null=True)
    chance = models.FloatField(null=True)
    chance_low = models.FloatField(null=True)
    chance_high = models.FloatField(null=True)
    value = models.BigIntegerField(null=True)
    """P(return) x expected margin, without the cost of trying; null: margin or chance is not known."""

    class Meta:
        verbose_name = _("way back")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "account"], name="an_account_has_one_way_back"),
        ]
