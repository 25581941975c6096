"""What the ledger says of the accounts: runs of the analysis, the standing of each account, and people's views."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.models import Account
from anahtar_web.insight.descending import GreatestFirstIndex

GREATEST_FIRST: Final = (
    *("revenue", "revenue_change", "profit", "margin", "value", "change", "trend", "orders", "silence", "days_late"),
    *("group_revenue", "first_purchase", "expected_by"),
)
"""Columns that long lists are ordered by, from either end; each has an index that serves both."""


NARROW: Final = (
    *("abc", "abc_year_ago", "xyz", "cell", "state", "days_late", "key", "types", "candidate_for", "companies"),
    *("revenue", "revenue_year_ago", "profit", "revenue_change", "margin", "value", "change", "trend", "orders"),
    *("silence", "group_revenue", "first_purchase", "expected_by"),
)
"""Whatever lists are narrowed by, ordered by and added up: one index holds all of it, so that a filter over 100,000
accounts reads a third of the table, in one piece."""


class Measure(models.TextChoices):
    """What accounts are ranked by."""

    REVENUE = "revenue", _("revenue")
    PROFIT = "profit", _("profit")


class Run(models.Model):
    """One analysis of the ledger: what it was asked, what it rests on, and where its files are.

    A row without `finished_at` is an analysis at work, or one whose process was killed; the next one sweeps it.
    """

    started_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    current = models.BooleanField(default=False)
    """Whether its standings are those the pages show."""
    refusal: models.JSONField[Any] = models.JSONField(null=True)
    """Why there are no figures, as a sentence of any language (`jobs.told`)."""
    damaged_batch = models.CharField(max_length=60, blank=True)

    batches: models.JSONField[list[str]] = models.JSONField(default=list)
    """Names of the batches it counted."""
    options: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """Thresholds, merges and groups it was asked with, as plain values."""
    as_of = models.DateField(_("as of"), null=True)
    window_start = models.DateField(null=True)
    window_end = models.DateField(null=True)
    last_month = models.DateField(null=True)
    """First day of the month at which the twelve months of every account end."""
    has_year_ago = models.BooleanField(default=False)
    """Whether the ledger reaches back over the same window a year earlier."""
    measure = models.CharField(_("measure"), max_length=10, choices=Measure.choices, blank=True)
    currency = models.CharField(max_length=20, blank=True)

    first_date = models.DateField(null=True)
    last_date = models.DateField(null=True)
    rows_in_file = models.BigIntegerField(default=0)
    rows_set_aside = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    amount_accepted = models.BigIntegerField(default=0)
    unassigned_rows = models.BigIntegerField(default=0)
    unassigned_amount = models.BigIntegerField(default=0)

    customers = models.IntegerField(default=0)
    revenue = models.BigIntegerField(default=0)
    """Of the window, all accounts together."""
    revenue_positive = models.BigIntegerField(default=0)
    """The sum that shares of revenue are of: accounts above zero."""
    profit = models.BigIntegerField(null=True)
    value_positive = models.BigIntegerField(default=0)
    """The sum that shares are of: the measure, accounts above zero."""
    totals: models.JSONField[dict[str, int | None]] = models.JSONField(default=dict)
    """What all standings come to (`queries.Totals`): counted once, shown above every list that is not narrowed."""

    class Meta:
        verbose_name = _("run")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["current"], condition=Q(current=True), name="one_run_is_current"),
            models.CheckConstraint(
                condition=Q(current=False) | Q(finished_at__isnull=False, refusal__isnull=True),
                name="a_current_run_has_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Standing(models.Model):
    """What one run says of one account; units and edges are those of `anahtar.analysis.STANDINGS`.

    Every account that stands alone has a row: one without a line of its own (a group) carries only the sums of its
    companies. Nothing here says who may see it: every read starts from `Account.objects.visible_to(user)`.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="standings", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="standings")

    revenue = models.BigIntegerField(null=True)
    revenue_year_ago = models.BigIntegerField(null=True)
    revenue_change = models.FloatField(null=True)
    revenue_share = models.FloatField(null=True)
    """Own revenue of all positive revenue; null where it is not above zero."""
    revenue_rank = models.IntegerField(null=True)
    profit = models.BigIntegerField(null=True)
    margin = models.FloatField(null=True)
    value = models.BigIntegerField(null=True)
    value_year_ago = models.BigIntegerField(null=True)
    change = models.FloatField(null=True)
    share = models.FloatField(null=True)
    cumulative_share = models.FloatField(null=True)
    rank = models.IntegerField(null=True)

    abc = models.CharField(max_length=4, null=True)
    abc_year_ago = models.CharField(max_length=4, null=True)
    abc_border = models.BigIntegerField(null=True)
    abc_distance = models.FloatField(null=True)
    stability = models.FloatField(null=True)
    xyz = models.CharField(max_length=12, null=True)
    cell = models.CharField(max_length=2, null=True)
    cv = models.FloatField(null=True)
    demand = models.CharField(max_length=20, null=True)

    orders = models.IntegerField(default=0)
    purchase_days = models.IntegerField(default=0)
    lines = models.IntegerField(default=0)
    months_active = models.IntegerField(default=0)
    first_purchase = models.DateField(null=True)
    last_purchase = models.DateField(null=True)
    last12: models.JSONField[list[int]] = models.JSONField(default=list)
    trend = models.FloatField(null=True)

    gap_median = models.FloatField(null=True)
    silence = models.IntegerField(null=True)
    expected_by = models.DateField(null=True)
    days_late = models.IntegerField(null=True)
    state = models.CharField(max_length=12, null=True)

    key = models.BooleanField(default=False)
    types = models.CharField(max_length=120, blank=True)
    """Computed types, each between blanks (` breadwinner prospective `), so that one can be looked for."""
    candidate_for = models.CharField(max_length=120, blank=True)
    """Types it is a candidate for; people decide. Written like `types`."""

    companies = models.IntegerField(default=0)
    """How many accounts below it have figures of their own."""
    group_revenue = models.BigIntegerField(null=True)
    """Its own and that of every company below it; its own where there is none."""
    group_revenue_year_ago = models.BigIntegerField(null=True)
    group_profit = models.BigIntegerField(null=True)
    group_last_purchase = models.DateField(null=True)

    class Meta:
        verbose_name = _("standing")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "account"], name="an_account_stands_once_in_a_run"),
        ]
        indexes: ClassVar = [
            *(
                GreatestFirstIndex(fields=["run", f"-{column}", "account"], name=f"standings_by_{column}"[:30])
                for column in GREATEST_FIRST
            ),
            models.Index(fields=["run", "account", *NARROW], name="standings_without_their_bulk"),
        ]

    @property
    def type_list(self) -> list[str]:
        """The computed types."""
        return self.types.split()

    @property
    def candidate_list(self) -> list[str]:
        """The types it is a candidate for."""
        return self.candidate_for.split()


