"""The menu: one row per page a person may open. What does not work yet is not in it."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.rights import Right


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu.

    Parameters
    ----------
    view
        Name of the address, e.g. `insight:accounts`.
    label, icon
        What it says; a Lucide name.
    right
        Who lacks it does not see the line (and would be refused behind it).
    keys
        The shortcut that opens it: `g a`.
    also
        Pages of it whose address lies elsewhere, below another line's.
    """

    view: str
    label: Any
    icon: str
    right: Right | None = None
    keys: str = ""
    group: Any = ""
    also: tuple[str, ...] = ()


ENTRIES: Final = (
    Entry("insight:portfolio", _("Portfolio"), "chart-pie", keys="g o"),
    Entry("insight:matrix", _("Matrix"), "grid-3x3", keys="g m"),
    Entry("insight:accounts", _("Accounts"), "building-2", keys="g a"),
    Entry("signals:list", _("Signals"), "bell-ring", keys="g y"),
    Entry("insight:key_accounts", _("Key accounts"), "key-round", keys="g k"),
    Entry("interactions:list", _("Interactions"), "messages-square", keys="g n"),
    Entry("tenders:board", _("Tenders"), "gavel", keys="g h"),
    Entry("competitors:list", _("Competitors"), "swords", keys="g c"),
    Entry("foresight:proof", _("Foresight"), "telescope", keys="g v"),
    Entry("risks:board", _("Risks"), "shield-alert", keys="g r"),
    Entry("losses:overview", _("Losses"), "trending-down", keys="g l"),
    Entry("winbacks:overview", _("Win-back"), "undo-2", keys="g w"),
    Entry("dossier:to_confirm", _("Facts to confirm"), "badge-check", keys="g f"),
    Entry("strategies:list", _("Strategies"), "route", keys="g b"),
    Entry("people:list", _("People and teams"), "users", Right.SEE_PEOPLE, "g p", also=("accounts:teams",)),
    Entry("accounts:duplicates", _("Duplicates"), "copy", Right.CURATE_ACCOUNTS, "g d", _("Data")),
    Entry("ledgers:list", _("Imports"), "file-up", Right.SEE_IMPORTS, "g i", _("Data")),
    Entry("jobs:list", _("Jobs"), "activity", Right.SEE_IMPORTS, "g j", _("Data")),
    Entry("company:settings", _("Settings"), "settings", Right.SEE_SETTINGS, "g s", _("Administration")),
    Entry("dossier:kinds", _("Kinds of facts"), "list-tree", Right.DEFINE_DOSSIER, "", _("Administration")),
    Entry("audit:trail", _("Audit trail"), "scroll-text", Right.READ_TRAIL, "g t", _("Administration")),
)


ACTIONS: Final = (
    Entry("ledgers:new", _("Import a file"), "upload", Right.IMPORT),
    Entry("accounts:new", _("Add an account"), "building-2", Right.EDIT_ACCOUNTS),
    Entry("people:invite", _("Invite a person"), "user-plus", Right.MANAGE_PEOPLE),
    Entry("search:results", _("Search the dossiers"), "text-search"),
    Entry("privacy:erasures", _("Erased persons"), "eraser", Right.PROTECT_PERSONS),
    Entry("people:profile", _("My profile"), "circle-user"),
    Entry("mfa_index", _("Sign-in and security"), "shield-check"),
    Entry("account_change_password", _("Change the password"), "lock-keyhole"),
    Entry("ui:shortcuts", _("Keyboard shortcuts"), "keyboard", keys="?"),
)
"""What the palette offers besides the menu."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry for one request: with its address, and whether the person is there."""

    entry: Entry
    address: str
    current: bool


def navigation(request: HttpRequest) -> list[Line]:
    """Give the lines this person may open, in the order of the menu."""
    return _lines(request, ENTRIES)


def actions(request: HttpRequest) -> list[Line]:
    """Give the actions this person may begin."""
    return _lines(request, ACTIONS)


def _lines(request: HttpRequest, entries: tuple[Entry, ...]) -> list[Line]:
    found = []
    for entry in entries:
        if entry.right is not None and not request.user.may(entry.right):  # type: ignore[union-attr]
            continue
        try:
            found.append((entry, reverse(entry.view)))
        except NoReverseMatch:
            continue
    # The longest address wins: /accounts/duplicates/ lies below /accounts/ and is another page.
    places = [(place, entry) for entry, address in found for place in (address, *map(reverse, entry.also))]
    at = [(place, entry) for place, entry in places if _is_at(request.path, place)]
    here = max(at, key=lambda one: len(one[0]), default=("", None))[1]
    return [Line(entry, address, entry is here) for entry, address in found]


def _is_at(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
