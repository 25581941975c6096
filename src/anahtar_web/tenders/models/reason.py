"""Why tenders are won and lost: the list of which one is chosen."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.company.reasons import ListedReason

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


class Reason(ListedReason):
    """One line of the list of why tenders are won and lost."""

    SHIPPED = SHIPPED
    VERBS = "reason"

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
