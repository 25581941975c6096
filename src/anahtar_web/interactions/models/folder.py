"""How far the mail folder is read, and what became of each of its messages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from anahtar_web.interactions.models.dropped import Dropped
from anahtar_web.interactions.models.happened import Interaction


class MailFolder(models.Model):
    """A folder of a mail server, as the settings name it."""

    name = models.CharField(max_length=300, unique=True)
    """`user@host/folder`."""
    uidvalidity = models.BigIntegerField(default=0)
    """Another one than before: the server counts its messages anew."""
    last_uid = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    """When the server answered last."""
    fault = models.TextField(blank=True)
    """Why it does not answer; empty: it does."""
    faulty_since = models.DateTimeField(null=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = "mail folder"

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What became of a message."""

    TAKEN = "taken", _("taken")
    WAITING = "waiting", _("waits for a word")
    TWICE = "twice", _("was here already")
    REFUSED = "refused", _("could not be read")


class FetchedMail(models.Model):
    """A message that was fetched: by the number the folder gives it, and by its own, so that none comes twice."""

    folder = models.ForeignKey(MailFolder, models.CASCADE, related_name="mails")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    key = models.CharField(max_length=300, blank=True, db_index=True)
    """Message id or digest; empty: it could not be read."""
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    interaction = models.ForeignKey(Interaction, models.SET_NULL, null=True, related_name="+")
    dropped = models.ForeignKey(Dropped, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = "fetched mail"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["folder", "uidvalidity", "uid"], name="a_message_is_fetched_once"),
            models.CheckConstraint(
                condition=~models.Q(outcome="refused") | ~models.Q(reason=""), name="a_refused_message_says_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["outcome", "-at"], name="mails_by_outcome")]

    def __str__(self) -> str:
        return str(self.uid)
