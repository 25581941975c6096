"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetitorsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.competitors"
    label = "competitors"

    def ready(self) -> None:
        """Tell the trail how to write what happens to competitors, and the palette how to find them."""
        from anahtar_web.competitors.palette import look
        from anahtar_web.competitors.words import tell_the_trail
        from anahtar_web.competitors.written import tell_where_words_stand
        from anahtar_web.ui.palette import Source, register

        tell_the_trail()
        tell_where_words_stand()
        register(Source(_("Competitors"), look, place=3))
