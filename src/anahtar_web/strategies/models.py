"""How we behave towards accounts: what holds for cells and types, and where an account is treated otherwise."""

from datetime import date
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar.rules.strategy import CELLS
from anahtar_web.accounts.models import Account
from anahtar_web.strategies.subjects import TYPE_CODES
from anahtar_web.ui.markdown import plain

LONGEST_TEXT: Final = 10_000
LONGEST_WORD: Final = 60

LANGUAGES: Final = [("en", _("English")), ("tr", _("Turkish"))]


class Wording(models.Model):
    """One version of a strategy; the last one holds, and none is ever changed.

    A strategy that nobody has written has no version: the text that comes with the program holds, in the language of
    whoever reads. What a company writes is one text, in the language it was written in.
    """

    subject = models.CharField(
        _("strategy for"), max_length=20, choices=[(code, code) for code in (*CELLS, *TYPE_CODES)]
    )
    number = models.PositiveIntegerField(_("version"))
    word = models.CharField(_("in a word"), max_length=LONGEST_WORD, blank=True)
    text = models.TextField(_("text"), blank=True)
    """Markdown; empty: the text that comes with the program holds again."""
    touch_days = models.PositiveSmallIntegerField(_("a touch at least every … days"), null=True)
    visit_days = models.PositiveSmallIntegerField(_("a visit at least every … days"), null=True)
    """The rhythm it asks for; null: that of the text that comes with the program, 0: none."""
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    reason = models.TextField(_("reason"))
    restores = models.PositiveIntegerField(null=True)
    """The version it was taken from; 0: the text that comes with the program."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written"), auto_now_add=True)
    current = models.BooleanField(default=True)
    """Whether it holds."""

    class Meta:
        verbose_name = _("version of a strategy")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "number"], name="a_strategy_has_a_version_once"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(current=True), name="one_version_of_a_strategy_holds"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_version_has_a_reason"),
            models.CheckConstraint(condition=Q(number__gt=0), name="versions_are_counted_from_one"),
            models.CheckConstraint(
                condition=Q(text="", word="") | (~Q(text="") & ~Q(word="")), name="a_version_has_a_word_and_a_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.number}"

    @property
    def previous(self) -> int:
        """The version before it; 0: what comes with the program."""
        return self.number - 1

    @property
    def is_shipped(self) -> bool:
        """Whether it takes back what the company wrote."""
        return not self.text


class DeviationQuerySet(models.QuerySet[Any]):
    """Deviations."""

    def in_force(self, on: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(until=None) | Q(until__gte=on), current=True)


class Deviation(models.Model):
    """An account is treated otherwise than its strategy says: what we do instead, and why.

    A deviation is never changed: another one follows it, or it is ended, so that all of them are the history.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="deviations")
    text = models.TextField(_("what we do instead"))
    """Markdown."""
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    reason = models.TextField(_("reason"))
    until = models.DateField(_("holds until"), null=True, blank=True)
    """The last day on which it holds; null: until somebody ends it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written"), auto_now_add=True)
    current = models.BooleanField(default=True)
    """Whether it is the last one of its account and nobody has ended it."""
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    objects: ClassVar = DeviationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deviation from a strategy")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(current=True), name="an_account_has_one_deviation_that_holds"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_deviation_says_what_we_do"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_deviation_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(current=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="an_ended_deviation_says_by_whom_and_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["current", "until"], name="deviations_that_hold")]

    def __str__(self) -> str:
        return str(self.account)

    @property
    def plain(self) -> str:
        """The words of the text alone, for a list."""
        return plain(self.text)

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.current and (self.until is None or self.until >= on)
