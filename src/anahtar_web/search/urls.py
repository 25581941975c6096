"""Addresses of the app."""

from django.urls import path

from anahtar_web.search import views

app_name = "search"

urlpatterns = [path("search/", views.results, name="results")]
