"""The app as Django knows it."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.gate"
    label = "gate"
