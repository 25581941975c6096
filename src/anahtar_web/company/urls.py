"""Addresses of the app."""

from django.urls import path

from anahtar_web.company import views

app_name = "company"

urlpatterns = [
    path("", views.settings, name="settings"),
    path("company/save/", views.save_company, name="save_company"),
    path("thresholds/", views.thresholds, name="thresholds"),
    path("thresholds/save/", views.save_thresholds, name="save_thresholds"),
    path("criteria/", views.criteria, name="criteria"),
    path("criteria/save/", views.save_criteria, name="save_criteria"),
    path("criteria/save-text/", views.save_criteria_text, name="save_criteria_text"),
    path("setup/", views.setup, name="setup"),
]
