"""What was agreed to happen next, and what became of it, step by step."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.interactions.models.happened import Interaction


class StepState(models.TextChoices):
    """What became of a next step."""

    OPEN = "open", pgettext_lazy("of a next step", "open")
    MOVED = "moved", _("moved to another day")
    DONE = "done", pgettext_lazy("of a next step", "done")
    DROPPED = "dropped", _("dropped")


class NextTouchQuerySet(BelongingQuerySet):
    """Next steps."""

    def open(self) -> "NextTouchQuerySet":
        """Those that are still to be done."""
        return self.filter(is_open=True)


class NextTouch(models.Model):
    """A next step: what, on which day, and who of us. Day, owner and whether it is open are those of its last step."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="next_touches")
    interaction = models.ForeignKey(Interaction, models.CASCADE, null=True, related_name="agreed")
    """In which it was agreed; null: on its own."""
    what = models.CharField(_("next step"), max_length=300)
    due_on = models.DateField(_("on which day"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="next_touches", verbose_name=_("who")
    )
    is_open = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)

    objects: ClassVar = NextTouchQuerySet.as_manager()

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(what=""), name="a_next_step_says_what")]
        indexes: ClassVar = [
            models.Index(fields=["account", "is_open", "due_on"], name="next_steps_of_an_account"),
            models.Index(fields=["owner", "is_open", "due_on"], name="next_steps_of_a_person"),
        ]

    def __str__(self) -> str:
        # Not what is to be done: the trail keeps names for good, and the words may name a person.
        return f"{self._meta.verbose_name} {self.due_on:%Y-%m-%d}"

    def is_late(self, on: date) -> bool:
        """Whether its day has passed; the day itself is in time."""
        return self.is_open and self.due_on < on


class Step(models.Model):
    """One thing that became of a next step; the last one holds, and none is ever changed."""

    touch = models.ForeignKey(NextTouch, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=StepState.choices)
    due_on = models.DateField(_("on which day"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("what became of a next step")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["moved", "dropped"]) | ~Q(reason=""),
                name="what_is_moved_or_dropped_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
