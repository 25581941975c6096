"""Lines of orders as they were promised and delivered, and what counts as kept."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anahtar.rules.on_time import Part, Tolerance
from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.gate.versions import Versioned
from anahtar_web.ledgers.models import Import

LONGEST_CODE = 200
"""Signs of a code that are kept; longer ones are cut."""


class DeliveryLine(models.Model):
    """What one import says of one line of an order; the last word holds, earlier ones stay.

    A row is never overwritten: a later file ends it (`ended_at`) and brings one of its own, and so does taking an
    import back. The rows that held on a day are those recorded up to it and not ended by then.
    """

    of = models.ForeignKey(Import, models.PROTECT, related_name="delivery_lines", verbose_name=_("import"))
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="delivery_lines")
    """None where no account has the customer's code (yet)."""
    customer = models.CharField(_("customer"), max_length=LONGEST_CODE)
    """The customer's code as the file has it."""
    order = models.CharField(_("order"), max_length=LONGEST_CODE)
    line = models.CharField(_("line"), max_length=LONGEST_CODE, blank=True)
    product = models.CharField(_("product"), max_length=LONGEST_CODE, blank=True)
    product_name = models.CharField(max_length=300, blank=True)
    direction = models.CharField(_("direction"), max_length=LONGEST_CODE, blank=True)

    promised_first = models.DateField(_("promised"))
    """The first day that was promised, by any import that counts: what lateness is measured by."""
    promised_here = models.DateField()
    """The first day that this import says was promised."""
    promised_now = models.DateField(_("promise moved to"))
    """The day that is promised by now; the first where it was never moved."""
    ordered = models.BigIntegerField(_("ordered"))
    """In ten-thousandths of a piece."""
    delivered = models.BigIntegerField(_("delivered"))
    parts: models.JSONField[list[list[Any]]] = models.JSONField(default=list)
    """Day (ISO) and quantity of every delivery, the earliest first."""
    filled_on = models.DateField(_("in full on"), null=True)
    """The day on which the last part needed came; None while it is not in full."""
    late_days = models.PositiveIntegerField(null=True)
    """Days from the first promised day to `filled_on`; None while it is not in full."""

    file = models.CharField(max_length=300, blank=True)
    row = models.PositiveBigIntegerField(default=0)
    """Where a person finds it: the first row that speaks of it."""
    recorded_at = models.DateTimeField(_("known since"))
    ended_at = models.DateTimeField(null=True)
    """When a later word took its place, or its import was taken back; None: it holds."""

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a delivery")
        verbose_name_plural = _("lines of deliveries")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer", "order", "line"],
                condition=Q(ended_at=None),
                name="one_word_on_a_line_of_an_order_holds",
            ),
            models.CheckConstraint(condition=Q(ordered__gt=0), name="a_line_of_an_order_orders_something"),
            models.CheckConstraint(
                condition=Q(filled_on=None, late_days=None) | Q(filled_on__isnull=False, late_days__isnull=False),
                name="a_line_in_full_knows_how_late_it_was",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("recorded_at")), name="a_word_ends_after_it_was_said"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "promised_first"], name="deliveries_of_an_account"),
            models.Index(fields=["order", "line", "customer"], name="words_on_a_line_of_an_order"),
            models.Index(fields=["of", "ended_at"], name="deliveries_of_an_import"),
        ]

    def __str__(self) -> str:
        return f"{self.order} / {self.line}" if self.line else self.order

    @property
    def moved(self) -> bool:
        """Whether the promise was moved."""
        return self.promised_now != self.promised_first

    @property
    def missing(self) -> int:
        """What has not been delivered."""
        return max(0, self.ordered - self.delivered)

    @property
    def part_list(self) -> list[Part]:
        """The deliveries as the rule takes them."""
        return [Part(date.fromisoformat(day), quantity) for day, quantity in self.parts]


class Terms(Versioned):
    """What still counts as kept; one row, which is there once somebody has said something."""

    days = models.PositiveSmallIntegerField(_("days of grace"), default=0)
    """Days after the promised one that are still on time."""
    short = models.PositiveSmallIntegerField(_("tolerated shortage, per mille"), default=0)
    """Per mille of the ordered quantity that may be missing from a line in full."""

    class Meta:
        verbose_name = _("terms of deliveries")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="there_are_one_terms_of_deliveries"),
            models.CheckConstraint(condition=Q(short__lt=1000), name="a_line_in_full_holds_something"),
        ]

    def __str__(self) -> str:
        return str(_("what counts as kept"))

    @property
    def tolerance(self) -> Tolerance:
        """The terms as the rule takes them."""
        return Tolerance(self.days, self.short / 1000)
