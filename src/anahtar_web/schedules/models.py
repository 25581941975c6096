"""The schedule of the analysis, the moments at which it was due, and what each analysis changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar.rules.due import Daily, Monthly, Timetable
from anahtar_web.accounts.models import Account
from anahtar_web.gate.versions import Versioned
from anahtar_web.insight.models import Run
from anahtar_web.jobs.models import Job


class Every(models.TextChoices):
    """How often the ledger is analysed by itself."""

    NEVER = "never", _("never")
    NIGHT = "night", _("every day")
    MONTH = "month", _("once a month")


class Schedule(Versioned):
    """When the ledger is analysed by itself; there is at most one row (primary key 1)."""

    every = models.CharField(_("how often"), max_length=10, choices=Every.choices, default=Every.NEVER)
    hour = models.PositiveSmallIntegerField(_("hour"), default=3)
    """Of the company's clock."""
    day = models.PositiveSmallIntegerField(_("day of the month"), default=1)
    """Of the month; the last one where a month has fewer. Only for once a month."""
    since = models.DateTimeField(default=timezone.now, editable=False)
    """When it was last changed: what would have been due before was never asked for."""

    class Meta:
        verbose_name = _("schedule")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_schedule"),
            models.CheckConstraint(condition=Q(every__in=Every.values), name="a_schedule_is_known"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="a_schedule_names_an_hour"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=31), name="a_schedule_names_a_day"),
        ]

    def __str__(self) -> str:
        return str(_("Analysis of the ledger"))

    @property
    def timetable(self) -> Timetable | None:
        """When it is due; None for never."""
        match self.every:
            case Every.NIGHT:
                return Daily(self.hour)
            case Every.MONTH:
                return Monthly(self.day, self.hour)
        return None


class Outcome(models.TextChoices):
    """What came of a moment at which an analysis was due."""

    ASKED = "asked", _("asked for")
    UNCHANGED = "unchanged", _("nothing to analyse")
    WAITING = "waiting", _("waits for an import")


class Due(models.Model):
    """A moment at which an analysis was due. No two rows have the same: no worker and no round asks twice."""

    due_at = models.DateTimeField(_("due at"), unique=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    settled_at = models.DateTimeField(auto_now=True)
    """When it was last looked at."""
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("due analysis")
        ordering: ClassVar = ["-due_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="an_outcome_is_known"),
        ]


class Comparison(models.Model):
    """What an analysis rests on, and what it says otherwise than the one that was shown before it."""

    run = models.OneToOneField(Run, models.CASCADE, related_name="comparison")
    before = models.ForeignKey(Run, models.SET_NULL, null=True, related_name="+")
    """None where there was nothing to compare with."""
    digest = models.CharField(max_length=64)
    """SHA-256 of imports, thresholds, merges, groups and what else the figures follow from (`basis.py`)."""
    moved = models.PositiveIntegerField(default=0)
    """Accounts that stand in another cell."""
    became_key = models.PositiveIntegerField(default=0)
    ceased_key = models.PositiveIntegerField(default=0)
    """Key by the ledger and no more, or the other way round."""


class Move(models.Model):
    """An account that an analysis puts into another cell of the matrix than the one before; kept like `Turn`."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="moves", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    before = models.CharField(max_length=2, blank=True)
    after = models.CharField(max_length=2, blank=True)
    revenue = models.BigIntegerField(default=0)
    """Of the account in the window, the larger of both."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "account"], name="an_account_moves_once_in_a_run"),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "-revenue", "account"], name="moves_by_revenue")]
