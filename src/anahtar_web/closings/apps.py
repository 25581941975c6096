"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClosingsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.closings"
    label = "closings"

    def ready(self) -> None:
        """Look at closed months after every analysis, say on the page of an import what it changes, tell the trail."""
        from anahtar_web.closings.actions.looking import look_after
        from anahtar_web.closings.panels import of_import
        from anahtar_web.closings.words import tell_the_trail
        from anahtar_web.closings.written import tell_where_words_stand
        from anahtar_web.insight.alongside import Step, register
        from anahtar_web.ledgers.beside import LOOKS

        tell_the_trail()
        tell_where_words_stand()
        LOOKS.register(of_import)
        register(Step("closings", _("holding closed months against the ledger"), after=look_after))
