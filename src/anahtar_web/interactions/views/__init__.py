"""Addresses of the app, by what they are about."""

from anahtar_web.interactions.views.agreeing import agree, drop_step, finish_step, move_step
from anahtar_web.interactions.views.calendar import calendar, end_calendar, feed, new_calendar
from anahtar_web.interactions.views.dropping import drop, dropped
from anahtar_web.interactions.views.happening import account, delete, edit, every, one, say_who, write

__all__ = [
    "account",
    "agree",
    "calendar",
    "delete",
    "drop",
    "drop_step",
    "dropped",
    "edit",
    "end_calendar",
    "every",
    "feed",
    "finish_step",
    "move_step",
    "new_calendar",
    "one",
    "say_who",
    "write",
]
