"""The app as Django knows it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Tell the doctor what we know, and where persons are held besides rows that refer to them."""
        from anahtar_web.privacy.checks import register_checks
        from anahtar_web.privacy.waiting import register_waiting

        register_checks()
        register_waiting()
