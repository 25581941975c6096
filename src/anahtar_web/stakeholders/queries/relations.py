"""How we stand with the people of an account."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Max

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import survivor, team_of
from anahtar_web.company.queries import end_of, today
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Level, Relation, Stakeholder
from anahtar_web.ui.text import sort_key


def relations_of(account: Account, *, on: date | None = None) -> list[Relation]:
    """Give the last word on every pair of one of them and one of us."""
    people = Stakeholder.objects.of(account).order_by()
    rows = Relation.objects.filter(stakeholder__in=people).select_related("colleague", "by").order_by("pk")
    if on is None:
        return list(rows.filter(current=True))
    known = rows.filter(recorded_at__lt=end_of(on)).order_by().values("stakeholder", "colleague")
    return list(rows.filter(pk__in=known.annotate(last=Max("pk")).values("last")))


def steps_of(who: Stakeholder, colleague: User) -> Sequence[Relation]:
    """Give every word on one pair, the last one first."""
    return list(who.relations.filter(colleague=colleague).select_related("by").order_by("-pk"))


def known_by(relations: Iterable[Relation]) -> Mapping[int, int]:
    """Count, for each of them, how many of us who still work here know them."""
    know = [row for row in relations if (row.level or Level.NONE) >= Level.MET and row.colleague.is_active]
    return Counter(row.stakeholder_id for row in know)


def colleagues_of(account: Account, relations: Iterable[Relation], *, on: date | None = None) -> list[User]:
    """Give the team of an account on a day, the manager first, and then whoever else has a relation."""
    team = {member.person.pk: member.person for member in team_of(survivor(account), on or today())}
    others = {row.colleague_id: row.colleague for row in relations if row.colleague_id not in team}
    return [*team.values(), *sorted(others.values(), key=lambda person: (sort_key(person.name), person.pk))]
