"""Contracts, reference rights and demands: what holds, what held on a day, and which contracts are due."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import end_of, today
from anahtar_web.dossier.models import Contract, Kept

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def sheets_of(account: Account, model: type[Kept], on: date | None = None) -> list[Any]:
    """Give the sheets of one kind that hold for an account, or held at the end of a day; the oldest first."""
    rows = model._default_manager.of(account)  # type: ignore[attr-defined]  # its manager is a KeptQuerySet
    rows = rows.standing() if on is None else rows.written_before(end_of(on))
    people = {"by", "document", *({"granted_by", "raised_by", "owner"} & {field.name for field in model._meta.fields})}
    return list(rows.select_related(*sorted(people)).order_by("recorded_at", "pk"))


def versions_of_sheet(account: Account, sheet: Any) -> list[Any]:
    """Give every version of a sheet, the last one first."""
    rows = type(sheet)._default_manager.of(account).filter(Q(pk=sheet.item) | Q(root=sheet.item))
    return list(rows.select_related("by", "removed_by").order_by("-recorded_at", "-pk"))


def contracts_due(user: "User", until: date, since: date | None = None) -> "QuerySet[Contract]":
    """Give the contracts of the accounts somebody sees that end or want notice up to a day, the next one first.

    Its day (`due_on`) is that of notice, or the end where none is said.

    Parameters
    ----------
    since
        The first day; None: today.
    """
    first = since or today()
    by_notice = Q(notice_by__gte=first, notice_by__lte=until)
    by_end = Q(notice_by=None, ends_on__gte=first, ends_on__lte=until)
    seen = Contract.objects.visible_to(user).standing().filter(by_notice | by_end, account__merged_into=None)
    rows: QuerySet[Contract] = seen.select_related("account").order_by(Coalesce("notice_by", "ends_on"), "pk")
    return rows