class SavedView(models.Model):
    """A page as somebody wants to see it again: the list with filter, order and columns, or the portfolio's filter."""

    class Page(models.TextChoices):
        """What it is a view of."""

        ACCOUNTS = "accounts", _("accounts")
        PORTFOLIO = "portfolio", _("portfolio")

    page = models.CharField(max_length=10, choices=Page.choices, default=Page.ACCOUNTS)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    """As the address of the page writes it."""
    columns: models.JSONField[list[str]] = models.JSONField(default=list)
    """Names of `insight.columns`; empty: the usual ones."""
    default = models.BooleanField(default=False)
    """The one that opens without being asked for."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "page", "name"], name="a_person_has_a_view_of_a_name_once"),
            models.UniqueConstraint(
                fields=["person", "page"], condition=Q(default=True), name="a_person_has_one_view_that_opens"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """What an analysis says otherwise of an account than the one shown before it.

    Kept when the standings of both are gone: what changed since somebody last looked is read from these.
    """

    class Kind(models.TextChoices):
        """What is otherwise."""

        STATE = "state", _("state of purchases")
        CLASS = "class", _("class")
        KEY = "key", _("key by the ledger")
        FIRST = "first", _("first purchase")

    run = models.ForeignKey(Run, models.CASCADE, related_name="turns", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="turns")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.CharField(max_length=12, blank=True)
    """Code of the state or class; empty: none."""
    after = models.CharField(max_length=12, blank=True)
    revenue = models.BigIntegerField(default=0)
    """What hangs on it: revenue of the account in the window, the larger of both."""

    class Meta:
        verbose_name = _("turn")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "account", "kind"], name="an_account_turns_once_in_a_run"),
        ]
        indexes: ClassVar = [GreatestFirstIndex(fields=["run", "-revenue", "account"], name="turns_by_revenue")]


class Look(models.Model):
    """Up to which analysis somebody has read what changed."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="look")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
