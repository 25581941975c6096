"""What the tenders of a person can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anahtar_web.accounts.models import Account
from anahtar_web.competitors.models import Competitor
from anahtar_web.people.models import User
from anahtar_web.tenders.asked import COMPETED, NONE, NOT_WON, Asked
from anahtar_web.tenders.models import Criterion, Lot, Outcome, Participant, Reason, Stage, Tender

if TYPE_CHECKING:
    from django.db.models import QuerySet

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """One line of choices per filter, without those that have nothing to choose; a fixed number of queries."""

    owners: Sequence[Choice]
    accounts: Sequence[Choice]
    directions: Sequence[Choice]

    @classmethod
    def among(cls, user: User, asked: Asked) -> Self:
        """Read who and what the visible tenders name."""
        rows = Tender.objects.visible_to(user)
        return cls(owners=_owners(rows), accounts=_accounts(rows), directions=_directions(rows))


@dataclass(frozen=True, slots=True)
class MoreChoices:
    """What lists and statistics are narrowed to besides."""

    stages: Sequence[Choice]
    outcomes: Sequence[Choice]
    competitors: Sequence[Choice]
    criteria: Sequence[Choice]
    reasons: Sequence[Choice]
    years: Sequence[Choice]

    @classmethod
    def among(cls, user: User) -> Self:
        """Read it."""
        rows = Tender.objects.visible_to(user)
        years = rows.filter(decided_on__isnull=False).annotate(year=ExtractYear("decided_on")).order_by()
        keys = Criterion.objects.filter(tender__in=rows.order_by().values("pk")).order_by("name_key", "pk")
        return cls(
            stages=[(stage.value, str(stage.label)) for stage in Stage],
            outcomes=[
                (COMPETED, _("Won or lost")),
                (NOT_WON, pgettext("outcome of a tender", "Not won, or not wholly")),
                *((outcome.value, str(outcome.label)) for outcome in Outcome),
            ],
            competitors=[(str(one.pk), one.name) for one in _met(rows)],
            criteria=[*dict(keys.values_list("name_key", "name")[:500]).items(), (NONE, _("none known"))],
            reasons=[*((str(one.pk), str(one)) for one in Reason.objects.all()), (NONE, _("none given"))],
            years=[(str(year), str(year)) for year in sorted(set(years.values_list("year", flat=True)), reverse=True)],
        )


def _owners(rows: "QuerySet[Tender]") -> list[Choice]:
    people = User.objects.filter(pk__in=rows.order_by().values("owner")).order_by("name", "pk")
    return [*((str(one.pk), one.name) for one in people), (NONE, _("nobody"))]


def _accounts(rows: "QuerySet[Tender]") -> list[Choice]:
    accounts = Account.objects.filter(pk__in=rows.order_by().values("account")).order_by("sort_key", "pk")
    return [(str(pk), name) for pk, name in accounts.values_list("pk", "name")[:500]]


def _directions(rows: "QuerySet[Tender]") -> list[Choice]:
    names = rows.exclude(direction="").order_by("direction").values_list("direction", flat=True).distinct()[:500]
    return [*((name, name) for name in names), (NONE, _("none said"))]


def _met(rows: "QuerySet[Tender]") -> Any:
    among = rows.order_by().values("pk")
    took = Participant.objects.filter(tender__in=among).order_by().values("competitor")
    won = Lot.objects.filter(tender__in=among, winner__isnull=False).order_by().values("winner")
    return Competitor.objects.filter(Q(pk__in=took) | Q(pk__in=won)).order_by("sort_key", "pk")[:500]
