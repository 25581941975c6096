"""The app as Django knows it."""

from django.apps import AppConfig


class ForesightConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.foresight"
    label = "foresight"
