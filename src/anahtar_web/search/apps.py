"""The app as Django knows it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.search"
    label = "search"

    def ready(self) -> None:
        """Listen to the trail, stand in the palette, and tell the doctor what we know."""
        from django.utils.translation import gettext_lazy as _

        from anahtar_web.audit.actions import listen
        from anahtar_web.search.actions import follow
        from anahtar_web.search.checks import register_checks
        from anahtar_web.search.palette import look
        from anahtar_web.ui import palette

        listen(follow)
        palette.register(palette.Source(_("Search"), look, place=80))
        register_checks()
