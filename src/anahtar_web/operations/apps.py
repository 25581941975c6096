"""The app as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.operations"
    label = "operations"

    def ready(self) -> None:
        """Register the checks of Django, the questions of the doctor and the copies that hold persons."""
        import_module("anahtar_web.operations.checks")
        import_module("anahtar_web.operations.questions")
        import_module("anahtar_web.operations.held")
