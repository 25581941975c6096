"""Lists of interactions and next steps, in pages; each begins with what the reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from anahtar_web.accounts.models import Account, Assignment, Lineage, Part
from anahtar_web.company.queries import today
from anahtar_web.gate.answers import asked_once
from anahtar_web.interactions.models import Interaction, NextTouch, Participant
from anahtar_web.stakeholders.models import Stakeholder

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 50
"""Interactions on a page."""
LOOKED_THROUGH: Final = 1_000
"""So many interactions are looked through for who took part: whoever was not there for years is asked for by name."""
MOST_STEPS: Final = 200
"""Next steps on a page: whoever has more open has stopped reading them."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, the latest first.

    Parameters
    ----------
    before
        Where the next page begins; empty: there is none.
    """

    rows: Sequence[Interaction]
    before: str


def interactions_below(account: Account, user: "User") -> "QuerySet[Any]":
    """Give the interactions of an account and of everything below it that somebody sees."""
    rows: QuerySet[Any] = Interaction.objects.standing()
    return rows.filter(account__in=_below(account, user))


def _below(account: Account, user: "User") -> list[int]:
    """Give the keys of an account and of everything below it that somebody sees.

    As values, not as a subquery: a database that knows how few they are finds their rows in the order of an index.
    """

    def ask() -> list[int]:
        seen = Account.objects.visible_to(user).filter(lineage_above__ancestor=account)
        return list(seen.order_by("pk").values_list("pk", flat=True))

    return asked_once("accounts below", account.pk, user.pk, ask=ask)


def listed(rows: "QuerySet[Any]", before: tuple[date, int] | None = None, *, size: int = SIZE) -> Page:
    """Give a page of interactions with who took part and what was agreed; four queries, however many there are."""
    if before is not None:
        day, pk = before
        rows = rows.filter(Q(day__lt=day) | Q(day=day, pk__lt=pk))
    # Of a group thousands are put into order: by their keys alone, and only those of the page are read whole.
    keys = rows.order_by("-day", "-pk").values("pk")[: size + 1]
    found = list(_with_parts(Interaction.objects.filter(pk__in=keys)).order_by("-day", "-pk"))
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{last.day.isoformat()}.{last.pk}" if last else "")


def read_before(text: str) -> tuple[date, int] | None:
    """Read where a page begins; None: at the beginning, also where it makes no sense."""
    day, _dot, pk = text.partition(".")
    try:
        return (date.fromisoformat(day), int(pk)) if pk.isdecimal() and len(pk) < 19 else None
    except ValueError:
        return None


def _with_parts(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    took_part = Participant.objects.filter(removed_at=None).select_related("stakeholder", "user").order_by("pk")
    agreed = NextTouch.objects.select_related("owner").order_by("due_on", "pk")
    return rows.select_related("account", "by").prefetch_related(
        Prefetch("participants", took_part, to_attr="took_part"), Prefetch("agreed", agreed, to_attr="agreed_steps")
    )


def with_person(rows: "QuerySet[Any]", who: str) -> "QuerySet[Any]":
    """Leave the interactions in which somebody took part: `s12` a person of theirs, `u3` one of ours."""
    kind, key = who[:1], who[1:]
    if kind not in ("s", "u") or not key.isdecimal() or len(key) > 18:
        return rows.none()
    took_part = Participant.objects.filter(removed_at=None)
    mine = took_part.filter(stakeholder=int(key)) if kind == "s" else took_part.filter(user=int(key))
    return rows.filter(pk__in=mine.values("interaction"))


def recent(user: "User", *, person: "User | None" = None, mine: bool = True) -> "QuerySet[Any]":
    """Give what happened on the accounts somebody sees; `mine`: on those they look after, or in which they took part.

    Parameters
    ----------
    person
        Only what this one took part in or wrote down.
    """
    rows = Interaction.objects.visible_to(user).standing()
    if person is not None:
        took_part = Participant.objects.filter(removed_at=None, user=person).values("interaction")
        return rows.filter(Q(by=person) | Q(pk__in=took_part))
    if mine:
        took_part = Participant.objects.filter(removed_at=None, user=user).values("interaction")
        rows = rows.filter(Q(account__in=looked_after(user)) | Q(pk__in=took_part))
    return rows


def looked_after(user: "User") -> "QuerySet[Any, Any]":
    """Give the keys of the accounts somebody manages today, companies of their groups with them."""
    managing = Assignment.objects.on(today()).filter(person=user, part=Part.MANAGER)
    below: QuerySet[Any, Any] = Lineage.objects.filter(ancestor__in=managing.values("account")).values("account")
    return below


def looks_after_any(user: "User") -> bool:
    """Whether somebody manages any account today: only then are there own ones to begin a list with."""
    return bool(Assignment.objects.on(today()).filter(person=user, part=Part.MANAGER).exists())


def agenda(user: "User", *, person: "User | None" = None, mine: bool = True) -> "QuerySet[Any]":
    """Give the open next steps somebody sees, the earliest first; `mine` and `person` as for `recent`."""
    steps = NextTouch.objects.visible_to(user).open()
    if person is not None:
        steps = steps.filter(owner=person)
    elif mine:
        steps = steps.filter(Q(owner=user) | Q(account__in=looked_after(user)))
    return with_last_step(steps).order_by("due_on", "pk")


def steps_below(account: Account, user: "User") -> "QuerySet[Any]":
    """Give the open next steps of an account and of everything below it, the earliest first."""
    steps: QuerySet[Any] = NextTouch.objects.open().filter(account__in=_below(account, user))
    return with_last_step(steps).order_by("due_on", "pk")


def with_last_step(steps: "QuerySet[Any]") -> "QuerySet[Any]":
    """Carry the number of the last step: a form says with it what was seen."""
    told: QuerySet[Any] = steps.select_related("account", "owner", "by").annotate(
        seen=Max("steps__pk"), times=Count("steps")
    )
    return told


def people_met(account: Account, user: "User") -> list[Stakeholder]:
    """Give the people of an account and of its group whom somebody sees, whoever was met here last first."""
    above = Lineage.objects.filter(account=account).values("ancestor")
    people: QuerySet[Any] = Stakeholder.objects.visible_to(user).filter(left_on=None)
    # Not the gaps: places of which nobody knows who has them.
    people = people.filter(Q(account__in=_below(account, user)) | Q(account__in=above)).exclude(name="")
    met = took_part(account, user).theirs
    found = sorted(people.order_by("name", "pk"), key=lambda who: met.get(who.pk, date.min), reverse=True)
    return list(found)


@dataclass(frozen=True, slots=True)
class TookPart:
    """Who took part in what happened, by key, and on which day last: people of theirs, and ours."""

    theirs: Mapping[int, date]
    ours: Mapping[int, date]


def took_part(account: Account, user: "User") -> TookPart:
    """Give whoever took part in the last interactions of an account and of those below it; asked once for a page."""

    def ask() -> TookPart:
        happened = interactions_below(account, user).order_by("-day", "-pk").values("pk")[:LOOKED_THROUGH]
        rows = Participant.objects.filter(removed_at=None, interaction__in=happened).order_by()
        theirs: dict[int, date] = {}
        ours: dict[int, date] = {}
        for who, one_of_us, day in rows.values_list("stakeholder", "user").annotate(day=Max("interaction__day")):
            if who is not None:
                theirs[who] = max(day, theirs.get(who, day))
            if one_of_us is not None:
                ours[one_of_us] = max(day, ours.get(one_of_us, day))
        return TookPart(theirs, ours)

    return asked_once("who took part", account.pk, user.pk, ask=ask)


def companies_of(account: Account, user: "User") -> "QuerySet[Any]":
    """Give the accounts among one and those below it in which something happened."""
    happened = Interaction.objects.standing().filter(account=OuterRef("pk"))
    found: QuerySet[Any] = Account.objects.filter(Exists(happened), pk__in=_below(account, user))
    return found.order_by("sort_key", "pk")
