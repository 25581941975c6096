"""Addresses of the app."""

from django.urls import path

from anahtar_web.briefing import views

app_name = "briefing"

urlpatterns = [
    path("accounts/<int:pk>/briefing/", views.account, name="account"),
    path("accounts/<int:pk>/briefing/document/", views.document, name="document"),
]
