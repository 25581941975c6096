"""An account somebody asks for: one they may see, or none."""

from django.shortcuts import get_object_or_404

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User


def account_for(user: User, pk: int) -> Account:
    """Give a visible account; absent and invisible are the same 404, after the same queries."""
    account: Account = get_object_or_404(Account.objects.visible_to(user), pk=pk)
    return account
