"""Who gets the portfolio by mail every month, and which of these mails went out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """A report that somebody gets by mail every month, of the filter that was in force when they asked for it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="monthly_reports")
    query = models.CharField(_("filter"), max_length=2000, blank=True)
    """As a saved view keeps it, and without one; read again, with the person's rights of then, each time."""
    label = models.CharField(max_length=400, blank=True)
    """The filter in the words in which the person read it."""
    workbook = models.BooleanField(_("with the workbook"), default=False)
    origin = models.CharField(max_length=300, blank=True)
    """Under which address the person reached us: where links of the mail lead unless ORIGIN says otherwise."""
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "query"], name="a_person_gets_a_report_of_a_filter_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Delivery(models.Model):
    """One mail: of one subscription in one month. The row is the claim: there is never a second one."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    month = models.DateField()
    """First day of the month in which it is due."""
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    """When it was given to the mail server: from then on it is not given again, whatever became of it."""
    sent_at = models.DateTimeField(null=True)
    """When the mail server had taken it."""

    class Meta:
        verbose_name = _("mail of a monthly report")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "month"], name="a_report_is_mailed_once_a_month"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(handed_at__isnull=False),
                name="what_was_sent_was_handed_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscription} {self.month:%Y-%m}"
