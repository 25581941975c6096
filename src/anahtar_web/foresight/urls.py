"""Addresses of the app."""

from django.urls import path

from anahtar_web.foresight import views

app_name = "foresight"

urlpatterns = [
    path("foresight/", views.proof, name="proof"),
    path("accounts/<int:pk>/foresight/", views.account, name="account"),
    path("accounts/<int:pk>/foresight/days/", views.days, name="days"),
    path("accounts/<int:pk>/foresight/short/", views.short, name="short"),
]
