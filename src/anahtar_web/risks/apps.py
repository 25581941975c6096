"""The app as Django knows it."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.risks"
    label = "risks"
