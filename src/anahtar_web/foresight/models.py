"""What an analysis foresees: of every account, of its directions that fall silent, and how it would have been right."""

from typing import Any, ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.models import Account
from anahtar_web.insight.descending import GreatestFirstIndex
from anahtar_web.insight.models import Run


class Forecast(models.Model):
    """What one run foresees as a whole: the model it rests on, and the backtest that chose it."""

    run = models.OneToOneField(Run, models.CASCADE, related_name="forecast")
    horizon = models.PositiveIntegerField()
    """Days ahead that probabilities speak of."""
    model = models.CharField(max_length=20, blank=True)
    """A `anahtar.forecast.models.Kind`; empty: too few accounts for one, their rhythm alone decides."""
    criterion = models.CharField(max_length=12)
    """A `anahtar.rules.lapse_criterion.Criterion`."""
    notes: models.JSONField[list[Any]] = models.JSONField(default=list)
    """What a reader should know of how this came about; sentences (`jobs.told`)."""
    backtest: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """What `anahtar.forecast.backtest.keeping.to_json` wrote; null: there was nothing to test on."""
    refusal: models.JSONField[Any] = models.JSONField(null=True)
    """Why there is no backtest, as a sentence (`jobs.told`)."""

    class Meta:
        verbose_name = _("forecast")

    def __str__(self) -> str:
        return f"{self.run} · {self.model}"


class Silence(models.Model):
    """What is foreseen of somebody; units and edges are those of `anahtar.forecast.foresight.FORESIGHT`."""

    purchase_days = models.IntegerField()
    gaps = models.IntegerField()
    gap_mean = models.FloatField(null=True)
    gap_p95 = models.FloatField(null=True)
    last_purchase = models.DateField()
    silence = models.IntegerField()
    closed_days = models.IntegerField(default=0)
    silences_as_long = models.IntegerField(default=0)
    expected_by = models.DateField(null=True)
    days_late = models.IntegerField(default=0)
    seasonal = models.BooleanField(null=True)
    state = models.CharField(max_length=12)
    none_ahead = models.FloatField(null=True)
    at_stake = models.BigIntegerField(default=0)
    last_gaps: models.JSONField[list[int]] = models.JSONField(default=list)
    """Days between the latest purchases, oldest first."""
    why: models.JSONField[Any] = models.JSONField()
    """Why it has its state, as a sentence (`jobs.told`)."""

    class Meta:
        abstract = True


class Outlook(Silence):
    """What one run foresees of one account that ever bought. Who may see it: `Account.objects.visible_to(user)`."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="outlooks", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="outlooks")
    purchases_ahead = models.FloatField(null=True)
    worth = models.BigIntegerField(null=True)
    worth_low = models.BigIntegerField(null=True)
    worth_high = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("outlook")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "account"], name="a_run_foresees_an_account_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "state"], name="outlooks_by_state"),
            GreatestFirstIndex(fields=["run", "-at_stake", "account"], name="outlooks_by_stake"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} · {self.state}"


class Dimension(models.TextChoices):
    """Kinds of direction: what an account buys, where, and for which of its places."""

    DIRECTION = "direction", _("Product group")
    REGION = "region", _("Region")
    SITE = "site", _("Site")


KINDS: Final = {
    Dimension.DIRECTION: _("Product groups"),
    Dimension.REGION: _("Regions"),
    Dimension.SITE: _("Sites"),
}
"""Several of a kind."""


class DirectionOutlook(Silence):
    """What one run foresees of one direction in which an account has a rhythm: four purchase days or more."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="direction_outlooks", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="direction_outlooks")
    dimension = models.CharField(max_length=12, choices=Dimension.choices, default=Dimension.DIRECTION)
    direction = models.CharField(max_length=200)
    """Its name in the ledger."""

    class Meta:
        verbose_name = _("outlook of a direction")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "account", "dimension", "direction"], name="a_run_foresees_a_direction_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "state"], name="directions_by_state")]

    def __str__(self) -> str:
        return f"{self.account_id} · {self.dimension} {self.direction} · {self.state}"
