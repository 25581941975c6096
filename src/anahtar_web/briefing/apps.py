"""The app as Django knows it."""

from django.apps import AppConfig


class BriefingConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.briefing"
    label = "briefing"
