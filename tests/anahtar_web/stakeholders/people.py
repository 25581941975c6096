"""People at Acme for tests: `add(acme, ana, "Nermin")` writes somebody down, `earlier` puts it into the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.models import Relation, Stakeholder, StakeholderVersion, Tie


def add(account: Account, by: User, name: str = "", **fields: Any) -> Stakeholder:
    return actions.add(account=account, fields={"name": name, **fields}, by=by)


def edit(who: Stakeholder, by: User, **fields: Any) -> Stakeholder:
    who.refresh_from_db()
    return actions.edit(who=who, version=who.version, fields=fields, by=by)


@contextmanager
def earlier(days: int) -> Iterator[None]:
    """Put what is done meanwhile so many days into the past."""
    kinds: tuple[Any, ...] = (Stakeholder, StakeholderVersion, Tie, Relation)
    known = {kind: set(kind.objects.values_list("pk", flat=True)) for kind in kinds}
    ended = set(Tie.objects.exclude(ended_at=None).values_list("pk", flat=True))
    yield
    moment = timezone.now() - timedelta(days=days)
    for kind in kinds:
        kind.objects.exclude(pk__in=known[kind]).update(recorded_at=moment)
    Tie.objects.exclude(pk__in=ended).exclude(ended_at=None).update(ended_at=moment)
