"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForesightConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.foresight"
    label = "foresight"

    def ready(self) -> None:
        """Take part in every analysis."""
        from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook
        from anahtar_web.foresight.publishing import reckon
        from anahtar_web.foresight.queries import why
        from anahtar_web.insight.alongside import Step, register

        register(
            Step(
                "foresight",
                _("writing down what is foreseen"),
                reckon,
                models=(Outlook, DirectionOutlook, Forecast),
                why=why,
            )
        )
