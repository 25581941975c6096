"""Imports: files on their way into the sales ledger, and what became of them."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.gate.versions import Versioned
from anahtar_web.ui.text import fold


class State(models.TextChoices):
    """Where an import stands. Names in -ING: a job is at work, or waits for the worker."""

    LOOKING = "looking", _("being opened")
    UNREADABLE = "unreadable", _("cannot be opened")
    OPEN = "open", _("waits for its columns")
    CHECKING = "checking", _("being checked")
    STOPPED = "stopped", _("stopped by a check")
    CHECKED = "checked", _("waits for your word")
    IMPORTING = "importing", _("being imported")
    IMPORTED = "imported", _("in the ledger")
    TAKING_BACK = "taking_back", _("being taken back")
    TAKEN_BACK = "taken_back", _("taken back")
    # A job that is cancelled was stopped; Turkish has two words.
    CANCELLED = "cancelled", pgettext_lazy("of an import", "cancelled")


WAITING = (State.UNREADABLE, State.OPEN, State.STOPPED, State.CHECKED)
"""A person has to decide something."""
WORKING = (State.LOOKING, State.CHECKING, State.IMPORTING, State.TAKING_BACK)
"""A job is at work."""
UNDER_WAY = (State.LOOKING, State.UNREADABLE, State.OPEN, State.CHECKING, State.STOPPED, State.CHECKED, State.IMPORTING)
"""Not in the ledger yet, and may still get there."""


class Kind(models.TextChoices):
    """What the rows of an import's files are (`anahtar.ledger.roles.FileKind`)."""

    SALES = "sales", _("sales lines")
    DELIVERIES = "deliveries", _("deliveries")


