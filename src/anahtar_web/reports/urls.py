"""Addresses of the app, all below the portfolio's."""

from django.urls import path

from anahtar_web.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.report, name="report"),
    path("monthly/", views.subscribe, name="subscribe"),
    path("monthly/<int:pk>/end/", views.unsubscribe, name="unsubscribe"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
