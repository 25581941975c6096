"""How well each of us knows each of them, and how well we want to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.stakeholders.models.people import Stakeholder


class Level(models.IntegerChoices):
    """How well one of us and one of them know each other."""

    NONE = 0, _("do not know each other")
    MET = 1, _("have met")
    KNOWN = 2, _("know each other")
    TRUSTED = 3, _("trust each other")
    ALLY = 4, _("stand up for each other")


class Relation(models.Model):
    """How one of us stands with one of them; the last row of a pair holds, none is ever changed."""

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="relations")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    """The one of us."""
    level = models.PositiveSmallIntegerField(_("now"), choices=Level.choices, null=True, blank=True)
    """Null: not known."""
    desired = models.PositiveSmallIntegerField(_("wanted"), choices=Level.choices, null=True, blank=True)
    """Null: nobody has said what we want."""
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)
    current = models.BooleanField(default=True)
    """Whether it is the last one of its pair."""

    class Meta:
        verbose_name = _("relation")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stakeholder", "colleague"], condition=Q(current=True), name="one_relation_of_a_pair_holds"
            ),
            models.CheckConstraint(condition=Q(level=None) | Q(level__lte=4), name="a_relation_is_of_a_known_level"),
            models.CheckConstraint(
                condition=Q(desired=None) | Q(desired__lte=4), name="a_wanted_relation_is_of_a_known_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} · {self.colleague_id}"
