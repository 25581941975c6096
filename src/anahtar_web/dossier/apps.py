"""The app as Django knows it."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.dossier"
    label = "dossier"

    def ready(self) -> None:
        """Tell the trail how to write what happens to dossiers."""
        from anahtar_web.dossier.words import tell_the_trail
        from anahtar_web.dossier.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
