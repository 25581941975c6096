"""Addresses of the app."""

from django.urls import path

from anahtar_web.history import views

app_name = "history"

urlpatterns = [path("accounts/<int:pk>/history/", views.account, name="account")]
