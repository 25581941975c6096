"""Addresses of the app."""

from django.urls import path

from anahtar_web.ui import views

app_name = "ui"

urlpatterns = [
    path("palette/", views.palette, name="palette"),
    path("shortcuts/", views.shortcuts, name="shortcuts"),
    path("components/", views.components, name="components"),
    path("language/", views.language, name="language"),
]
