"""Closed months, what changed them since, and when months are closed by themselves."""

from typing import TYPE_CHECKING, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar.facts.closing import MonthSums
from anahtar_web.gate.versions import Versioned
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers.models import Import

if TYPE_CHECKING:
    from datetime import date

MOST_DAYS: Final = 60
"""Days after its end by which a month is closed by itself at the latest."""


class ClosingRule(Versioned):
    """When months are closed by themselves; there is at most one row (primary key 1)."""

    days = models.PositiveSmallIntegerField(_("days after its end"), null=True)
    """After the last day of a month; None: only people close months."""
    since = models.DateTimeField(default=timezone.now)
    """When it was set: what was due before is not made up for."""

    class Meta:
        verbose_name = _("month-end closing")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_closing_rule"),
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__gte=1, days__lte=MOST_DAYS), name="a_closing_rule_names_days"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Month-end closing"))


class DueClosing(models.Model):
    """A month that was due to be closed by itself and was asked for. No two rows have the same: it happens once."""

    month = models.DateField(unique=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("due closing")


class ClosedMonth(Versioned):
    """A month as it stood when it was closed: of the ledger, whatever accounts were merged or thresholds set since.

    Sums as `anahtar.facts.closing` adds them up.
    """

    month = models.DateField(_("month"), unique=True)
    """Its first day."""
    lines = models.PositiveBigIntegerField(_("lines"), default=0)
    amount = models.BigIntegerField(_("revenue"), default=0)
    accounts = models.PositiveIntegerField(_("accounts"), default=0)
    fingerprint = models.CharField(max_length=64)
    currency = models.CharField(max_length=20, blank=True)
    batches: models.JSONField[list[str]] = models.JSONField(default=list)
    """Batches with lines of the month that its sums and the changes named so far rest on."""
    closed_at = models.DateTimeField(_("closed"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """None: by itself."""
    reopened_at = models.DateTimeField(_("reopened"), null=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("closed month")
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_told_by_its_first_day"),
        ]

    def __str__(self) -> str:
        return key_of(self.month)

    @property
    def sums(self) -> MonthSums:
        """What was kept when it was closed, or accepted anew."""
        return MonthSums(self.lines, self.amount, self.accounts, self.fingerprint)


class Change(models.Model):
    """A batch that came into a closed month, or left it: the month before and after. No batch does so twice."""

    closed = models.ForeignKey(ClosedMonth, models.CASCADE, related_name="changes")
    batch = models.CharField(max_length=60)
    taken_back = models.BooleanField(default=False)
    of = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="+")
    """None where the command line added the batch."""
    at = models.DateTimeField()
    """When the ledger changed; where nobody knows, when it was found."""
    lines_before = models.PositiveBigIntegerField()
    lines_after = models.PositiveBigIntegerField()
    amount_before = models.BigIntegerField()
    amount_after = models.BigIntegerField()
    accounts_before = models.PositiveIntegerField()
    accounts_after = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    """Of the month after it."""
    moved = models.PositiveIntegerField(default=0)
    """Customer codes it brought lines of, or took."""
    settled_at = models.DateTimeField(null=True)
    """When it was accepted, or the month reopened."""

    class Meta:
        verbose_name = _("change of a closed month")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["closed", "batch", "taken_back"], name="a_batch_changes_a_month_once"),
        ]

    @property
    def after(self) -> MonthSums:
        """The month after it."""
        return MonthSums(self.lines_after, self.amount_after, self.accounts_after, self.fingerprint)


class Mover(models.Model):
    """A customer whose lines a change brought or took; the largest of them are kept."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="movers")
    code = models.CharField(max_length=200)
    lines = models.BigIntegerField()
    amount = models.BigIntegerField()
    """Both with their sign: less than nothing where they were taken back."""

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "code"], name="a_customer_moves_once_in_a_change"),
        ]


def key_of(month: "date") -> str:
    """Write a month as the ledger names its files: `2025-03`."""
    return f"{month:%Y-%m}"
