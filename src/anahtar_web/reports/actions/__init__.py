"""Everything that can happen to a report."""

from anahtar_web.reports.actions.mailing import KIND, UnableToMail, ask_for_due, due_at, mail
from anahtar_web.reports.actions.subscribing import MOST, UnableToSubscribe, subscribe, unsubscribe
from anahtar_web.reports.actions.taking import FORMS, Taken, UnableToTakeReport, take

__all__ = [
    "FORMS",
    "KIND",
    "MOST",
    "Taken",
    "UnableToMail",
    "UnableToSubscribe",
    "UnableToTakeReport",
    "ask_for_due",
    "due_at",
    "mail",
    "subscribe",
    "take",
    "unsubscribe",
]
