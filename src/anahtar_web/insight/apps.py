"""The app as Django knows it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.insight"
    label = "insight"
