"""The app as Django knows it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.ui"
    label = "ui"
