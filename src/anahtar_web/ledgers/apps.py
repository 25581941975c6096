"""The app as Django knows it."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.ledgers"
    label = "ledgers"

    def ready(self) -> None:
        """Say how large the files of imports may be."""
        from anahtar_web.ledgers.allowance import allow_imports
        from anahtar_web.ledgers.written import tell_where_words_stand

        tell_where_words_stand()
        allow_imports()
