"""Customer companies, their groups, and who looks after them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.managers import AccountQuerySet, AssignmentQuerySet
from anahtar_web.gate.versions import Versioned
from anahtar_web.ui.text import fold, sort_key


class Origin(models.TextChoices):
    """What made an account."""

    LEDGER = "ledger", _("the ledger")
    GROUP = "group", _("a group named in the ledger")
    PERSON = "person", _("a person")


class Account(Versioned):
    """A company we sell to or want to.

    Accounts come from the ledger by their code. A group is an account too, with or without lines of its own; its
    companies name it as their parent, without limit of depth (`Lineage`).

    A merged account keeps its row, its parent and its payer as they were, for the day the merge is undone; it has no
    companies and no team, and whoever sees the account it went into sees it.
    """

    code = models.CharField(_("code"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=300)
    """As people write it; the ledger's name until somebody changes it."""
    ledger_name = models.CharField(max_length=300, blank=True)
    ledger_group = models.CharField(max_length=200, blank=True)
    in_ledger = models.BooleanField(default=False)
    """Whether the ledger holds lines of it now."""
    search_key = models.CharField(max_length=520, editable=False)
    """Name and code folded: İ I ı i are one letter, accents and case do not count."""
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    """The name in the order of the Turkish alphabet."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="companies", verbose_name=_("group")
    )
    parent_said_by_person = models.BooleanField(default=False)
    """A person put it there (or took it out): the next import leaves it."""
    payer = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="receivers", verbose_name=_("payer")
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    """ISO code; empty: not said."""
    tax_number = models.CharField(_("tax number"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    sector = models.CharField(_("sector"), max_length=100, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.LEDGER)
    created_by_batch = models.CharField(max_length=60, blank=True)
    """The import that brought it; empty where a person or a group name made it."""
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="an_account_is_not_its_own_group"),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="an_account_is_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=~Q(payer=models.F("id")), name="an_account_names_no_payer_for_itself"),
            models.CheckConstraint(condition=~Q(code=""), name="an_account_has_a_code"),
        ]
        # A search looks through the keys of all accounts: in an index they are a tenth of the table.
        indexes: ClassVar = [models.Index(fields=["search_key"], name="accounts_are_searched")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search and sort keys in step with the name."""
        self.set_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def set_keys(self) -> None:
        """Compute the keys; whoever writes rows in bulk calls it."""
        self.search_key, self.sort_key = keys(self.name, self.code)


def keys(name: str, code: str) -> tuple[str, str]:
    """Give what an account is searched and sorted by."""
    return fold(f"{name} {code}")[:520], sort_key(name)[:300]


class Lineage(models.Model):
    """One row per account and each account above it, itself at distance 0: asked instead of walking up the tree."""

    ancestor = models.ForeignKey(Account, models.CASCADE, related_name="lineage_below")
    account = models.ForeignKey(Account, models.CASCADE, related_name="lineage_above")
    distance = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ancestor", "account"], name="an_account_is_above_another_once"),
        ]


class Part(models.TextChoices):
    """What somebody does for an account."""

    MANAGER = "manager", _("Key account manager")
    SALES = "sales", _("Sales")
    MARKETING = "marketing", _("Marketing")
    SERVICE = "service", _("Service")
    OTHER = "other", _("Other")


class Assignment(models.Model):
    """Somebody looks after an account from a day on; the companies of a group inherit it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    """The first day on which it holds no more; null: it holds."""

    objects: ClassVar = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        indexes: ClassVar = [models.Index(fields=["person", "until", "account"], name="assignments_of_a_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(part="manager", until=None), name="an_account_has_one_manager"
            ),
            models.UniqueConstraint(
                fields=["account", "person", "part"], condition=Q(until=None), name="a_person_has_a_part_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="an_assignment_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_part_display()}"


class Merge(models.Model):
    """Two accounts became one, by a person's word; it can be undone."""

    source = models.ForeignKey(Account, models.CASCADE, related_name="merges_away")
    """The account that goes on under the other."""
    target = models.ForeignKey(Account, models.CASCADE, related_name="merges_in")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    kept: models.JSONField[dict[str, object]] = models.JSONField(default=dict)
    """What the merge moved, so that undoing puts it back (companies, receivers, assignments)."""

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(undone_at=None), name="an_account_is_merged_into_one"
            ),
        ]


class Suggestion(models.Model):
    """Two accounts that may be one, found by the last analysis; a person decides."""

    class Kind(models.TextChoices):
        """What speaks for it."""

        NAME = "name", _("nearly the same name")
        TAX_NUMBER = "tax_number", _("the same tax number")
        SUCCESSOR = "successor", _("one began where the other stopped")

    first = models.ForeignKey(Account, models.CASCADE, related_name="+")
    second = models.ForeignKey(Account, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    score = models.FloatField()
    """How much speaks for it, from 0 to 1."""
    evidence: models.JSONField[list[object]] = models.JSONField(default=list)
    """Sentences of the core, as `anahtar_web.accounts.evidence` packs them."""
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second", "kind"], name="a_pair_is_suggested_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="a_suggested_pair_has_one_order"),
        ]


class Dismissal(models.Model):
    """A suggested pair of duplicates that a person has looked at: these are two."""

    first = models.ForeignKey(Account, models.CASCADE, related_name="+")
    second = models.ForeignKey(Account, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_dismissed_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="a_dismissed_pair_has_one_order"),
        ]


class KeyStatus(models.TextChoices):
    """What people decided an account to be."""

    KEY = "key", _("Key account")
    WATCH = "watch", _("Watched")
    NOT_KEY = "not_key", _("Not a key account")


class Tier(models.TextChoices):
    """How much of our time a key account is due; the first is due the most."""

    FIRST = "1", _("Tier 1")
    SECOND = "2", _("Tier 2")
    THIRD = "3", _("Tier 3")


class KeyDecision(models.Model):
    """A person's word on whether an account is key, beside what the ledger computes; the last one holds.

    A decision is never changed: another one follows it, so that all of them are the history.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="key_decisions")
    status = models.CharField(_("decision"), max_length=10, choices=KeyStatus.choices)
    types = models.CharField(_("types"), max_length=120, blank=True)
    """What it is to the company, each type between blanks (` breadwinner expert `), as standings write them."""
    tier = models.CharField(_("tier"), max_length=1, choices=Tier.choices, blank=True)
    reason = models.TextField(_("reason"))
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("decided"), auto_now_add=True)
    current = models.BooleanField(default=True)
    """Whether it is the last one of its account."""
    computed: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """What the ledger said at that time: `run`, `as_of`, `key`, `types`, `candidate_for`, `cell`; empty: nothing."""

    class Meta:
        verbose_name = _("decision on a key account")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(current=True), name="one_decision_on_an_account_holds"
            ),
            models.CheckConstraint(condition=Q(status="key") | Q(tier=""), name="only_a_key_account_has_a_tier"),
            models.CheckConstraint(condition=~Q(status="not_key") | Q(types=""), name="what_is_not_key_has_no_type"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_a_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["current", "status", "account"], name="decisions_that_hold")]

    def __str__(self) -> str:
        return self.get_status_display()

    @property
    def type_list(self) -> list[str]:
        """The types that were decided."""
        return self.types.split()
