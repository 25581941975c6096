"""By what the accounts table can be narrowed: the one list asked by the address, the filter form and saved views."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from anahtar.report.labels import REGULARITY_MEANING, STATES, TYPES
from anahtar_web.accounts.models import Account, Assignment, KeyDecision, KeyStatus, Lineage, Part
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Standing
from anahtar_web.interactions.models import AccountTouch
from anahtar_web.people.models import User

if TYPE_CHECKING:
    Standings = QuerySet[Standing]

NONE: Final = "none"
"""Asks for the accounts that have no such thing."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the table.

    Parameters
    ----------
    name
        In the address.
    choices
        Value -> what it means, a text or a sentence of the core; None where values are rows or texts of the house.
    many
        Several values may be given; an account needs to meet one of them.
    narrow
        Takes standings and values and leaves those that meet one.
    """

    name: str
    label: Any
    narrow: "Callable[[Standings, Sequence[str]], Standings]"
    choices: Mapping[str, Any] | None = None
    many: bool = True


def _one_of(field: str) -> "Callable[[Standings, Sequence[str]], Standings]":
    def narrow(standings: "Standings", values: Sequence[str]) -> "Standings":
        meant = Q(**{f"{field}__in": [value for value in values if value != NONE]})
        return standings.filter(meant | Q(**{f"{field}__isnull": True}) if NONE in values else meant)

    return narrow


def _of_type(standings: "Standings", values: Sequence[str]) -> "Standings":
    meant = Q()
    for value in values:
        meant |= Q(types__contains=f" {value} ") | Q(candidate_for__contains=f" {value} ")
    return standings.filter(meant)


def _is_key(standings: "Standings", values: Sequence[str]) -> "Standings":
    return standings.filter(key=values[0] == "yes")


def _decided(standings: "Standings", values: Sequence[str]) -> "Standings":
    holds = KeyDecision.objects.filter(current=True)
    meant = Q(account__in=holds.filter(status__in=values).values("account"))
    return standings.filter(meant | ~Q(account__in=holds.values("account")) if NONE in values else meant)


def _moved(standings: "Standings", values: Sequence[str]) -> "Standings":
    meant = Q()
    if "up" in values:
        meant |= Q(abc__lt=F("abc_year_ago"))
    if "down" in values:
        meant |= Q(abc__gt=F("abc_year_ago"))
    return standings.filter(meant)


def _late(standings: "Standings", values: Sequence[str]) -> "Standings":
    # NULLIF(x, NULL) is x; by the index of the days alone, each of the many late ones would be fetched by itself.
    return standings.alias(late=NullIf(F("days_late"), Value(None))).filter(late__gt=0)


def _next_touch(standings: "Standings", values: Sequence[str]) -> "Standings":
    coming = AccountTouch.objects.filter(all_next_on__isnull=False)
    meant = Q()
    if "overdue" in values:
        meant |= Q(account__in=coming.filter(all_next_on__lt=today()).values("account"))
    if "week" in values:
        soon = coming.filter(all_next_on__range=(today(), today() + timedelta(days=7)))
        meant |= Q(account__in=soon.values("account"))
    return standings.filter(meant | ~Q(account__in=coming.values("account")) if NONE in values else meant)


def _not_touched(standings: "Standings", values: Sequence[str]) -> "Standings":
    touched = AccountTouch.objects.filter(all_last_any__isnull=False)
    if values[0] != NONE:
        touched = touched.filter(all_last_any__gte=today() - timedelta(days=int(values[0])))
    return standings.exclude(account__in=touched.values("account"))


def _managed_by(standings: "Standings", values: Sequence[str]) -> "Standings":
    """Leave the accounts whose KAM, their own or the one of the nearest group above, is somebody."""
    managing = Assignment.objects.on(today()).filter(part=Part.MANAGER)
    if values[0] == NONE:
        reached = Lineage.objects.filter(ancestor__in=managing.values("account"))
        return standings.exclude(account__in=reached.values("account"))
    # First those below an account of theirs, a few; only of these is the nearest manager looked up.
    reached = Lineage.objects.filter(ancestor__in=managing.filter(person=values[0]).values("account"))
    nearest = managing.filter(account__lineage_below__account=OuterRef("account")).order_by(
        "account__lineage_below__distance", "pk"
    )
    among = standings.filter(account__in=reached.values("account"))
    return among.filter(
        Q(
            account__in=among.annotate(nearest=Subquery(nearest.values("person")[:1]))
            .filter(nearest=values[0])
            .values("account")
        )
    )


def _with_on_team(standings: "Standings", values: Sequence[str]) -> "Standings":
    """Leave the accounts on whose team, their own or that of a group above, somebody is, whatever their part."""
    on_team = Assignment.objects.on(today())
    if values[0] == NONE:
        reached = Lineage.objects.filter(ancestor__in=on_team.values("account"))
        return standings.exclude(account__in=reached.values("account"))
    reached = Lineage.objects.filter(ancestor__in=on_team.filter(person=values[0]).values("account"))
    return standings.filter(account__in=reached.values("account"))


def _in_group(standings: "Standings", values: Sequence[str]) -> "Standings":
    if values[0] == NONE:
        # As what is left out, like the merged ones; joined, each of 100,000 accounts would be looked up by itself.
        return standings.filter(companies=0).exclude(account__in=Account.objects.filter(parent__gt=0).values("pk"))
    below = Lineage.objects.filter(ancestor_id=int(values[0]))
    return standings.filter(account__in=below.values("account"))


def _text(field: str) -> "Callable[[Standings, Sequence[str]], Standings]":
    def narrow(standings: "Standings", values: Sequence[str]) -> "Standings":
        return standings.filter(**{field: "" if values[0] == NONE else values[0]})

    return narrow


_DECISIONS: Final = dict(KeyStatus.choices)
_CELLS: Final = {abc + xyz: abc + xyz for abc in "ABC" for xyz in "XYZ"}

FILTERS: Final[Sequence[Filter]] = (
    Filter("class", _("Class"), _one_of("abc"), {**dict(zip("ABCN", "ABCN", strict=True)), NONE: _("no class")}),
    Filter("moved", _("Class in a year"), _moved, {"up": _("moved up"), "down": _("moved down")}),
    Filter("xyz", _("Regularity"), _one_of("xyz"), REGULARITY_MEANING),
    Filter("cell", _("Cell"), _one_of("cell"), _CELLS),
    Filter("state", _("State of purchases"), _one_of("state"), STATES),
    Filter("late", _("Expected order"), _late, {"yes": _("overdue")}, many=False),
    Filter("key", _("Key account"), _is_key, {"yes": _("yes"), "no": _("no")}, many=False),
    Filter("decided", _("Decision on key accounts"), _decided, {**_DECISIONS, NONE: _("nobody has decided")}),
    Filter("type", _("Type"), _of_type, TYPES),
    Filter(
        "next",
        _("Next touch"),
        _next_touch,
        {NONE: _("no next touch"), "overdue": _("overdue"), "week": _("within seven days")},
    ),
    Filter(
        "untouched",
        _("Not touched"),
        _not_touched,
        {"30": _("for 30 days"), "90": _("for 90 days"), "180": _("for 180 days"), NONE: _("never")},
        many=False,
    ),
    Filter("kam", _("Key account manager"), _managed_by, many=False),
    Filter("team", _("On the team"), _with_on_team, many=False),
    Filter("group", _("Group"), _in_group, many=False),
    Filter("city", _("City"), _text("account__city"), many=False),
    Filter("sector", _("Sector"), _text("account__sector"), many=False),
)

BY_NAME: Final[Mapping[str, Filter]] = {one.name: one for one in FILTERS}

LONGEST_TEXT: Final = 100

PEOPLE: Final = frozenset({"kam", "team"})
"""Filters whose values are people."""

ROWS: Final = PEOPLE | {"group"}
"""Filters whose values are rows of the house, by their keys."""


def is_meant(one: Filter, value: str) -> bool:
    """Whether a filter can have a value. Numbers of rows are looked up by who shows their names."""
    if one.choices is not None:
        return value in one.choices
    if one.name in ROWS:
        return value == NONE or (value.isdecimal() and len(value) < 19)
    return 0 < len(value) <= LONGEST_TEXT


FEW: Final = 500


def matching(standings: "Standings", text: str, user: User) -> "Standings":
    """Leave the accounts whose name or code holds every word, however it is typed."""
    if not text.strip():
        return standings
    named = Account.objects.visible_to(user).matching(text).order_by().values_list("pk", flat=True)
    # Names are looked through once: their sum, and then their order, would each look through all of them again.
    few = list(named[: FEW + 1])
    return standings.filter(account__in=few if len(few) <= FEW else named)


def person_name(value: str) -> str | None:
    """Tell who a value of `kam` or `team` means; None: nobody."""
    return User.objects.filter(pk=value).values_list("name", flat=True).first()


def group_name(value: str, visible: "QuerySet[Account]") -> str | None:
    """Tell which account a value of `group` means, among those a person sees; None: none."""
    return visible.filter(pk=value).values_list("name", flat=True).first()
