"""The company that uses Anahtar: one row. Its history stands in the trail (verbs `company.…`)."""

from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.versions import Versioned


class Measure(models.TextChoices):
    """What accounts are ranked by."""

    AUTOMATIC = "", _("profit where every line has a cost, else revenue")
    REVENUE = "revenue", _("revenue")
    PROFIT = "profit", _("profit")


class Period(models.TextChoices):
    """Over which periods regularity is judged."""

    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")


class Lapse(models.TextChoices):
    """By what an account's silence is called a lapse (`anahtar.rules.lapse_criterion.Criterion`)."""

    RHYTHM = "rhythm", _("its own rhythm")
    FLAT = "flat", _("the same days for everybody")
    PROBABILITY = "probability", _("the probability of no purchase")
    COMBINED = "combined", _("rhythm, probability and time together")


LEAST_LAPSE_DAYS: Final = 30
"""A silence of up to so many days is no sign of anything."""
MOST_LAPSE_DAYS: Final = 730


class Company(Versioned):
    """Settings of the company; there is exactly one row (primary key 1)."""

    name = models.CharField(_("company's name"), max_length=200, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    """ISO code of the ledger's currency; empty: whatever the first import says."""
    fiscal_year_start = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Istanbul")
    language = models.CharField(_("language for new people"), max_length=5, default="tr")

    window = models.CharField(_("months to judge by"), max_length=20, default="last12")
    """`last12`, `all`, or `2024-01..2024-12` as on the command line."""
    measure = models.CharField(
        _("measure"), max_length=10, choices=Measure.choices, default=Measure.AUTOMATIC, blank=True
    )
    abc_a = models.FloatField(_("class A ends at"), default=0.80)
    abc_b = models.FloatField(_("class B ends at"), default=0.95)
    xyz_x = models.FloatField(_("greatest variation of X"), default=0.5)
    xyz_y = models.FloatField(_("greatest variation of Y"), default=1.0)
    period = models.CharField(_("periods of regularity"), max_length=10, choices=Period.choices, default=Period.QUARTER)
    criteria = models.TextField(_("criteria of key accounts"), blank=True)
    """TOML as `anahtar criteria` prints it; empty: the defaults of `anahtar.rules.criteria`."""

    lapse = models.CharField(_("lapse criterion"), max_length=12, choices=Lapse.choices, default=Lapse.RHYTHM)
    lapse_days = models.PositiveSmallIntegerField(_("days allowed to everybody"), default=90)
    lapse_at_risk = models.FloatField(_("at risk from a probability of"), default=0.30)
    lapse_lapsed = models.FloatField(_("lapsed from a probability of"), default=0.50)

    logo = models.CharField(_("logo on the letterhead"), max_length=64, blank=True, editable=False)
    """SHA-256 of the picture, which lies where documents do (`files/letterhead.py`); empty: the name stands there."""

    class Meta:
        verbose_name = _("company")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_company"),
            models.CheckConstraint(
                condition=models.Q(abc_a__gt=0, abc_b__gt=models.F("abc_a"), abc_b__lt=1),
                name="abc_cuts_rise_below_one",
            ),
            models.CheckConstraint(condition=models.Q(xyz_x__gt=0, xyz_y__gt=models.F("xyz_x")), name="xyz_cuts_rise"),
            models.CheckConstraint(
                condition=models.Q(fiscal_year_start__gte=1, fiscal_year_start__lte=12), name="a_year_starts_in_a_month"
            ),
            models.CheckConstraint(condition=models.Q(lapse__in=Lapse.values), name="a_lapse_criterion_is_known"),
            models.CheckConstraint(
                condition=models.Q(lapse_days__gte=LEAST_LAPSE_DAYS, lapse_days__lte=MOST_LAPSE_DAYS),
                name="a_lapse_takes_a_month_to_two_years",
            ),
            models.CheckConstraint(
                condition=models.Q(lapse_at_risk__gt=0, lapse_lapsed__gt=models.F("lapse_at_risk"), lapse_lapsed__lt=1),
                name="lapse_probabilities_rise_below_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name
