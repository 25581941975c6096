"""Addresses of the app."""

from django.urls import path

from anahtar_web.schedules import views

app_name = "schedules"

urlpatterns = [
    path("settings/schedule/", views.schedule, name="schedule"),
    path("settings/schedule/save/", views.save, name="save"),
    path("settings/schedule/<int:run>/", views.moved, name="moved"),
]
