"""What people write of an account: over the version they have read, or as a new account of their own."""

from collections.abc import Mapping
from typing import Any, Final, Self

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.lineage import hold_structure, rebuild
from anahtar_web.accounts.models import Account, Assignment, Origin, Part, keys
from anahtar_web.audit.actions import differences, record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User

EDITED: Final = ("name", "country", "tax_number", "website", "city", "sector", "payer", "remark")
"""What people write, in the order of the form."""


class UnableToWrite(Refused):
    """What was written of the account cannot be so; `field` names what it is about."""

    field: str | None = None

    def about(self, field: str) -> Self:
        """Say which field it is about."""
        self.field = field
        return self


@transaction.atomic
def edit(*, account: Account, version: int, fields: Mapping[str, Any], by: User) -> Account:
    """Write what changed, over the version that was read.

    Raises
    ------
    EditedMeanwhile
        Somebody has saved since; carries the account as it is now.
    UnableToWrite
        The payer cannot pay for it.
    """
    payer = _payer(fields)
    fresh = held(account)
    before, after = differences(written(fresh), plain(fields))
    if not after and fresh.version == version:
        return fresh
    _check_payer(fresh, payer)
    changes = {name: fields[name] for name in EDITED if name in fields}
    changes["search_key"], changes["sort_key"] = keys(fields.get("name", fresh.name), fresh.code)
    saved = fresh.save_over(version, changes)
    record("account.edited", saved, by=by, before=before, after=after, account=saved.pk)
    return saved


def written(account: Account) -> dict[str, Any]:
    """Give what is written of an account, as plain values."""
    return plain({name: getattr(account, name) for name in EDITED})


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Write fields as the trail keeps them."""
    return {
        name: f"{fields[name]} ({fields[name].code})" if isinstance(fields[name], Account) else fields[name]
        for name in EDITED
        if name in fields
    }


def _payer(fields: Mapping[str, Any]) -> Account | None:
    """Read the payer as it is now; no merge can take it away before the end of the transaction."""
    if (payer := fields.get("payer")) is None:
        return None
    hold_structure()
    now: Account = Account.objects.get(pk=payer.pk)
    return now


def _check_payer(account: Account, payer: Account | None) -> None:
    if payer is None:
        return
    if payer.pk == account.pk:
        raise UnableToWrite(_("An account that pays for itself names no payer.")).about("payer")
    if payer.merged_into_id is not None:
        names = {"payer": payer, "target": payer.merged_into}
        raise UnableToWrite(_("%(payer)s goes on under %(target)s.") % names).about("payer")
    if payer.payer_id == account.pk:
        names = {"account": account, "payer": payer}
        raise UnableToWrite(_("%(account)s pays for %(payer)s, so %(payer)s cannot pay for it.") % names).about("payer")


@transaction.atomic
def create(*, code: str, fields: Mapping[str, Any], by: User) -> Account:
    """Write an account that is in no ledger: a company we want to sell to, or a group.

    Who does not see every account becomes its KAM: otherwise it would be gone as soon as it is saved.

    Raises
    ------
    UnableToWrite
        The code is taken.
    """
    hold_structure()
    taken = Account.objects.filter(code=code).first()
    if taken is not None:
        raise UnableToWrite(_("The code %(code)s is taken. Choose another one.") % {"code": code}).about("code")
    made = Account(code=code, origin=Origin.PERSON, **{name: fields[name] for name in EDITED if name in fields})
    _check_payer(made, _payer(fields))
    made.save(force_insert=True)
    rebuild((), new=[made.pk])
    if not by.may(Right.SEE_ALL_ACCOUNTS):
        Assignment.objects.create(account=made, person=by, part=Part.MANAGER, since=today())
    told = {name: value for name, value in written(made).items() if value}
    record("account.created", made, by=by, after={"code": code} | told, account=made.pk)
    return made
