"""Several accounts and who gets them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django import forms

from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One of the accounts, as it is now."""

    account: Account
    manager: User | None
    figure: Figure


@dataclass(frozen=True, slots=True)
class AssignPage:
    """The accounts, and the form."""

    lines: Sequence[Line]
    form: forms.Form
    currency: str

    @classmethod
    def build(cls, accounts: Sequence[Account], form: forms.Form) -> Self:
        """Show who has them now."""
        ids = [account.pk for account in accounts]
        managers, told = managers_of(ids, today()), figures().of(ids)
        lines = [Line(each, managers.get(each.pk), told.get(each.pk, Figure())) for each in accounts]
        return cls(lines, form, figures().currency)
