"""The secret address under which a program of calendars asks for what somebody has to do."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class CalendarAddress(models.Model):
    """One address of one person. Of its secret only the digest is kept: whoever reads the database cannot ask."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret."""
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = "calendar address"

    def __str__(self) -> str:
        return str(self.person)
