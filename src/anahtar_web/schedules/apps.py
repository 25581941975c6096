"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchedulesConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.schedules"
    label = "schedules"

    def ready(self) -> None:
        """Take part in every analysis, after all others; tell the trail our words, and where people write words."""
        from anahtar_web.insight.alongside import Step, register
        from anahtar_web.schedules.comparing import compare
        from anahtar_web.schedules.words import tell_the_trail
        from anahtar_web.schedules.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
        register(Step("schedules", _("comparing with the analysis before"), compare))
