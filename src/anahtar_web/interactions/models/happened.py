"""A meeting, a call, a mail, a visit: as it is written now, as it was written before, and who took part."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.gate.versions import Versioned
from anahtar_web.stakeholders.models import Stakeholder

LONGEST_NOTES: Final = 20_000
LONGEST_SUBJECT: Final = 300


class Kind(models.TextChoices):
    """What it was."""

    MEETING = "meeting", _("Meeting")
    CALL = "call", _("Call")
    MAIL = "mail", pgettext_lazy("a message", "Mail")
    VISIT = "visit", _("Visit")
    EVENT = "event", _("Event")
    LETTER = "letter", _("Letter")


class Direction(models.TextChoices):
    """From whom to whom it went."""

    IN = "in", _("from them")
    OUT = "out", _("from us")
    BOTH = "both", _("both ways")


class Source(models.TextChoices):
    """How it got here."""

    TYPED = "typed", _("typed")
    EML = "eml", _("a mail file")
    MBOX = "mbox", _("a mailbox file")
    ICS = "ics", _("a calendar file")
    IMAP = "imap", _("the mail folder")


class Content(models.Model):
    """What is written of an interaction."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction.choices)
    day = models.DateField(_("day"))
    """In the company's time zone."""
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    """Null: the hour is not known, or it was the whole day."""
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    """Of what took several days."""
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    notes = models.TextField(_("notes"), blank=True)
    is_plain = models.BooleanField(default=False)
    """Whether the notes are text as it came in a mail, and no Markdown."""
    business = models.CharField(_("direction of business"), max_length=200, blank=True)
    """A direction by its name in the ledger; empty: none in particular."""

    class Meta:
        abstract = True


CONTENT: Final = (
    *("kind", "direction", "day", "starts_at", "ends_at", "last_day", "subject", "notes", "is_plain", "business"),
)
"""The names of what is written."""


class InteractionQuerySet(BelongingQuerySet):
    """Interactions."""

    def standing(self) -> "InteractionQuerySet":
        """Those nobody has deleted."""
        return self.filter(deleted_at=None)


class Interaction(Versioned, Content):
    """Something that happened between people of ours and people of an account, as it is written now.

    An edit keeps what was written before (`EarlierInteraction`); what is deleted keeps its row with who and why.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="interactions")
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.TYPED)
    source_key = models.CharField(max_length=300, blank=True)
    """Message id, UID or digest of what it was made from, so that nothing comes twice."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    """Who wrote it down; null: the mail folder did."""
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Who wrote what is written now."""
    written_at = models.DateTimeField(auto_now_add=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    deleted_at = models.DateTimeField(null=True)
    delete_reason = models.TextField(blank=True)

    objects: ClassVar = InteractionQuerySet.as_manager()

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "source_key"], condition=~Q(source_key=""), name="an_account_has_a_message_once"
            ),
            models.CheckConstraint(condition=~Q(subject=""), name="an_interaction_has_a_subject"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gte=models.F("starts_at")),
                name="an_interaction_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gt=models.F("day")), name="a_last_day_is_another_day"
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(deleted_by__isnull=False) & ~Q(delete_reason=""),
                name="a_deleted_interaction_says_by_whom_and_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "deleted_at", "day", "id"], name="interactions_of_an_account"),
            models.Index(fields=["day", "id"], name="interactions_by_day"),
        ]

    def __str__(self) -> str:
        # Not its subject: the trail keeps names for good, and a subject may name a person who is to be forgotten.
        return f"{self.get_kind_display()} {self.day:%Y-%m-%d}"


class EarlierInteraction(Content):
    """What was written of an interaction before somebody changed it; never changed itself."""

    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="earlier")
    number = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    """When it was written."""
    until = models.DateTimeField()
    """When something else was written in its place."""

    class Meta:
        verbose_name = _("earlier version of an interaction")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["interaction", "number"], name="an_interaction_has_a_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.interaction} · {self.number}"


class Participant(models.Model):
    """Who took part: a person of the account, one of ours, or an address that is nobody's yet."""

    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="participants")
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, null=True, related_name="participations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="participations")
    address = models.CharField(_("address"), max_length=320, blank=True, db_index=True)
    """Of whom nobody knows yet, in small letters; empty as soon as somebody says who it is."""
    name = models.CharField(_("name"), max_length=200, blank=True)
    """As it stood beside the address."""
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("participant")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stakeholder__isnull=False, user=None, address="", name="")
                | Q(stakeholder=None, user__isnull=False, address="", name="")
                | Q(stakeholder=None, user=None) & ~Q(address=""),
                name="a_participant_is_one_of_theirs_or_of_ours_or_an_address",
            ),
            models.UniqueConstraint(
                fields=["interaction", "stakeholder"], condition=Q(removed_at=None), name="theirs_take_part_once"
            ),
            models.UniqueConstraint(
                fields=["interaction", "user"], condition=Q(removed_at=None), name="ours_take_part_once"
            ),
            models.UniqueConstraint(
                fields=["interaction", "address"],
                condition=Q(removed_at=None) & ~Q(address=""),
                name="an_address_takes_part_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.stakeholder or self.user or self.name or self.address)

    @property
    def is_unknown(self) -> bool:
        """Whether it is an address that is nobody's yet."""
        return bool(self.address)


def content_of(row: Content) -> dict[str, Any]:
    """Give what is written, by name."""
    return {name: getattr(row, name) for name in CONTENT}
