"""The form of a person, new or known, beside what somebody else has saved meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.forms import Form
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.shown import Version, versions
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions import told
from anahtar_web.stakeholders.models import Role, Stakeholder


@dataclass(frozen=True, slots=True)
class EditPage:
    """The form; `both`: the two versions, where two people edited one person.

    Parameters
    ----------
    who
        None: somebody new.
    """

    head: Head
    form: Form
    who: Stakeholder | None = None
    both: Sequence[Version] = ()

    @classmethod
    def build(cls, account: Account, user: User, form: Form, who: Stakeholder | None = None) -> Self:
        """Show the form."""
        here = who.shown if who else _("Add a person")
        return cls(Head.build(account, user, "people", here=here), form, who)

    @classmethod
    def beside(cls, account: Account, user: User, form: Form, current: Stakeholder, typed: Mapping[str, Any]) -> Self:
        """Show what somebody else has saved beside what was typed."""
        yours = {name: _plain(value) for name, value in typed.items() if name != "version"}
        theirs = {name: _plain(value) for name, value in told(current).items()}
        rows = [row for row in versions("stakeholder", theirs, yours) if row.differs]
        return cls(Head.build(account, user, "people", here=current.shown), form, current, rows)


def _plain(value: Any) -> Any:
    if isinstance(value, Stakeholder):
        return value.shown
    if isinstance(value, str) and value.startswith(" ") and value.strip():
        return ", ".join(str(Role(role).label) for role in value.split() if role in Role.values)
    return value.isoformat() if hasattr(value, "isoformat") else value
