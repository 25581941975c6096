"""Accounts somebody asks for: those they may see, or none."""

from collections.abc import Sequence
from typing import Final

from django.http import Http404
from django.shortcuts import get_object_or_404

from anahtar_web.accounts.models import Account, Assignment, Dismissal, Merge
from anahtar_web.accounts.queries import dismissals, merges
from anahtar_web.people.models import User

MOST: Final = 500
"""How many accounts are changed at once."""


def account_for(user: User, pk: int) -> Account:
    """Give a visible account; absent and invisible are the same 404, after the same queries."""
    account: Account = get_object_or_404(Account.objects.visible_to(user, among=[pk]), pk=pk)
    return account


def accounts_for(user: User, asked: Sequence[str]) -> list[Account]:
    """Give several visible accounts in the order of their names; one that is absent, invisible or nonsense is a 404."""
    if not all(text.isdecimal() and len(text) < 19 for text in asked) or not 0 < len(set(asked)) <= MOST:
        raise Http404
    wanted = {int(text) for text in asked}
    found = list(Account.objects.visible_to(user, among=sorted(wanted)).order_by("sort_key", "pk"))
    if len(found) != len(wanted):
        raise Http404
    return found


def assignment_for(account: Account, pk: int) -> Assignment:
    """Give an assignment of an account itself."""
    assignment: Assignment = get_object_or_404(account.assignments.select_related("person", "account"), pk=pk)
    return assignment


def merge_for(user: User, pk: int) -> Merge:
    """Give a merge of two accounts the person sees."""
    return get_object_or_404(merges(user), pk=pk)


def dismissal_for(user: User, pk: int) -> Dismissal:
    """Give a pair that was found to be two, of accounts the person sees."""
    return get_object_or_404(dismissals(user), pk=pk)
