"""A file that somebody dropped, or a mail the folder brought for nobody known: it waits for a word on it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from anahtar_web.accounts.models import Account


class Dropped(models.Model):
    """What a file held. Nobody sees it but who dropped it; what the mail folder brought, also who defines dossiers.

    What is dropped and not taken within a day is forgotten; a mail of the folder, after a month.
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    """On whose page it was dropped; null: on nobody's."""
    name = models.CharField(max_length=200)
    items: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    """As `reading.child` tells them."""
    folder = models.CharField(max_length=32, blank=True)
    """Where the files of its mails lie (`actions.enclosing`); empty: it has none."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    """Null: the mail folder brought it, and none of ours took part."""
    from_folder = models.BooleanField(default=False)
    """Whether the mail folder brought it; `by` is then who of ours took part."""
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = "dropped file"

    def __str__(self) -> str:
        return str(self.pk)
