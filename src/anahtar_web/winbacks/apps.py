"""The app as Django knows it."""

from django.apps import AppConfig


class WinbacksConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.winbacks"
    label = "winbacks"