class SavedMapping(Versioned):
    """How the exports of one source are read: recognised by its headings and used again by itself."""

    name = models.CharField(_("name of the source"), max_length=100, unique=True)
    signature = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the folded headings it was made for."""
    options: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """Columns, signs and how to open the file, as `anahtar.ledger.files.wire` writes `ReadOptions`."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("saved mapping")
        verbose_name_plural = _("saved mappings")

    def __str__(self) -> str:
        return self.name


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports."""

    def named(self, text: str) -> Self:
        """Those with a file whose name holds a text, or with that number or batch."""
        if not text:
            return self
        wanted = Q(files__search_key__contains=fold(text)) | Q(batch__startswith=text)
        if text.lstrip("#").isdecimal() and len(text) < 18:
            wanted |= Q(pk=int(text.lstrip("#")))
        return self.filter(pk__in=Import.objects.filter(wanted).values("pk"))

    def of_person(self, person: int | None) -> Self:
        """Those that somebody uploaded; None: of anybody."""
        return self if person is None else self.filter(by=person)

    def by_state(self) -> dict[str, int]:
        """How many there are in each state."""
        return dict(self.order_by().values_list("state").annotate(count=models.Count("pk")))


class Import(Versioned):
    """One or more files that become one batch of the ledger.

    Every step raises the version; a job carries the version it was asked at, so that the answer to a question nobody
    asks any more is dropped.
    """

    title = models.CharField(pgettext_lazy("of an import", "files"), max_length=300, blank=True)
    """The names of its files, one after the other."""
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.SALES)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.LOOKING, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    options: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """What was decided about reading, as the wire writes `ReadOptions`; never a path."""
    peek: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """What a first look found, as the wire writes a `Peek`."""
    draft: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """What the whole reading came to, as the wire writes a `Draft`; its parts wait in the staging folder."""
    problems: models.JSONField[list[Any]] = models.JSONField(default=list)
    """Kind, verdict, rows and amount of every sort of problem, the gravest first."""
    draft_version = models.PositiveIntegerField(default=0)
    """The version at which the draft was read; names its staging folder."""
    refusal: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """The sentence that ended the last work, as `jobs.told` writes it."""
    mapping = models.ForeignKey(SavedMapping, models.SET_NULL, null=True, related_name="imports")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    """The import whose refused rows these files bring, corrected."""
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    table = models.CharField(pgettext_lazy("of a database", "table"), max_length=400, blank=True)
    """The table it was pulled from, as manifests name it; empty where it came as files. Its batches: `portions`."""
    held: models.JSONField[list[str]] = models.JSONField(default=list)
    """Why what was pulled waits for a person (`pulled.Held`); empty where it goes into the ledger by itself."""

    batch = models.CharField(_("batch"), max_length=60, blank=True)
    """Name of the batch in the ledger; stays when it is taken back."""
    asked_at = models.DateTimeField(null=True)
    """When somebody said "import"; the batch's manifest carries this moment, which is how a job that was killed
    tells its own batch from another one with the same lines."""
    imported_at = models.DateTimeField(_("imported"), null=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(_("taken back"), null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    """Why it was taken back."""

    rows = models.PositiveBigIntegerField(_("rows"), null=True)
    accepted = models.PositiveBigIntegerField(null=True)
    set_aside = models.PositiveBigIntegerField(null=True)
    refused = models.PositiveBigIntegerField(null=True)
    amount = models.BigIntegerField(_("amount"), null=True)
    """Accepted, in ten-thousandths; of deliveries the quantity ordered."""
    currency = models.CharField(max_length=20, blank=True)
    first_date = models.DateField(null=True)
    last_date = models.DateField(null=True)

    objects: ClassVar = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch"], condition=~Q(batch=""), name="a_batch_comes_from_one_import"),
            models.UniqueConstraint(
                fields=["table"],
                condition=~Q(table="") & Q(state__in=["checked", "importing"]),
                name="a_table_is_imported_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["imported", "taking_back", "taken_back"]) | ~Q(batch=""),
                name="what_was_imported_has_a_batch",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_back") | ~Q(reason=""), name="what_is_taken_back_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def number(self) -> str:
        """What people call it."""
        return f"#{self.pk}"

    @property
    def is_sales(self) -> bool:
        """Whether its rows belong into the ledger."""
        return self.kind == Kind.SALES

    @property
    def is_pulled(self) -> bool:
        """Whether it came of a table of a database: several batches, one for each month, and no files."""
        return bool(self.table)


class Change(models.TextChoices):
    """What a pull does to one month of a table."""

    NEW = "new", pgettext_lazy("a month of a table", "new")
    CHANGED = "changed", pgettext_lazy("a month of a table", "changed")
    GONE = "gone", pgettext_lazy("a month of a table", "gone")


class Portion(models.Model):
    """One month of a table in one import: the batch it becomes, in place of which one."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="portions")
    month = models.CharField(max_length=7, blank=True)
    """`2026-03`; empty where the table has no column of days, and is one part."""
    change = models.CharField(max_length=7, choices=Change.choices)
    draft: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """As `Import.draft`; None of a month that is gone."""
    rows_before = models.PositiveBigIntegerField(null=True)
    amount_before = models.BigIntegerField(null=True)
    rows_after = models.PositiveBigIntegerField(null=True)
    amount_after = models.BigIntegerField(null=True)
    """Accepted; None where the month is not there."""
    batch = models.CharField(max_length=60, blank=True, db_index=True)
    """Its batch in the ledger, once it is there; stays when it is taken back or replaced."""
    replaces = models.CharField(max_length=60, blank=True)
    """The batch that goes for it."""

    class Meta:
        ordering: ClassVar = ["month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "month"], name="a_month_comes_once_with_an_import"),
            models.CheckConstraint(condition=Q(change__in=Change.values), name="a_change_of_a_month_is_known"),
        ]

    @property
    def starts(self) -> date | None:
        """The first day of the month; None of a table without days."""
        return date.fromisoformat(f"{self.month}-01") if self.month else None

    @property
    def shrank(self) -> bool:
        """Whether the month has fewer rows or less money than before."""
        if self.change != Change.CHANGED:
            return False
        rows, amount = self.rows_after or 0, self.amount_after or 0
        return rows < (self.rows_before or 0) or amount < (self.amount_before or 0)


class Purpose(models.TextChoices):
    """What a file is for."""

    SALES = "sales", _("sales lines")
    DELIVERIES = "deliveries", _("deliveries")
    RATES = "rates", _("exchange rates")


class StoredFile(models.Model):
    """A file somebody uploaded: kept under a random name; its own name is text and never part of a path."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="files")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.SALES)
    name = models.CharField(pgettext_lazy("of an import", "file"), max_length=255)
    search_key = models.CharField(max_length=520, editable=False)
    """The name folded: İ I ı i are one letter, accents and case do not count."""
    stored = models.CharField(max_length=64, unique=True)
    bytes = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)
    """When the file itself was deleted (a cancelled import); the row stays."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search key in step with the name."""
        self.search_key = fold(self.name)[:520]
        super().save(*args, **kwargs)

    class Meta:
        verbose_name = pgettext_lazy("of an import", "file")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(stored="") & ~Q(stored__contains="/"), name="a_file_has_a_plain_name"),
        ]

    def __str__(self) -> str:
        return self.name
