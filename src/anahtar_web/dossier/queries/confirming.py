"""Which facts a manager is asked to confirm this week, and how far everybody is.

The five are those of the week's Monday: facts as they were known when the week began, ranked by importance, staleness
and money. So they stay the same until Sunday whatever is written meanwhile; one that was confirmed, changed, taken
back or postponed since is dealt with.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q

from anahtar.rules.dossier import importance_for
from anahtar.rules.facts import urgency
from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import decisions_of, loads_of_managers
from anahtar_web.company.queries import today
from anahtar_web.dossier.days import beginning_of, monday_of
from anahtar_web.dossier.kinds import Kinds, every
from anahtar_web.dossier.models import Fact, Postponement
from anahtar_web.dossier.queries.facts import Known, best_of, key_of
from anahtar_web.people.models import User

FIVE: Final = 5


@dataclass(frozen=True, slots=True)
class Asking:
    """One of the five.

    Parameters
    ----------
    known
        What was known when the week began.
    revenue
        Of the account, in ten-thousandths; None: the ledger says nothing.
    answer
        `confirmed`, `changed`, `retracted` or `postponed` since; empty: it waits.
    """

    known: Known
    urgency: float
    importance: int
    revenue: int | None
    answer: str = ""

    @property
    def account(self) -> Account:
        """Of whom it is known."""
        return self.known.fact.account


def managed_accounts(user: User, on: date) -> list[int]:
    """Give the keys of the accounts that somebody answers for, by themselves or by their group."""
    loads = loads_of_managers(user, on)
    return next((list(load.accounts) for load in loads if load.person == user), [])


def asked_this_week(user: User, on: date | None = None) -> list[Asking]:
    """Give the five facts somebody is asked to confirm in the week of a day, the most urgent first."""
    monday = monday_of(on or today())
    accounts = managed_accounts(user, on or today())
    kinds = every()
    groups = _groups(_stood(accounts, monday), kinds)
    later = _postponed(user, monday)
    known = [best_of(kinds[rows[0].kind], rows, monday) for rows in groups.values()]
    ranked = _ranked([one for one in known if one.fact.pk not in later and not one.kind.retired], accounts, monday)
    return _dealt_with(user, ranked[:FIVE], monday)


def _stood(accounts: Sequence[int], monday: date) -> Any:
    """Give what stood there when the week began."""
    moment = beginning_of(monday)
    rows = Fact.objects.filter(account__in=accounts).written_before(moment)
    held = Q(superseded_by=None) | Q(superseded_by__recorded_at__gte=moment)
    return rows.filter(held).select_related("account", "by").order_by("recorded_at", "pk")


def _groups(rows: Any, kinds: Kinds) -> Mapping[Any, list[Fact]]:
    groups: dict[Any, list[Fact]] = defaultdict(list)
    for row in rows:
        if row.kind in kinds:
            groups[row.account_id, *key_of(kinds[row.kind], row)].append(row)
    return groups


def _postponed(user: User, monday: date) -> set[int]:
    """Give the facts somebody had postponed beyond the beginning of the week when it began."""
    rows = Postponement.objects.filter(person=user, until__gt=monday, at__lt=beginning_of(monday))
    return set(rows.values_list("fact", flat=True))


def _ranked(known: Sequence[Known], accounts: Sequence[int], monday: date) -> list[Asking]:
    # Of a group what its companies buy is at stake, whether it buys anything itself or not.
    money = {pk: figure.group_revenue or figure.revenue for pk, figure in figures().of(accounts).items()}
    largest = max((units for units in money.values() if units), default=0)
    decisions = decisions_of(accounts)
    found = []
    for one in known:
        decision = decisions.get(one.fact.account_id)
        importance = importance_for(one.kind.importance, decision.type_list if decision else [])
        revenue = money.get(one.fact.account_id)
        points = urgency(
            importance=importance,
            grade=one.grade,
            days=one.days,
            as_of=monday,
            money=(revenue or 0) / largest if largest else 0.0,
        )
        if points > 0:
            found.append(Asking(one, points, importance, revenue))
    return sorted(found, key=lambda item: (-item.urgency, item.known.fact.pk))


def _dealt_with(user: User, asked: Sequence[Asking], monday: date) -> list[Asking]:
    """Say of each what became of it since the week began."""
    facts = [one.known.fact.pk for one in asked]
    now = {row.pk: row for row in Fact.objects.filter(pk__in=facts).select_related("superseded_by")}
    moment = beginning_of(monday)
    later = set(Postponement.objects.filter(person=user, fact__in=facts, at__gte=moment).values_list("fact", flat=True))
    return [
        Asking(one.known, one.urgency, one.importance, one.revenue, _answer(now[one.known.fact.pk], later))
        for one in asked
    ]


def _answer(fact: Fact, later: set[int]) -> str:
    if fact.retracted_at is not None:
        return "retracted"
    if fact.superseded_by is not None:
        return "confirmed" if fact.superseded_by.confirms_id == fact.pk else "changed"
    return "postponed" if fact.pk in later else ""


@dataclass(frozen=True, slots=True)
class Load:
    """How far one manager is.

    Parameters
    ----------
    facts
        Statements that may hold on the accounts they answer for.
    waiting
        Those of them that are stale, ageing or unsure, of kinds that matter.
    confirmed, postponed
        What they dealt with since Monday.
    """

    person: User
    accounts: int
    facts: int
    waiting: int
    confirmed: int
    postponed: int


def loads(user: User) -> list[Load]:
    """Give every manager whose accounts somebody sees; a fixed number of queries."""
    day = today()
    monday, kinds = beginning_of(monday_of(day)), every()
    managers = loads_of_managers(user, day)
    holder = {pk: load.person.pk for load in managers for pk in load.accounts}
    seen = Fact.objects.visible_to(user).filter(superseded_by=None, retracted_at=None)
    facts: dict[int, int] = defaultdict(int)
    waiting: dict[int, int] = defaultdict(int)
    judged = seen.only("account", "kind", "root", "grade", "known_on", "recorded_at").order_by("recorded_at", "pk")
    for groups in _groups(judged, kinds).values():
        person = holder.get(groups[0].account_id)
        if person is not None:
            one = best_of(kinds[groups[0].kind], groups, day)
            facts[person] += 1
            waiting[person] += one.wants_confirming and any(one.kind.importance.values())
    people = [load.person.pk for load in managers]
    wrote = Fact.objects.filter(by__in=people, recorded_at__gte=monday).exclude(confirms=None)
    confirmed = dict(wrote.values_list("by").annotate(n=Count("pk")).order_by("by"))
    put_off = Postponement.objects.filter(person__in=people, at__gte=monday)
    postponed = dict(put_off.values_list("person").annotate(n=Count("pk")).order_by("person"))
    return [
        Load(
            load.person,
            len(load.accounts),
            facts[load.person.pk],
            waiting[load.person.pk],
            confirmed.get(load.person.pk, 0),
            postponed.get(load.person.pk, 0),
        )
        for load in managers
    ]


POSTPONED_FOR: Final = timedelta(weeks=4)
"""After which time somebody who does not know is asked again."""
