"""The app as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.jobs"
    label = "jobs"
