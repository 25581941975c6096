"""The app as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Let the palette find accounts."""
        from django.utils.translation import gettext_lazy as _

        from anahtar_web.accounts.palette import look
        from anahtar_web.ui import palette

        palette.register(palette.Source(_("Accounts"), look, place=1))
