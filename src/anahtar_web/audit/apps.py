"""The app as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.audit"
    label = "audit"

    def ready(self) -> None:
        """Register the questions of the doctor."""
        from anahtar_web.audit import checks  # noqa: F401
