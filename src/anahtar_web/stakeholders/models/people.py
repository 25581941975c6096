"""The people at an account, the places nobody is known for yet, and what was written of them at any time."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.belonging import BelongingQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.gate.versions import Versioned
from anahtar_web.ui.text import fold


class Role(models.TextChoices):
    """What somebody does in the decision to buy."""

    INITIATOR = "initiator", _("Initiator")
    USER = "user", _("User")
    INFLUENCER = "influencer", _("Influencer")
    DECIDER = "decider", _("Decider")
    APPROVER = "approver", _("Approver")
    BUYER = "buyer", _("Buyer")
    GATEKEEPER = "gatekeeper", _("Gatekeeper")


class Stance(models.TextChoices):
    """How somebody stands to us, the best first."""

    CHAMPION = "champion", _("Champion")
    SUPPORTER = "supporter", _("Supporter")
    NEUTRAL = "neutral", _("Neutral")
    SCEPTIC = "sceptic", _("Sceptic")
    BLOCKER = "blocker", _("Blocker")


class Grade(models.TextChoices):
    """How sure we are of a stance."""

    ASSUMED = "assumed", _("Assumed")
    CONFIRMED = "confirmed", _("Confirmed")


class LegalGround(models.TextChoices):
    """By what right we hold what we hold of a person (KVKK article 5, GDPR article 6)."""

    INTEREST = "legitimate_interest", _("Legitimate interest")
    CONTRACT = "contract", _("Contract")
    CONSENT = "consent", _("Consent")
    OBLIGATION = "legal_obligation", _("Legal obligation")
    PUBLIC = "made_public", _("Made public by the person")


TOLD: Final = (
    *("name", "position", "unit", "reports_to", "role", "more_roles", "influence"),
    *("stance", "stance_grade", "stance_since", "preferences", "birth_day", "birth_month", "birth_year", "language"),
    *("left_on", "went_to", "purpose", "legal_ground", "place"),
)
"""The fields that are written of a person, all of them."""

ROLES: Final = tuple(Role)
STANCES: Final = tuple(Stance)

_LANGUAGES: Final = [
    ("tr", _("Turkish")),
    ("en", _("English")),
    ("de", _("German")),
    ("ru", _("Russian")),
    ("fr", _("French")),
    ("it", _("Italian")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
]


class Told(models.Model):
    """What is written of a person; the row that holds and each of its versions have these fields."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    """Empty: a gap. Somebody has this place in the decision, and we do not know who."""
    position = models.CharField(_("position"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    reports_to = models.ForeignKey(
        "stakeholders.Stakeholder",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reports to"),
    )
    role = models.CharField(_("role in the decision"), max_length=20, choices=Role.choices, blank=True)
    """The main one; empty: not known."""
    more_roles = models.CharField(_("further roles"), max_length=120, blank=True)
    """Each between blanks (` user buyer `), as types of accounts are written."""
    influence = models.PositiveSmallIntegerField(_("influence"), null=True, blank=True)
    """From 1 to 5; null: not known."""
    stance = models.CharField(_("stance"), max_length=20, choices=Stance.choices, blank=True)
    """Empty: not known."""
    stance_grade = models.CharField(_("how sure"), max_length=20, choices=Grade.choices, blank=True)
    stance_since = models.DateField(_("since"), null=True, blank=True)
    """The day since which the stance, and how sure we are of it, is so."""
    preferences = models.TextField(_("preferences"), blank=True)
    """Markdown."""
    birth_day = models.PositiveSmallIntegerField(_("day of birth"), null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(_("month of birth"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=_LANGUAGES, blank=True)
    left_on = models.DateField(_("left the company on"), null=True, blank=True)
    """The first day on which the person is there no more; for a gap: on which nobody has to be found any more."""
    went_to = models.CharField(_("went to"), max_length=200, blank=True)
    purpose = models.CharField(_("why we hold it"), max_length=300, blank=True)
    legal_ground = models.CharField(_("legal ground"), max_length=30, choices=LegalGround.choices, blank=True)
    place = models.PositiveIntegerField(_("place on the map"), default=0)
    """Among those with the same superior, from the left; 0: wherever the name puts it."""

    class Meta:
        abstract = True

    @property
    def is_gap(self) -> bool:
        """Whether nobody knows who it is."""
        return not self.name

    @property
    def shown(self) -> str:
        """Name, or what is known of a gap."""
        return self.name or _now("Not known: %(what)s") % {"what": self.position or self.get_role_display()}

    @property
    def roles(self) -> list[Role]:
        """Every role, the main one first."""
        return [Role(role) for role in (self.role, *self.more_roles.split()) if role]

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has heard the stance for himself."""
        return self.stance_grade == Grade.CONFIRMED


