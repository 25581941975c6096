"""The app as Django knows it."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.signals"
    label = "signals"
