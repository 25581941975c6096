"""Addresses of the app."""

from django.urls import path

from anahtar_web.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.list_, name="list"),
    path("now/", views.now, name="now"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/again/", views.try_again, name="try_again"),
]
