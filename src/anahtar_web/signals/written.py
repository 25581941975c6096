"""Where people write words of signals."""

from anahtar_web.audit.written import register
from anahtar_web.signals.models import SignalDecision


def tell_where_words_stand() -> None:
    """Tell of the table; called when the program starts."""
    register(SignalDecision, account="signal__account")
