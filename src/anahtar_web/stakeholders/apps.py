"""The app as Django knows it."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.stakeholders"
    label = "stakeholders"

    def ready(self) -> None:
        """Tell the trail how to write what happens to people at accounts, and where words of them stand."""
        from anahtar_web.audit.actions import unname
        from anahtar_web.stakeholders.unnaming import without_names
        from anahtar_web.stakeholders.words import tell_the_trail
        from anahtar_web.stakeholders.written import tell_where_words_stand

        tell_the_trail()
        tell_where_words_stand()
        unname(without_names)
