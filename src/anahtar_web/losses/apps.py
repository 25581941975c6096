"""The app as Django knows it."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from anahtar_web.insight.alongside import Analysed


class LossesConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.losses"
    label = "losses"

    def ready(self) -> None:
        """Take part in every analysis; tell the trail our words, and where people write words."""
        from anahtar_web.insight.alongside import Step, register
        from anahtar_web.losses.models import BridgeRow, Continuation, Gone, Lapse, LossReport, PartialLoss, WayBack
        from anahtar_web.losses.words import tell_the_trail
        from anahtar_web.losses.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
        kept = (LossReport, BridgeRow, Lapse, PartialLoss, Gone, Continuation, WayBack)
        register(Step("losses", _("adding up losses"), _reckon, kept))


def _reckon(analysed: "Analysed") -> None:
    # Only who analyses loads the query compiler.
    from anahtar_web.losses.publishing import publish

    publish(analysed)
