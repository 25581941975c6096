"""The app as Django knows it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.ui"
    label = "ui"

    def ready(self) -> None:
        """Be told when answers begin and end."""
        from anahtar_web.ui.afterwards import listen

        listen()
