"""Addresses of the app."""

from django.urls import path

from anahtar_web.signals.views import deciding, reading

app_name = "signals"

urlpatterns = [
    path("signals/", reading.listing, name="list"),
    path("signals/mine/", reading.mini, name="mini"),
    path("accounts/<int:pk>/signals/", reading.of_account, name="account"),
    path("signals/<int:signal>/snooze/", deciding.snooze, name="snooze"),
    path("signals/<int:signal>/case/", deciding.make_case, name="make_case"),
    path("signals/<int:signal>/dismiss/", deciding.dismiss, name="dismiss"),
    path("signals/<int:signal>/take-up/", deciding.take_up, name="take_up"),
]
