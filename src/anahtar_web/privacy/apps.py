"""The app as Django knows it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Tell the doctor what we know."""
        from anahtar_web.privacy.checks import register_checks

        register_checks()
