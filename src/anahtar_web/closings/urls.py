"""Addresses of the app."""

from django.urls import path

from anahtar_web.closings import views

app_name = "closings"

urlpatterns = [
    path("settings/closing/", views.closing, name="closing"),
    path("settings/closing/close/", views.close, name="close"),
    path("settings/closing/save/", views.save, name="save"),
    path("settings/closing/<int:pk>/", views.month, name="month"),
    path("settings/closing/<int:pk>/accept/", views.accept, name="accept"),
    path("settings/closing/<int:pk>/reopen/", views.reopen, name="reopen"),
]
