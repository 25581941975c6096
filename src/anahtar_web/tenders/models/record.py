"""A tender as it was after each change: never overwritten, so that it can be read as known on a day."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from anahtar_web.tenders.models.tender import Tender


class Record(models.Model):
    """Everything of a tender after one change."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="records")
    number = models.PositiveIntegerField()
    """The version of the tender it is."""
    content: models.JSONField[dict[str, Any]] = models.JSONField()
    """See `queries/content.py`."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "number"], name="a_version_of_a_tender_is_recorded_once")
        ]

    def __str__(self) -> str:
        return f"{self.tender} · {self.number}"
