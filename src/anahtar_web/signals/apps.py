"""The app as Django knows it."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from anahtar_web.insight.models import Run


class SignalsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.signals"
    label = "signals"

    def ready(self) -> None:
        """Follow every analysis; tell the trail our words, and where people write words."""
        from anahtar_web.foresight.panels import LOOKS
        from anahtar_web.insight.alongside import Step, register
        from anahtar_web.signals.panel import became
        from anahtar_web.signals.words import tell_the_trail
        from anahtar_web.signals.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
        register(Step("signals", _("looking for signals"), after=_follow))
        LOOKS.register(became)
        if settings.DEMO:
            from anahtar_web.insight.story import add_chapter
            from anahtar_web.signals.story import decide_all

            add_chapter("signals", _("Signals are decided on, and some become cases"), decide_all)


def _follow(run: "Run") -> None:
    # Only who analyses loads the forecast.
    from anahtar_web.signals.actions.following import follow

    follow(run)
