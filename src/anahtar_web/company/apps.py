"""The app as Django knows it."""

from django.apps import AppConfig


class CompanyConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.company"
    label = "company"

    def ready(self) -> None:
        """Tell the trail how to write the company's settings."""
        from anahtar_web.company.words import register

        register()
