"""The app as Django knows it."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.sources"
    label = "sources"

    def ready(self) -> None:
        """Refresh before each scheduled analysis; tell where people write words, and the trail our words."""
        from anahtar_web.schedules.before import register
        from anahtar_web.sources.scheduling import hold
        from anahtar_web.sources.words import tell_the_trail
        from anahtar_web.sources.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
        register(hold)
