"""Sources: tables of databases that somebody named, and what the last look and the last refresh found."""

from datetime import date
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar.sources.address import PostgresAddress
from anahtar_web.gate.versions import Versioned
from anahtar_web.sources.addresses import address_of

_PORT: Final = 5432


class Source(Versioned):
    """A table or view of PostgreSQL whose months become batches of the ledger. Its password is nowhere in here."""

    name = models.CharField(_("name of the source"), max_length=100, unique=True)
    host = models.CharField(_("server"), max_length=253)
    port = models.PositiveIntegerField(_("port"), default=_PORT)
    database = models.CharField(_("database"), max_length=100)
    schema = models.CharField(_("schema"), max_length=100, default="public")
    table = models.CharField(pgettext_lazy("of a database", "table or view"), max_length=100)
    user = models.CharField(_("user of the database"), max_length=100)
    scheduled = models.BooleanField(_("refreshed before each scheduled analysis"), default=True)
    options: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """What was decided about reading, as the wire writes `ReadOptions`."""
    peek: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """What the last look found, as the wire writes a `Peek`."""
    months: models.JSONField[list[Any]] = models.JSONField(default=list)
    """Month, rows and sum (a text, or None) as the database told them at the last look."""
    looked_at = models.DateTimeField(null=True)
    refusal: models.JSONField[Any] = models.JSONField(null=True)
    """The sentence that ended the last work, as `jobs.told` writes it; None where it went well."""
    refreshed_at = models.DateTimeField(_("refreshed"), null=True)
    """When the last refresh came to its end, whatever it brought."""
    unchanged = models.PositiveIntegerField(null=True)
    """Months that were in the ledger already, at the last refresh."""
    brought = models.ForeignKey("ledgers.Import", models.SET_NULL, null=True, related_name="+")
    """What the last refresh brought; None where there was nothing new."""
    asked_for = models.DateTimeField(null=True)
    """The scheduled analysis for which it was refreshed last."""
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("named"), auto_now_add=True)

    class Meta:
        verbose_name = pgettext_lazy("a table", "source")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["host", "port", "database", "schema", "table"], name="a_table_is_one_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> PostgresAddress:
        """The table as the core names it."""
        return address_of(self)

    @property
    def shown(self) -> str:
        """The table as people name it."""
        return f"{self.schema}.{self.table}"

    @property
    def last_month(self) -> date | None:
        """The first day of the latest month that the last look found."""
        months = [month for month, _rows, _sum in self.months if month]
        return date.fromisoformat(f"{max(months)}-01") if months else None
