"""Addresses of the app."""

from django.urls import path

from anahtar_web.audit import views

app_name = "audit"

urlpatterns = [
    path("", views.trail, name="trail"),
    path("trail.csv", views.trail_file, name="file"),
]
