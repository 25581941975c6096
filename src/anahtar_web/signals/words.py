"""How the trail writes what is decided on signals: it is told of the account."""

from typing import Any, Final

from django.utils.dateparse import parse_date
from django.utils.translation import pgettext_lazy

from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.signals.models import Kind, Reason, State
from anahtar_web.ui.templatetags.shown import day

_LABELS: Final[dict[str, Any]] = {
    "signal": pgettext_lazy("of a signal", "signal"),
    "signal_state": pgettext_lazy("of a signal", "what became of it"),
    "signal_until": pgettext_lazy("of a signal", "until"),
    "signal_reason": pgettext_lazy("of a signal", "why"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS.setdefault("account", {}).update(_LABELS)
    WRITERS.setdefault("account", {}).update(
        {"signal": _of(Kind), "signal_state": _of(State), "signal_reason": _of(Reason), "signal_until": _day}
    )


def _of(choices: Any) -> Any:
    def write(stored: Any) -> str:
        return str(choices(stored).label) if stored in choices.values else str(stored)

    return write


def _day(stored: Any) -> str:
    return day(parse_date(str(stored)))
