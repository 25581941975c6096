"""What a tender is made of: lots, criteria, who took part, documents."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.competitors.models import Competitor
from anahtar_web.files.models import Attachment
from anahtar_web.tenders.models.tender import Tender
from anahtar_web.ui.text import fold


class LotOutcome(models.TextChoices):
    """What became of a lot."""

    WON = "won", pgettext_lazy("outcome of a lot", "Won")
    LOST = "lost", pgettext_lazy("outcome of a lot", "Lost")
    NONE = "none", pgettext_lazy("outcome of a lot", "No bid, or not awarded")


class WonBy(models.TextChoices):
    """Who got a lot."""

    US = "us", pgettext_lazy("who won a lot", "We")
    COMPETITOR = "competitor", pgettext_lazy("who won a lot", "A competitor")
    UNKNOWN = "unknown", pgettext_lazy("who won a lot", "Unknown")


class Lot(models.Model):
    """One lot of a tender; every tender has at least one, which is then the whole of it."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="lots")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("lot"), max_length=200, blank=True)
    """Empty: the tender as a whole."""
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    our_price = models.BigIntegerField(_("our price"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("our rank"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=6, choices=LotOutcome.choices, blank=True)
    won_by = models.CharField(_("won by"), max_length=10, choices=WonBy.choices, blank=True)
    winner = models.ForeignKey(Competitor, models.PROTECT, null=True, blank=True, related_name="lots_won")
    winner_price = models.BigIntegerField(_("winner’s price"), null=True, blank=True)
    """Ten-thousandths, of somebody else; where we won it is our own."""

    class Meta:
        verbose_name = _("lot")
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "place"], name="a_lot_has_a_place_of_its_own"),
            models.CheckConstraint(
                condition=Q(won_by=WonBy.COMPETITOR, winner__isnull=False)
                | ~Q(won_by=WonBy.COMPETITOR) & Q(winner=None),
                name="a_winner_is_named_where_a_competitor_won",
            ),
            models.CheckConstraint(
                condition=Q(outcome=LotOutcome.WON, won_by=WonBy.US) | ~Q(outcome=LotOutcome.WON) & ~Q(won_by=WonBy.US),
                name="a_won_lot_is_ours",
            ),
            models.CheckConstraint(
                condition=(Q(our_price=None) | Q(our_price__gte=0)) & (Q(winner_price=None) | Q(winner_price__gte=0)),
                name="prices_of_a_lot_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.place)


class Criterion(models.Model):
    """What an offer is judged by, and how much it weighs."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="criteria")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("criterion"), max_length=100)
    name_key = models.CharField(max_length=120, editable=False, db_index=True)
    """The name folded: “Fiyat” and “FİYAT” are one criterion in the statistics."""
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "name_key"], name="a_tender_has_a_criterion_once"),
            models.CheckConstraint(condition=~Q(name=""), name="a_criterion_has_a_name"),
            models.CheckConstraint(condition=Q(weight=None) | Q(weight__gte=0), name="a_weight_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name

    def keyed(self) -> "Criterion":
        """Keep the key in step; rows are made many at once, past `save`."""
        self.name_key = fold(self.name)[:120]
        return self


class Participant(models.Model):
    """A competitor that took part."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="participants")
    competitor = models.ForeignKey(Competitor, models.PROTECT, related_name="bids", verbose_name=_("competitor"))
    lots = models.CharField(_("lots"), max_length=200, blank=True)
    """For which lots, as people say it; empty: all."""
    price = models.BigIntegerField(_("price"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("participant")
        ordering: ClassVar = ["rank", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "competitor"], name="a_competitor_takes_part_once"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="a_price_is_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.competitor)


class Paper(models.Model):
    """A file of the account that belongs to a tender."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="papers")
    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("document of a tender")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "attachment"], name="a_tender_has_a_document_once")
        ]

    def __str__(self) -> str:
        return str(self.attachment)
