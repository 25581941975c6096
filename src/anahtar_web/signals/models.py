"""What the ledger makes somebody look at: one row per silence, decline or return, and what people decided on it."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import Dimension
from anahtar_web.insight.models import Run
from anahtar_web.risks.models import Case


class Kind(models.TextChoices):
    """What a signal tells of."""

    SILENT = "silent", pgettext_lazy("kind of signal", "Silent")
    DIRECTION = "direction", pgettext_lazy("kind of signal", "A direction is silent")
    DECLINING = "declining", pgettext_lazy("kind of signal", "Declining")
    LIKELY = "likely", pgettext_lazy("kind of signal", "Likely to stay away")
    BACK = "back", pgettext_lazy("kind of signal", "Back again")


OF_A_SILENCE: Final = (Kind.SILENT, Kind.DIRECTION, Kind.LIKELY)
"""Kinds that a new purchase ends; what is told after it is another signal."""


class State(models.TextChoices):
    """What became of a signal."""

    OPEN = "open", pgettext_lazy("state of a signal", "Open")
    SNOOZED = "snoozed", pgettext_lazy("state of a signal", "Put off")
    DISMISSED = "dismissed", pgettext_lazy("state of a signal", "Dismissed")
    CASE = "case", pgettext_lazy("state of a signal", "Made a case")
    GONE = "gone", pgettext_lazy("state of a signal", "Over")


class Reason(models.TextChoices):
    """Why a signal is dismissed."""

    PAUSE = "pause", pgettext_lazy("why a signal is dismissed", "An expected pause")
    SEASON = "season", pgettext_lazy("why a signal is dismissed", "Seasonal")
    KNOWN = "known", pgettext_lazy("why a signal is dismissed", "Orders elsewhere, and we know it")
    WRONG = "wrong", pgettext_lazy("why a signal is dismissed", "Wrong data")
    OTHER = "other", pgettext_lazy("why a signal is dismissed", "Another reason")


class Signal(models.Model):
    """One thing to look at. Who may see it: `Account.objects.visible_to(user)`."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    dimension = models.CharField(max_length=12, choices=Dimension.choices, blank=True)
    """Which kind of direction; empty: the account as a whole."""
    direction = models.CharField(max_length=200, blank=True)
    """Its name in the ledger; empty: the account as a whole."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)

    first_run = models.ForeignKey(Run, models.SET_NULL, null=True, related_name="+")
    last_run = models.ForeignKey(Run, models.SET_NULL, null=True, related_name="+")
    first_seen = models.DateField()
    last_seen = models.DateField()
    """As-of days of these runs."""
    closed_on = models.DateField(null=True)
    """As-of day on which the ledger said that it is over."""

    level = models.CharField(max_length=12)
    """A `anahtar.rules.lapse_state.State`: how far the silence has come."""
    last_purchase = models.DateField()
    days_late = models.IntegerField(default=0)
    at_stake = models.BigIntegerField(default=0)
    """A year's revenue, or what a year lacks; ten-thousandths."""
    none_ahead = models.FloatField(null=True)
    why: models.JSONField[list[Any]] = models.JSONField(default=list)
    """Sentences of any language (`jobs.told`)."""
    figures: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """`gaps` (the last ones, days), `all_gaps`, `as_long`, `p95`, `silence`; `months` of a decline; of a direction
    `same`: others of the account that show the same silence, each a dimension and a name."""

    snoozed_until = models.DateField(null=True)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="signals")

    class Meta:
        verbose_name = _("signal")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "kind", "dimension", "direction"],
                condition=~Q(state="gone"),
                name="a_signal_is_told_once",
            ),
            models.CheckConstraint(
                condition=Q(state="snoozed", snoozed_until__isnull=False) | ~Q(state="snoozed") & Q(snoozed_until=None),
                name="a_signal_is_put_off_until_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-at_stake"], name="signals_by_stake")]

    def __str__(self) -> str:
        return str(self.direction or self.account)


class SignalDecision(models.Model):
    """What somebody decided on a signal, and what the account did then: all of them are the history."""

    class What(models.TextChoices):
        """What was decided."""

        SNOOZE = "snooze", pgettext_lazy("decision on a signal", "put off")
        DISMISS = "dismiss", pgettext_lazy("decision on a signal", "dismissed")
        CASE = "case", pgettext_lazy("decision on a signal", "made a case")
        UNDO = "undo", pgettext_lazy("decision on a signal", "taken up again")
        WOKE = "woke", pgettext_lazy("decision on a signal", "woke by itself")

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="decisions")
    what = models.CharField(max_length=12, choices=What.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    words = models.CharField(_("in words"), max_length=500, blank=True)
    until = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """None: the program."""
    at = models.DateTimeField(auto_now_add=True)

    as_of = models.DateField()
    """Of the run whose figures were shown."""
    horizon = models.PositiveIntegerField(default=0)
    """Days ahead in which a purchase would have shown that there was nothing to fear; 0: nothing was foreseen."""
    bought_on = models.DateField(null=True)
    """First purchase after it that an analysis noticed."""
    holds = models.BooleanField(default=True)
    """Whether it was not taken back."""

    class Meta:
        verbose_name = _("decision on a signal")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["what", "holds"], name="decisions_on_signals")]

    def __str__(self) -> str:
        return f"{self.signal_id} · {self.what}"
