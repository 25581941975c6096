"""Addresses of competitors, one module per room: the directory, the portfolio, one account."""

from anahtar_web.competitors.views.account import account, attack, decide, edit_attack, enter, leave, see, share
from anahtar_web.competitors.views.directory import edit, every, merge, new, one
from anahtar_web.competitors.views.portfolio import attacks, export

__all__ = [
    "account",
    "attack",
    "attacks",
    "decide",
    "edit",
    "edit_attack",
    "enter",
    "every",
    "export",
    "leave",
    "merge",
    "new",
    "one",
    "see",
    "share",
]
