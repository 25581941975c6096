"""A document of an account. Its content lies beside the database, under its digest."""

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import now
from anahtar_web.files.kinds import Kind, known_as
from anahtar_web.ui.text import fold


class AttachmentQuerySet(BelongingQuerySet):
    """Documents."""

    def present(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at=None)

    def on(self, day: date | None) -> Self:
        """Those an account had at the end of a day; None: now."""
        if day is None:
            return self.present()
        end = datetime.combine(day + timedelta(days=1), time(), now().tzinfo)
        return self.filter(Q(removed_at=None) | Q(removed_at__gte=end), at__lt=end)

    def matching(self, text: str) -> Self:
        """Those whose name holds every word, however it is typed."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_key__contains=word)
        return found


class Attachment(models.Model):
    """A file that belongs to an account.

    Who removes one leaves the row, with the reason; the content goes when no other row needs it.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="attachments")
    name = models.CharField(_("file name"), max_length=300)
    search_key = models.CharField(max_length=620, editable=False, default="")
    """The name folded."""
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of what is kept."""
    size = models.PositiveBigIntegerField(_("size"))
    media_type = models.CharField(_("kind of file"), max_length=100)
    """By its content, not by its name."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    """Null: the mail folder brought it."""
    at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    removal_reason = models.TextField(_("reason of the removal"), blank=True, editable=False)

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "removed_at", "-id"], name="files_of_an_account")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_file_has_a_name"),
            models.UniqueConstraint(
                fields=["account", "digest"], condition=Q(removed_at=None), name="an_account_has_a_content_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removal_reason="")
                # What nobody brought may be erased again after a restore, by nobody.
                | (Q(removed_at__isnull=False) & ~Q(removal_reason="") & (Q(removed_by__isnull=False) | Q(by=None))),
                name="a_removed_file_says_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search key in step."""
        self.search_key = fold(self.name)[:620]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them

    @property
    def kind(self) -> Kind:
        """What it is."""
        return known_as(self.media_type)
