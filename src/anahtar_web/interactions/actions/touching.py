"""Keeps `AccountTouch` equal to what is written: of each account, and added up over everything below it.

Called after the entry of the trail: one writer of the trail follows the other, so that of two companies of a group that
are touched at the same moment the second one sees the first.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, Min, Q

from anahtar_web.accounts.lineage import chunks
from anahtar_web.accounts.models import Lineage
from anahtar_web.audit.actions import hold_chain, record
from anahtar_web.company.queries import company, today
from anahtar_web.interactions.models import AccountTouch, Direction, Interaction, Kind, NextTouch

FACE_TO_FACE: Final = (Kind.VISIT, Kind.MEETING)
"""What counts as a visit."""

_OWN: Final = ("last_in", "last_out", "last_any", "last_visit", "next_on", "next_owner_id")
_NOTHING: Final[Mapping[str, Any]] = dict.fromkeys((*_OWN, "recount_on"))
_ABOVE: Final = "account__lineage_above__ancestor"


def recount(accounts: Collection[int]) -> int:
    """Count accounts anew, then every account above them; returns how many rows changed."""
    on, changed = today(), 0
    for chunk in chunks(set(accounts)):
        counted = _counted(chunk, on)
        changed += _write({pk: counted.get(pk, _NOTHING) for pk in chunk})
        above = Lineage.objects.filter(account__in=chunk).values_list("ancestor", flat=True).distinct()
        changed += _add_up(set(above))
    return changed


def regroup() -> None:
    """Add everything up anew: accounts have another one above them. Only accounts that were touched are looked at."""
    if AccountTouch.objects.exists():
        hold_chain()
        _add_up(None)


@transaction.atomic
def turn_the_day() -> int:
    """Count accounts anew whose planned interactions have become touches; returns how many rows changed."""
    due = list(AccountTouch.objects.filter(recount_on__lte=today()).values_list("account", flat=True))
    if not due:
        return 0
    # What lists remember goes by the trail.
    record("touches.counted", company(), by=None, after={"accounts": len(due)})
    return recount(due)


def _counted(accounts: Iterable[int], on: date) -> dict[int, dict[str, Any]]:
    past, ours = Q(day__lte=on), Q(direction__in=[Direction.OUT, Direction.BOTH])
    rows = Interaction.objects.standing().filter(account__in=accounts).order_by().values("account")
    found = {
        row.pop("account"): row | {"next_on": None, "next_owner_id": None}
        for row in rows.annotate(
            last_in=Max("day", filter=past & Q(direction__in=[Direction.IN, Direction.BOTH])),
            last_out=Max("day", filter=past & ours),
            last_any=Max("day", filter=past),
            last_visit=Max("day", filter=past & Q(kind__in=FACE_TO_FACE)),
            recount_on=Min("day", filter=~past),
        )
    }
    for account, due_on, owner in sorted(_next(accounts, on), key=lambda one: one[:2]):
        row = found.setdefault(account, dict(_NOTHING))
        if row["next_on"] is None:
            row |= {"next_on": due_on, "next_owner_id": owner}
    return found


def _next(accounts: Iterable[int], on: date) -> list[tuple[int, date, int]]:
    """Give what is to come: agreed steps, and interactions that stand in the calendar already."""
    steps = NextTouch.objects.open().filter(account__in=accounts).order_by("due_on", "pk")
    planned = Interaction.objects.standing().filter(account__in=accounts, day__gt=on, by__isnull=False)
    return [
        *steps.values_list("account", "due_on", "owner"),
        *planned.order_by("day", "pk").values_list("account", "day", "by"),
    ]


def _write(wanted: Mapping[int, Mapping[str, Any]]) -> int:
    """Write columns of rows where they differ; a row that would say nothing is not made."""
    rows: Any = AccountTouch.objects.filter(account__in=wanted).values()
    have = {row["account_id"]: row for row in rows}
    new = [AccountTouch(account_id=pk, **values) for pk, values in wanted.items() if pk not in have and _says(values)]
    AccountTouch.objects.bulk_create(new)
    changed = 0
    for pk, values in wanted.items():
        if pk in have and any(have[pk][name] != value for name, value in values.items()):
            changed += AccountTouch.objects.filter(account=pk).update(**values)
    return len(new) + changed


def _says(values: Mapping[str, Any]) -> bool:
    return any(value is not None for value in values.values())


def _add_up(above: set[int] | None) -> int:
    """Add up over everything below accounts; None: below all."""
    rows, have = AccountTouch.objects.all(), AccountTouch.objects.all()
    if above is not None:
        rows, have = rows.filter(**{f"{_ABOVE}__in": above}), have.filter(account__in=above)
    added: Any = (
        rows.order_by()
        .values(_ABOVE)
        .annotate(
            all_last_in=Max("last_in"),
            all_last_out=Max("last_out"),
            all_last_any=Max("last_any"),
            all_last_visit=Max("last_visit"),
            all_next_on=Min("next_on"),
        )
    )
    sums = {row.pop(_ABOVE): row | {"all_next_owner_id": None} for row in added}
    coming = rows.filter(next_on__isnull=False).order_by("next_on", "pk").values_list(_ABOVE, "next_owner")
    for account, owner in coming:
        if sums[account]["all_next_owner_id"] is None:
            sums[account]["all_next_owner_id"] = owner
    nothing = dict.fromkeys(f"all_{name}" for name in _OWN)
    left = set(have.values_list("account", flat=True)) - sums.keys()
    return _write(sums | dict.fromkeys(left, nothing))
