"""Cases somebody asks for: those of accounts they may see, or none."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from anahtar_web.people.models import User
from anahtar_web.risks.models import Case, Reason


def case_for(user: User, pk: int) -> Case:
    """Give a case of a visible account; absent and invisible are the same 404."""
    rows = Case.objects.visible_to(user).select_related("account__merged_into", "owner", "reason", "opened_by")
    found: Case = get_object_or_404(rows, pk=pk)
    return found


def case_at(user: User, account: int, pk: int) -> Case:
    """Give a case at the address of its account only.

    Raises
    ------
    Http404
        It is of another account.
    """
    found = case_for(user, pk)
    if found.account_id != account:
        raise Http404
    return found


def reason_for(pk: int) -> Reason:
    """Give a reason of the list."""
    return get_object_or_404(Reason, pk=pk)
