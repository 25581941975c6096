"""The people at an account, now or as they were known on a day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max, Q, QuerySet

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import end_of, today
from anahtar_web.gate.answers import asked_once
from anahtar_web.stakeholders.models import TOLD, ContactPoint, Stakeholder, StakeholderVersion, key_of
from anahtar_web.ui.text import sort_key


def people_of(account: Account, *, on: date | None = None) -> list[Stakeholder]:
    """Give whoever is at an account and those merged into it, gaps included, in the order of the alphabet.

    With `on` the rows are made from versions: read them, never save them.
    """
    day = on or today()
    return [who for who in everybody_of(account, on=on) if who.left_on is None or who.left_on > day]


def everybody_of(account: Account, *, on: date | None = None) -> list[Stakeholder]:
    """Give whoever is or was at an account; gaps come last."""
    return list(asked_once("people", account.pk, on, ask=lambda: _everybody_of(account, on)))


def _everybody_of(account: Account, on: date | None) -> list[Stakeholder]:
    rows = Stakeholder.objects.of(account).select_related("account").order_by("pk")
    found = list(rows) if on is None else _as_known(rows, on)
    return sorted(found, key=lambda who: (who.is_gap, sort_key(who.name or who.position), who.pk))


def _as_known(rows: "QuerySet[Stakeholder]", on: date) -> list[Stakeholder]:
    versions = StakeholderVersion.objects.filter(stakeholder__in=rows.order_by(), recorded_at__lt=end_of(on))
    last = versions.order_by().values("stakeholder").annotate(last=Max("pk")).values("last")
    held = StakeholderVersion.objects.filter(pk__in=last).select_related("stakeholder__account").order_by("pk")
    return [_of_version(version) for version in held]


def _of_version(version: StakeholderVersion) -> Stakeholder:
    now = version.stakeholder
    told = {f"{name}_id" if name == "reports_to" else name: _value(version, name) for name in TOLD}
    return Stakeholder(
        pk=now.pk, account=now.account, version=version.number, by_id=version.by_id, recorded_at=now.recorded_at, **told
    )


def _value(version: StakeholderVersion, name: str) -> object:
    return version.reports_to_id if name == "reports_to" else getattr(version, name)


def by_address(kind: str, value: str) -> "QuerySet[Stakeholder]":
    """Give whoever is or was reached at an address, of every account: narrow it to those somebody sees.

    Addresses that hold no more count as well: an old mail is still from the same person.
    """
    points = ContactPoint.objects.filter(kind=kind, key=key_of(kind, value))
    found: QuerySet[Stakeholder] = Stakeholder.objects.filter(pk__in=points.values("stakeholder"))
    return found.select_related("account").order_by("pk")


def addresses_of(people: Sequence[Stakeholder], *, on: date | None = None) -> dict[int, dict[str, list[str]]]:
    """Give where people are reached, or were known to be: person -> kind -> addresses."""
    rows = ContactPoint.objects.filter(stakeholder__in=[who.pk for who in people]).order_by("pk")
    if on is None:
        rows = rows.filter(ended_at=None)
    else:
        end = end_of(on)
        rows = rows.filter(Q(ended_at=None) | Q(ended_at__gte=end), recorded_at__lt=end)
    found: dict[int, dict[str, list[str]]] = {}
    for row in rows:
        found.setdefault(row.stakeholder_id, {}).setdefault(row.kind, []).append(row.value)
    return found


def versions_of(who: Stakeholder) -> Sequence[StakeholderVersion]:
    """Give every version of what was written of somebody, the last one first."""
    rows = who.versions.select_related("by", "reports_to")
    return list(rows.order_by("-pk"))
