"""Addresses of the app."""

from django.urls import URLPattern

app_name = "insight"

urlpatterns: list[URLPattern] = []
