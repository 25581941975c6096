"""The app as Django knows it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.files"
    label = "files"

    def ready(self) -> None:
        """Tell the trail and the doctor what we know."""
        from anahtar_web.files.actions.lettering import LARGEST
        from anahtar_web.files.checks import register_checks
        from anahtar_web.files.incoming import Allowance, allow
        from anahtar_web.files.words import tell_the_trail
        from anahtar_web.files.written import tell_where_words_stand
        from anahtar_web.gate.rights import Right

        tell_the_trail()
        tell_where_words_stand()
        register_checks()
        allow(Right.CHANGE_COMPANY, Allowance(lambda: LARGEST))
