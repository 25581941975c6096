"""The app as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Tell the palette, the trail, the doctor and the pages of people what we know."""
        from django.utils.translation import gettext_lazy as _

        from anahtar_web.accounts.checks import register_checks
        from anahtar_web.accounts.colleagues import tell_people
        from anahtar_web.accounts.palette import look
        from anahtar_web.accounts.words import tell_the_trail
        from anahtar_web.accounts.written import tell_where_words_stand
        from anahtar_web.ui import palette

        palette.register(palette.Source(_("Accounts"), look, place=1))
        tell_the_trail()
        tell_where_words_stand()
        tell_people()
        register_checks()
