"""By which rule an account decides something, and who has a seat in it."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar.rules.decision import Rule
from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.stakeholders.models.people import Stakeholder


class DecisionRule(models.TextChoices):
    """How the votes of their people become one decision."""

    ONE_SIGNER = Rule.ONE_SIGNER.value, _("One signer")
    CONSENSUS = Rule.CONSENSUS.value, _("Consensus")
    MAJORITY = Rule.MAJORITY.value, _("Majority with weights")
    VETO = Rule.VETO.value, _("Committee with veto")
    BOARD = Rule.BOARD.value, _("Tender board")


STATED: Final = ("name", "rule", "quota", "due_on", "note")
"""What is stated of a decision besides its seats."""


class Decision(models.Model):
    """Something an account decides, again and again or once; how is told by its versions."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="decisions_to_make")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of an account")

    def __str__(self) -> str:
        return f"#{self.pk}"


class DecisionVersion(models.Model):
    """How it is decided, as it was stated at a moment; versions are never changed, so that any day can be read."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("what is decided"), max_length=200)
    rule = models.CharField(_("rule"), max_length=20, choices=DecisionRule.choices)
    quota = models.PositiveIntegerField(_("quota"), null=True, blank=True)
    """The least weight that carries; null: the rule counts no weights."""
    due_on = models.DateField(_("expected on"), null=True, blank=True)
    note = models.TextField(_("where we know the rule from"), blank=True)
    closed_on = models.DateField(_("decided on"), null=True, blank=True)
    """The day from which it waits for nobody any more."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)
    current = models.BooleanField(default=True)
    """Whether it is the last one."""

    class Meta:
        verbose_name = _("version of a decision")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "number"], name="a_decision_has_a_version_once"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(current=True), name="one_version_of_a_decision_holds"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_decision_says_what_is_decided"),
            models.CheckConstraint(condition=Q(quota=None) | Q(quota__gt=0), name="a_quota_is_above_nothing"),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Somebody who has a say in a decision; once the person is erased, the seat is one of which nobody is known."""

    version = models.ForeignKey(DecisionVersion, models.CASCADE, related_name="seats")
    stakeholder = models.ForeignKey(Stakeholder, models.SET_NULL, null=True, related_name="seats")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    has_veto = models.BooleanField(_("veto"), default=False)
    must_sign = models.BooleanField(_("has to sign"), default=False)

    class Meta:
        verbose_name = _("seat in a decision")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "stakeholder"], name="a_person_has_one_seat_in_a_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} · {self.stakeholder_id}"
