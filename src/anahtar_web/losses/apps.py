"""The app as Django knows it."""

from django.apps import AppConfig


class LossesConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.losses"
    label = "losses"
