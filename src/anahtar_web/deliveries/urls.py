"""Addresses of the app."""

from django.urls import path

from anahtar_web.deliveries import views

app_name = "deliveries"

urlpatterns = [
    path("accounts/<int:pk>/deliveries/", views.account, name="account"),
    path("accounts/<int:pk>/deliveries/<int:line>/", views.line, name="line"),
    path("accounts/<int:pk>/deliveries/export/", views.export, name="export"),
    path("deliveries/terms/", views.agreed, name="terms"),
]
