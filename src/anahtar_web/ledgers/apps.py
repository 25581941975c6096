"""The app as Django knows it."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.ledgers"
    label = "ledgers"
