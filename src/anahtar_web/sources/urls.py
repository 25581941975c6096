"""Addresses of the app."""

from django.urls import path

from anahtar_web.sources import views

app_name = "sources"

urlpatterns = [
    path("", views.sources, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.source, name="source"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/look/", views.look, name="look"),
    path("<int:pk>/refresh/", views.refresh, name="refresh"),
    path("<int:pk>/forget/", views.forget, name="forget"),
]
