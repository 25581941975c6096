"""Addresses of the app."""

from django.urls import path

from anahtar_web.files import views

app_name = "files"

urlpatterns = [
    path("accounts/<int:pk>/files/", views.account, name="account"),
    path("accounts/<int:pk>/files/new/", views.attach, name="attach"),
    path("files/<int:pk>/", views.download, name="download"),
    path("files/<int:pk>/preview/", views.preview, name="preview"),
    path("settings/letterhead/", views.letterhead, name="letterhead"),
    path("settings/letterhead/logo/", views.logo, name="logo"),
    path("settings/letterhead/logo/put/", views.put_logo, name="put_logo"),
    path("settings/letterhead/logo/take-off/", views.take_logo_off, name="take_logo_off"),
    path("files/<int:pk>/remove/", views.remove, name="remove"),
]
