"""Files of past tenders: what was in them, and what was made of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.models import Account
from anahtar_web.tenders.models.tender import Tender


class TenderImport(models.Model):
    """A file of tenders. Its cells are kept, so that no row of it is lost whatever becomes of it."""

    class State(models.TextChoices):
        """How far it is."""

        OPENED = "opened", pgettext_lazy("state of an import of tenders", "to be checked")
        IMPORTED = "imported", pgettext_lazy("state of an import of tenders", "imported")
        TAKEN_BACK = "taken_back", pgettext_lazy("state of an import of tenders", "taken back")

    file = models.CharField(pgettext_lazy("of an import", "file"), max_length=300)
    sha256 = models.CharField(max_length=64, db_index=True)
    sheet = models.CharField(_("sheet"), max_length=300, blank=True)
    header: models.JSONField[list[str]] = models.JSONField()
    rows: models.JSONField[list[Any]] = models.JSONField()
    """[row of the file, [cells]]: text, number, or [day] as a list of one text."""
    broken: models.JSONField[list[Any]] = models.JSONField(default=list)
    """[row of the file, text, why]: rows that could not be cut into cells; why as `wire.message_to_json` has it."""
    others: models.JSONField[list[str]] = models.JSONField(default=list)
    """What else stands in the file and was not read: other sheets."""
    mapping: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    """What a column says -> its place."""
    options: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    """`decimal`, `date_order`, `currency`: what a person decided where the file does not say."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPENED)
    made = models.PositiveIntegerField(_("tenders made"), default=0)
    left = models.PositiveIntegerField(_("rows left out"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("import of tenders")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.file


class Brought(models.Model):
    """Which row of which file a tender came from: the same row makes no second one."""

    tender = models.OneToOneField(Tender, models.CASCADE, related_name="brought")
    of = models.ForeignKey(TenderImport, models.CASCADE, related_name="brought")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    """What the row is known by: its reference number, or all of its cells."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], name="a_row_makes_one_tender_of_an_account")
        ]

    def __str__(self) -> str:
        return f"{self.of} · {self.row}"
