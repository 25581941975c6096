"""The form of an account, and both versions where somebody else has saved meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django import forms

from anahtar_web.accounts.actions import written
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages.head import Head
from anahtar_web.audit.queries import TrailPage, entries_for
from anahtar_web.audit.shown import Version, versions
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class EditPage:
    """The form.

    Parameters
    ----------
    versions
        What is saved now beside what was typed; empty where nobody else has saved.
    last
        The last change of the account, which tells who saved meanwhile.
    """

    head: Head
    form: forms.Form
    versions: Sequence[Version] = ()
    last: TrailPage = field(default_factory=TrailPage)

    @classmethod
    def build(cls, account: Account, user: User, form: forms.Form) -> Self:
        """Show the form."""
        return cls(Head.build(account, user, "edit"), form)

    @classmethod
    def beside(cls, current: Account, user: User, form: forms.Form, typed: dict[str, Any]) -> Self:
        """Show what somebody else has saved beside what was typed."""
        both = versions("account", written(current), typed)
        return cls(Head.build(current, user, "edit"), form, both, entries_for(current.pk, reader=user, size=1))

    @property
    def who(self) -> str:
        """Who saved meanwhile."""
        return self.last.told[0].entry.by_name if self.last.told else ""

    @property
    def when(self) -> Any:
        """When they saved."""
        return self.last.told[0].entry.at if self.last.told else None
