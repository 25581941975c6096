"""The teams of two accounts that become one: whose parts end, go on with the other, and come back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account, Assignment
from anahtar_web.accounts.queries import coming_along, open_parts

Kept = dict[str, list[dict[str, Any]]]
"""Plain values of rows: `ended` (as they were), `withdrawn` (planned ones, whole), `opened` (as they were made)."""


def take_over(source: Account, target: Account, *, on: date) -> Kept:
    """End the source's parts and open them on the target, where it has nobody for them.

    A KAM of the target, its own or inherited, stays; the source's comes along only where there is none.
    """
    rows = open_parts(source, on)
    opened = [_open(target, row, on) for row in coming_along(rows, target, on)]
    planned = [row for row in rows if row.since > on]
    ended = [row for row in rows if row.since <= on]
    kept = {"ended": _plain(ended), "withdrawn": _plain(planned), "opened": _plain(opened)}
    Assignment.objects.filter(pk__in=[row.pk for row in ended]).update(until=on)
    Assignment.objects.filter(pk__in=[row.pk for row in planned]).delete()
    return kept


def _open(target: Account, row: Assignment, on: date) -> Assignment:
    return Assignment.objects.create(
        account=target, person_id=row.person_id, part=row.part, since=max(row.since, on), until=row.until
    )


def _plain(rows: Iterable[Assignment]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "account": row.account_id,
            "person": row.person_id,
            "part": row.part,
            "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else None,
        }
        for row in rows
    ]


def give_back(kept: Kept, target: Account) -> list[str]:
    """Give the source its team again; returns what stays with the target because somebody has changed it since."""
    stays = _close(kept["opened"], target)
    for row in kept["ended"]:
        Assignment.objects.filter(pk=row["id"]).update(until=row["until"])
    Assignment.objects.bulk_create(_made(row) for row in kept["withdrawn"])
    return stays


def _close(opened: Iterable[Mapping[str, Any]], target: Account) -> list[str]:
    stays = []
    for row in opened:
        there = Assignment.objects.filter(pk=row["id"]).select_related("person").first()
        if there is None:
            continue
        if _plain([there]) == [dict(row)]:
            there.delete()
        else:
            stays.append(_("%(member)s stays with %(account)s.") % {"member": there, "account": target})
    return stays


def _made(row: Mapping[str, Any]) -> Assignment:
    return Assignment(
        pk=row["id"],
        account_id=row["account"],
        person_id=row["person"],
        part=row["part"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
    )
