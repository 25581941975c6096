"""The pages of one account, by room: a page stands here before there is one, and shows once it works."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Page:
    """A page that every account may have.

    Parameters
    ----------
    name
        What its own page calls itself (`current`).
    view
        Name of its address.
    right
        Who lacks it is not shown the tab.
    """

    name: str
    label: Any
    icon: str
    view: str
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the account, for one person."""

    name: str
    label: Any
    icon: str
    address: str


@dataclass(frozen=True, slots=True)
class Room:
    """Pages that belong together: a tab of the upper row, its pages are the lower row.

    Parameters
    ----------
    current
        Whether the open page is one of them.
    """

    label: Any
    icon: str
    tabs: Sequence[Tab]
    current: bool

    @property
    def address(self) -> str:
        """Where the room begins."""
        return self.tabs[0].address


ROOMS: Final[tuple[tuple[Any, str, tuple[Page, ...]], ...]] = (
    (
        _("Overview"),
        "layout-dashboard",
        (
            Page("overview", _("Overview"), "layout-dashboard", "insight:account"),
            Page("change", _("What changed"), "arrow-up-down", "insight:change"),
            Page("passport", _("Why this class"), "scale", "insight:passport"),
            Page("foresight", _("Foresight"), "telescope", "foresight:account"),
        ),
    ),
    (
        _("Dossier"),
        "book-open",
        (
            Page("briefing", _("In five minutes"), "book-open", "briefing:account"),
            Page("profile", _("Profile"), "id-card", "dossier:profile"),
            Page("files", _("Files"), "paperclip", "files:account"),
            Page("readers", _("Readers"), "eye", "dossier:readers"),
        ),
    ),
    (
        _("History"),
        "history",
        (
            Page("history", _("Timeline"), "history", "history:account"),
            Page("interactions", _("Interactions"), "messages-square", "interactions:account"),
            Page("tenders", _("Tenders"), "gavel", "tenders:account"),
            Page("deliveries", _("Deliveries"), "truck", "deliveries:account"),
        ),
    ),
    (
        _("People"),
        "waypoints",
        (
            Page("map", _("Decision map"), "waypoints", "stakeholders:map"),
            Page("relations", _("Relations"), "grid-3x3", "stakeholders:matrix"),
            Page("people", _("Table"), "table", "stakeholders:table"),
            Page("decision", _("Rule of decision"), "vote", "stakeholders:rule"),
        ),
    ),
    (
        _("Competitors"),
        "swords",
        (Page("competitors", _("Competitors"), "swords", "competitors:account"),),
    ),
    (
        _("Management"),
        "key-round",
        (
            Page("key", _("Key status"), "key-round", "insight:key"),
            Page("risks", _("Risks"), "shield-alert", "risks:account"),
            Page("strategy", _("Strategy"), "route", "strategies:account"),
            Page("team", _("Team"), "users", "accounts:team"),
            Page("group", _("Group and payer"), "network", "accounts:group"),
            Page("trail", _("Trail"), "scroll-text", "accounts:trail", Right.READ_ACCOUNT_TRAIL),
        ),
    ),
)


def rooms_of(account: Account, user: User, current: str) -> list[Room]:
    """Give the rooms of an account with the pages that a person may open."""
    found = []
    for label, icon, pages in ROOMS:
        tabs = list(_tabs(account, user, pages))
        if tabs:
            found.append(Room(label, icon, tabs, any(tab.name == current for tab in tabs)))
    return found


def _tabs(account: Account, user: User, pages: Sequence[Page]) -> Iterator[Tab]:
    for page in pages:
        if page.right is not None and not user.may(page.right):
            continue
        try:
            yield Tab(page.name, page.label, page.icon, reverse(page.view, args=[account.pk]))
        except NoReverseMatch:
            continue
