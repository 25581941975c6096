"""The app as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.audit"
    label = "audit"
