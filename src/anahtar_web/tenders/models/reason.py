"""Why tenders are won and lost: the list of which one is chosen."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.gate.versions import Versioned
from anahtar_web.ui.text import fold

SHIPPED: Final[dict[str, Any]] = {
    "price": pgettext_lazy("why a tender was lost", "Price"),
    "delivery": _("Delivery time"),
    "quality": _("Quality"),
    "service": _("Service"),
    "relationship": _("Relationship"),
    "terms": _("Payment and contract terms"),
    "specification": _("Specification"),
    "incumbent": _("They stayed with their supplier"),
    "other": _("Other reason"),
}
"""Code -> words of the reasons that come with the program, in the order in which they are offered."""


class Reason(Versioned):
    """One line of the list. What comes with the program is said in the reader's language until somebody renames it."""

    code = models.CharField(max_length=20, blank=True)
    """Of a reason that comes with the program; empty: the company's own."""
    name = models.CharField(_("name"), max_length=100, blank=True)
    """Empty: as the program calls it."""
    name_key = models.CharField(max_length=120, editable=False)
    place = models.PositiveSmallIntegerField(_("place"), default=100)
    offered = models.BooleanField(_("offered"), default=True)
    """Whether it may be chosen; what was chosen keeps it."""

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(code="", name=""), name="a_reason_has_a_name"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="a_reason_is_shipped_once"),
            models.UniqueConstraint(
                fields=["name_key"], condition=~Q(name_key=""), name="a_reason_of_a_name_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(SHIPPED.get(self.code, self.code))

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key in step."""
        self.name_key = fold(self.name)[:120]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
