"""The app as Django knows it."""

from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.interactions"
    label = "interactions"

    def ready(self) -> None:
        """Follow the groups of accounts; tell the trail how to write what happens here."""
        from anahtar_web.accounts.lineage import on_rebuilt
        from anahtar_web.interactions.actions import regroup
        from anahtar_web.interactions.words import tell_the_trail
        from anahtar_web.interactions.written import tell_where_words_stand

        on_rebuilt.append(regroup)
        tell_the_trail()
        tell_where_words_stand()
