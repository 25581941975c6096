"""Addresses of the app."""

from django.urls import path

from anahtar_web.privacy import views

app_name = "privacy"

_ONE = "accounts/<int:pk>/people/<int:who>/data/"

urlpatterns = [
    path("privacy/erasures/", views.erasures, name="erasures"),
    path(_ONE, views.person, name="person"),
    path(f"{_ONE}export/", views.export, name="export"),
    path(f"{_ONE}erase/", views.erase, name="erase"),
]
