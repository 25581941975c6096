"""The app as Django knows it."""

from django.apps import AppConfig


class CompanyConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.company"
    label = "company"
