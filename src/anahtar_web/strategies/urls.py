"""Addresses of the app: strategies, and what holds for an account."""

from django.urls import path

from anahtar_web.strategies import views

app_name = "strategies"

urlpatterns = [
    path("strategies/", views.every, name="list"),
    path("strategies/preview/", views.preview, name="preview"),
    path("strategies/conduct/", views.conduct, name="conduct"),
    path("strategies/<str:code>/", views.one, name="one"),
    path("strategies/<str:code>/write/", views.write, name="write"),
    path("strategies/<str:code>/versions/<int:number>/", views.version, name="version"),
    path("strategies/<str:code>/versions/<int:number>/restore/", views.restore, name="restore"),
    path("accounts/<int:pk>/strategy/", views.account, name="account"),
    path("accounts/<int:pk>/strategy/deviate/", views.deviate, name="deviate"),
    path("accounts/<int:pk>/strategy/end/", views.end_deviation, name="end_deviation"),
]
