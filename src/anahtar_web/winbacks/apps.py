"""The app as Django knows it."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from anahtar_web.insight.models import Run


class WinbacksConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.winbacks"
    label = "winbacks"

    def ready(self) -> None:
        """Tell the trail our words, hear of cases that are won back, and follow every analysis."""
        from anahtar_web.insight.alongside import Step, register
        from anahtar_web.risks.actions import listen_moves
        from anahtar_web.winbacks.actions import hear
        from anahtar_web.winbacks.words import tell_the_trail
        from anahtar_web.winbacks.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
        listen_moves(hear)
        register(Step("winbacks", _("letting offers run out"), after=_follow))
        if settings.DEMO:
            from anahtar_web.insight.story import add_chapter
            from anahtar_web.winbacks.story import win_back

            add_chapter("winbacks", _("A campaign is drawn, and two offers are made"), win_back)


def _follow(run: "Run") -> None:
    from anahtar_web.winbacks.actions import follow

    follow(run)
