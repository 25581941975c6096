"""What somebody asks for by its key: of an account they see, or nothing."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from anahtar_web.accounts.models import Account
from anahtar_web.dossier.kinds import Kind, every
from anahtar_web.dossier.models import Fact
from anahtar_web.dossier.sheets import SHEETS, Sheet
from anahtar_web.people.models import User


def kind_for(code: str) -> Kind:
    """Give a kind of fact."""
    kinds = every()
    if code not in kinds:
        raise Http404
    return kinds[code]


def fact_for(account: Account, pk: int) -> tuple[Fact, Kind]:
    """Give a statement about an account, and what kind it is of."""
    people = ("by", "said_by", "colleague", "document", "superseded_by")
    fact: Fact = get_object_or_404(Fact.objects.of(account).select_related(*people), pk=pk)
    return fact, kind_for(fact.kind)


def fact_seen(user: User, pk: int) -> tuple[Fact, Kind]:
    """Give a statement about any account somebody sees."""
    rows = Fact.objects.visible_to(user).select_related("account", "superseded_by")
    fact: Fact = get_object_or_404(rows, pk=pk)
    return fact, kind_for(fact.kind)


def sheet_for(code: str) -> Sheet:
    """Give a kind of sheet."""
    if code not in SHEETS:
        raise Http404
    return SHEETS[code]


def row_for(account: Account, sheet: Sheet, pk: int) -> Any:
    """Give a version of a sheet of an account."""
    return get_object_or_404(sheet.model._default_manager.of(account), pk=pk)  # type: ignore[attr-defined]  # its manager is a KeptQuerySet
