"""Forms that were sent: the second copy of a form finds the first one's answer here."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """One form that was sent and did something; its token stood in the form."""

    token = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    path = models.CharField(max_length=500)
    status = models.PositiveSmallIntegerField(default=204)
    headers: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    """What the first copy was answered."""
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token"], name="a_form_counts_once")]
