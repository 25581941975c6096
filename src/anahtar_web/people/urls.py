"""Addresses of the app."""

from django.urls import path

from anahtar_web.people import views

app_name = "people"

urlpatterns = [
    path("", views.people, name="list"),
    path("invite/", views.invite_person, name="invite"),
    path("me/", views.profile, name="profile"),
    path("demo/", views.demo, name="demo"),
    path("demo/<int:pk>/", views.demo_sign_in, name="demo_sign_in"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/edit/", views.edit_person, name="edit"),
    path("<int:pk>/lock/", views.lock_person, name="lock"),
    path("<int:pk>/factors/", views.remove_factors_of, name="factors"),
    path("<int:pk>/link/", views.send_link, name="link"),
]
