"""Who else sells what we sell, known to everybody who works here."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.versions import Versioned
from anahtar_web.ui.text import fold, sort_key


class Competitor(Versioned):
    """A company that sells what we sell; known to everybody who works here."""

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=220, unique=True, editable=False)
    """The name folded: one competitor is not written down twice."""
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    website = models.URLField(_("website"), blank=True)
    remark = models.TextField(_("remark"), blank=True)
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    """The competitor it turned out to be; what was written under its name stands there since."""

    class Meta:
        verbose_name = _("competitor")
        verbose_name_plural = _("competitors")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_competitor_has_a_name"),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="a_competitor_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the keys in step with the name."""
        self.name_key, self.sort_key = fold(self.name)[:220], sort_key(self.name)[:300]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
