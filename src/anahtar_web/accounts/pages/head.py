"""What stands above every page of one account: its name, where it belongs, and its other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.marks import marks_of
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages.tabs import Room, Tab, rooms_of
from anahtar_web.accounts.queries import manager_of, path_to
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Head:
    """Name, way and pages.

    Parameters
    ----------
    above
        The visible accounts above it, the top first.
    current
        Name of the page that is open.
    here
        What is open below that page: a person, an interaction; empty: the page itself.
    chips
        What the account is, in words (`accounts.figures`), and what apps above mark it with (`accounts.marks`).
    manager
        Who answers for it today.
    may_edit, may_curate, may_assign
        What this person may do here; nothing of it on a merged account.
    """

    account: Account
    above: Sequence[Account]
    rooms: Sequence[Room]
    current: str
    here: str
    chips: Sequence[Any]
    manager: User | None
    may_edit: bool
    may_curate: bool
    may_assign: bool

    @property
    def title(self) -> str:
        """What the open page is called."""
        if self.here:
            return self.here
        if self.tab is not None:
            return str(self.tab.label)
        return {"edit": _("Edit"), "merge": _("Merge")}.get(self.current, _("Merged"))

    @property
    def tab(self) -> Tab | None:
        """The tab of the open page."""
        return next((tab for room in self.rooms for tab in room.tabs if tab.name == self.current), None)

    @classmethod
    def build(cls, account: Account, user: User, current: str, *, here: str = "") -> Self:
        """Build the head of an account that the person sees."""
        alone = account.merged_into_id is None
        return cls(
            account=account,
            above=path_to(account, user),
            rooms=rooms_of(account, user, current),
            current=current,
            here=here,
            chips=[*figures().chips(account), *marks_of(account, user)],
            manager=manager_of(account, today()),
            may_edit=alone and user.may(Right.EDIT_ACCOUNTS),
            may_curate=alone and user.may(Right.CURATE_ACCOUNTS),
            may_assign=alone and user.may(Right.ASSIGN_TEAMS),
        )