class Stakeholder(Told, Versioned):
    """A person at an account, or a place in its decision for which nobody is known yet."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="stakeholders")
    search_key = models.CharField(max_length=620, editable=False)
    """Name, position and unit folded."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)

    objects: ClassVar = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        indexes: ClassVar = [models.Index(fields=["account", "left_on"], name="people_of_an_account")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(position="") | ~Q(role=""), name="a_stakeholder_has_a_name_or_is_a_named_gap"
            ),
            models.CheckConstraint(condition=~Q(reports_to=models.F("id")), name="nobody_reports_to_themselves"),
            models.CheckConstraint(
                condition=Q(influence=None) | Q(influence__gte=1, influence__lte=5),
                name="influence_is_from_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(stance="", stance_grade="") | (~Q(stance="") & ~Q(stance_grade="")),
                name="a_stance_says_how_sure_it_is",
            ),
            models.CheckConstraint(
                condition=Q(birth_day=None, birth_month=None, birth_year=None)
                # Said out loud: a comparison with nothing is not false, and would let it pass.
                | Q(birth_day__isnull=False, birth_month__isnull=False)
                & Q(birth_day__gte=1, birth_day__lte=31, birth_month__gte=1, birth_month__lte=12),
                name="a_birthday_has_a_day_and_a_month",
            ),
            models.CheckConstraint(condition=Q(role__in=["", *Role.values]), name="a_stakeholder_has_a_known_role"),
            models.CheckConstraint(
                condition=Q(stance__in=["", *Stance.values]), name="a_stakeholder_has_a_known_stance"
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search key in step."""
        self.search_key = search_key_of(self.name, self.position, self.unit)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them


class StakeholderVersion(Told):
    """What was written of a person from a moment on; versions are never changed, so that any day can be read."""

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("written down"), db_index=True)

    class Meta:
        verbose_name = _("version of a stakeholder")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stakeholder", "number"], name="a_stakeholder_has_a_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} · {self.number}"


class ContactPoint(models.Model):
    """Where a stakeholder is reached; mails and calendars find the person by it."""

    class Kind(models.TextChoices):
        """What kind of address it is."""

        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        WEB = "web", _("Web")

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="contact_points")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.CharField(_("address"), max_length=320)
    key = models.CharField(max_length=320, editable=False, db_index=True)
    """An e-mail in small letters, a phone as its digits: what is asked for."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("written down"), auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    """When somebody said it holds no more. It stays: the mails of that time are still the person's."""

    class Meta:
        verbose_name = _("address of a stakeholder")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stakeholder", "kind", "key"], name="a_stakeholder_has_an_address_once"),
            models.CheckConstraint(condition=~Q(key=""), name="an_address_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.value

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key in step."""
        self.key = key_of(self.kind, self.value)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them


def search_key_of(name: str, position: str, unit: str) -> str:
    """Give what a person is looked for by."""
    return fold(f"{name} {position} {unit}")[:620]


def key_of(kind: str, value: str) -> str:
    """Give what an address is asked for by."""
    if kind == ContactPoint.Kind.PHONE:
        return "".join(sign for sign in value if sign.isdecimal())
    return value.strip().lower()
