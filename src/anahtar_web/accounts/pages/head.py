"""What stands above every page of one account: its name, where it belongs, and its other pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import path_to
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the account."""

    name: str
    label: Any
    icon: str
    address: str


@dataclass(frozen=True, slots=True)
class Head:
    """Name, way and pages.

    Parameters
    ----------
    above
        The visible accounts above it, the top first.
    current
        Name of the page that is open.
    may_edit, may_curate, may_assign
        What this person may do here; nothing of it on a merged account.
    """

    account: Account
    above: Sequence[Account]
    tabs: Sequence[Tab]
    current: str
    may_edit: bool
    may_curate: bool
    may_assign: bool

    @property
    def title(self) -> str:
        """What the open page is called."""
        tabs = {tab.name: str(tab.label) for tab in self.tabs}
        return tabs.get(self.current) or {"edit": _("Edit"), "merge": _("Merge")}.get(self.current, _("Merged"))

    @classmethod
    def build(cls, account: Account, user: User, current: str) -> Self:
        """Build the head of an account that the person sees."""
        alone = account.merged_into_id is None
        return cls(
            account=account,
            above=path_to(account, user),
            tabs=tabs_of(account, user),
            current=current,
            may_edit=alone and user.may(Right.EDIT_ACCOUNTS),
            may_curate=alone and user.may(Right.CURATE_ACCOUNTS),
            may_assign=alone and user.may(Right.ASSIGN_TEAMS),
        )


def tabs_of(account: Account, user: User) -> list[Tab]:
    """Give the pages of an account that a person may open."""
    return list(_tabs(account, user))


def _tabs(account: Account, user: User) -> Iterator[Tab]:
    pk = account.pk
    yield Tab("overview", _("Overview"), "layout-dashboard", reverse("insight:account", args=[pk]))
    yield Tab("key", _("Key status"), "key-round", reverse("insight:key", args=[pk]))
    yield Tab("team", _("Team"), "users", reverse("accounts:team", args=[pk]))
    yield Tab("group", _("Group and payer"), "network", reverse("accounts:group", args=[pk]))
    if user.may(Right.READ_ACCOUNT_TRAIL):
        yield Tab("trail", _("Trail"), "scroll-text", reverse("accounts:trail", args=[pk]))
