"""Which kinds of facts there are, and what of them the company has changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    """Parts of a dossier, in the order in which they are read."""

    COMPANY = "company", _("The company")
    BUYING = "buying", _("How it buys")
    STRATEGY = "strategy", _("Strategy and goals")
    DEVELOPMENT = "development", _("Development")
    SITES = "sites", _("Sites and buying centres")
    SURROUNDINGS = "surroundings", _("Surroundings")
    SWOT = "swot", _("Strengths, weaknesses, opportunities, threats")
    REPUTATION = "reputation", _("Name and reputation")
    EXPERTISE = "expertise", _("Quality and know-how")


class Form(models.TextChoices):
    """What a value is."""

    TEXT = "text", _("a line of text")
    MARKDOWN = "markdown", _("a text (Markdown)")
    LIST = "list", _("a list, one per line")
    NUMBER = "number", _("a number")
    MONEY = "money", _("an amount of money")
    DATE = "date", _("a day")
    CHOICE = "choice", _("one of several")
    YES_NO = "yes_no", _("yes or no")
    EVENT = "event", _("a day and what happened")
    SITE = "site", _("a name, a place and what is bought there")


class Definition(models.Model):
    """One version of a kind of fact: of one that the administrator made, or of what was changed of one of ours.

    The last one holds, and none is ever changed. A kind that comes with the program has no version until somebody
    changes it (`dossier/shipped.py`).
    """

    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField(_("version"))
    area = models.CharField(_("area"), max_length=20, choices=Area.choices)
    form = models.CharField(_("what it holds"), max_length=10, choices=Form.choices)
    name_tr = models.CharField(_("name in Turkish"), max_length=80, blank=True)
    """Empty for a kind that comes with the program: it is called in every language as the program calls it."""
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    options = models.TextField(_("choices"), blank=True)
    """One per line."""
    many = models.BooleanField(_("several values"), default=False)
    shelf_months = models.PositiveSmallIntegerField(_("shelf-life in months"), null=True, blank=True)
    importance: models.JSONField[dict[str, int]] = models.JSONField(_("importance"), default=dict)
    """Type of account -> 0 to 3 (`anahtar.rules.dossier`)."""
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    """Its order within the area."""
    retired = models.BooleanField(_("retired"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written"), auto_now_add=True)
    current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("kind of fact")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "number"], name="a_kind_of_fact_has_a_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(current=True), name="one_version_of_a_kind_of_fact_holds"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="a_kind_of_fact_has_a_code"),
            models.CheckConstraint(
                condition=Q(shelf_months=None) | Q(shelf_months__gt=0), name="a_shelf_life_is_a_month_or_more"
            ),
        ]

    told = ""
    """What whoever writes it reads it as; the trail keeps that."""

    def __str__(self) -> str:
        return self.told or self.name_en or self.code
