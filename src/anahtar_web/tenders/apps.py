"""The app as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TendersConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.tenders"
    label = "tenders"

    def ready(self) -> None:
        """Tell trail and competitors what we know; the reasons that come with the program are put into the list."""
        from anahtar_web.competitors.panels import LOOKS
        from anahtar_web.tenders.panel import met
        from anahtar_web.tenders.words import tell_the_trail
        from anahtar_web.tenders.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
        LOOKS.register(met)
        post_migrate.connect(_ship, sender=self)


def _ship(**_told: Any) -> None:
    from anahtar_web.company.reasons import ship
    from anahtar_web.tenders.models import Reason

    ship(Reason)
