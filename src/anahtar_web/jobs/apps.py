"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Find what every app can run in the background (`<app>/jobs.py`)."""
        autodiscover_modules("jobs")
