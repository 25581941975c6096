"""Who was erased, without a name: proof that it was done, by whom, why, and what of it has to be done again."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account


class Erasure(models.Model):
    """One person that is held no more. The row in the journal beside the database says the same."""

    stakeholder = models.BigIntegerField(_("number of the person"))
    """The key under which the person was held; it leads nowhere any more."""
    written_at = models.DateTimeField()
    """When the person was written down: keys are given anew after a restore, moments are not."""
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    """Null: erased again after a restore, by the journal."""
    at = models.DateTimeField(_("erased"), auto_now_add=True)
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    """How many rows of which kind went."""
    files: models.JSONField[list[int]] = models.JSONField(default=list)
    """Keys of the documents that went with the person."""

    objects: ClassVar[Any] = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stakeholder", "written_at"], name="a_person_is_erased_once"),
            models.CheckConstraint(condition=Q(by=None) | ~Q(reason=""), name="an_erasure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.stakeholder)
