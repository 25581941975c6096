"""What is missing around the accounts a person sees: how far the figures of groups and managers can be trusted."""

from django.db.models import Exists, OuterRef, Q

from anahtar_web.accounts.managers import AccountQuerySet
from anahtar_web.accounts.models import Account, Assignment, Lineage, Origin, Part
from anahtar_web.company.queries import today
from anahtar_web.people.models import User


def without_group(user: User) -> AccountQuerySet:
    """Visible accounts that belong to no group and are none."""
    companies = Account.objects.standing_alone().filter(parent=OuterRef("pk"))
    return _customers(user).filter(~Exists(companies), parent=None)


def without_manager(user: User) -> AccountQuerySet:
    """Visible accounts that nobody looks after as KAM today, neither themselves nor through a group."""
    managed = Assignment.objects.on(today()).filter(part=Part.MANAGER).values("account")
    return _customers(user).exclude(pk__in=Lineage.objects.filter(ancestor__in=managed).values("account"))


def _customers(user: User) -> AccountQuerySet:
    """Accounts with lines and those a person made; not the bare names of groups."""
    there = Q(in_ledger=True) | Q(origin=Origin.PERSON)
    return Account.objects.visible_to(user).standing_alone().filter(there)
