"""The app as Django knows it."""

from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.strategies"
    label = "strategies"

    def ready(self) -> None:
        """Tell the trail how to write what happens to strategies."""
        from anahtar_web.strategies.words import tell_the_trail
        from anahtar_web.strategies.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
