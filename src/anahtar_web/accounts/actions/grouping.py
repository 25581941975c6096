"""Groups as people say them: what a person said goes before the ledger, until it is taken back."""

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.editing import create
from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.actions.structure import structure_changed
from anahtar_web.accounts.lineage import check_place, hold_structure, rebuild
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import group_of_ledger
from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User


class UnableToGroup(Refused):
    """Nothing would change."""


@transaction.atomic
def put_into_group(*, account: Account, group: Account, by: User, reason: str) -> Account:
    """Put an account below another; it stays there whatever the ledger says.

    Raises
    ------
    UnableToPutBelowItself
        The group already belongs to the account, at whatever depth.
    UnableToGroup
        It stands there already, by a person's word.
    """
    hold_structure()
    group = held(group)
    return _place(held(account), group, by=by, reason=reason)


@transaction.atomic
def take_out_of_group(*, account: Account, by: User, reason: str) -> Account:
    """Let an account stand alone, whatever the ledger says."""
    hold_structure()
    return _place(held(account), None, by=by, reason=reason)


@transaction.atomic
def follow_ledger_again(*, account: Account, by: User, reason: str = "") -> Account:
    """Take a person's word on the group back: the account stands where the ledger puts it.

    Raises
    ------
    UnableToGroup
        No person has said anything.
    UnableToPutBelowItself
        The ledger's group belongs to the account by now.
    """
    hold_structure()
    account = held(account)
    if not account.parent_said_by_person:
        raise UnableToGroup(_("The group of %(account)s is the ledger's already.") % {"account": account})
    return _place(account, group_of_ledger(account), by=by, reason=reason, said=False)


@transaction.atomic
def create_group(*, name: str, code: str, by: User) -> Account:
    """Write a group that is in no ledger.

    Raises
    ------
    UnableToWrite
        The code is taken.
    """
    return create(code=code, fields={"name": name}, by=by)


@transaction.atomic
def create_group_for(*, account: Account, name: str, code: str, by: User, reason: str) -> Account:
    """Write a group that is in no ledger, and put its first company into it."""
    group = create_group(name=name, code=code, by=by)
    put_into_group(account=account, group=group, by=by, reason=reason)
    return group


def _place(account: Account, group: Account | None, *, by: User, reason: str, said: bool = True) -> Account:
    before = account.parent
    if before == group and account.parent_said_by_person == said:
        raise UnableToGroup(
            _("%(account)s stands there already.") % {"account": account}
            if group
            else _("%(account)s is in no group already.") % {"account": account}
        )
    if group is not None:
        check_place(account, group)
    Account.objects.filter(pk=account.pk).update(parent=group, parent_said_by_person=said)
    account.refresh_from_db()
    if before != group:
        rebuild([account.pk])
    record(
        "account.grouped" if said else "account.group_left_to_ledger",
        account,
        by=by,
        before={"parent": _told(before)},
        after={"parent": _told(group)},
        reason=reason,
        account=account.pk,
    )
    structure_changed(by)
    return account


def _told(group: Account | None) -> str | None:
    return f"{group} ({group.code})" if group else None
