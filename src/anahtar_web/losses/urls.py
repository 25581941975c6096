"""Addresses of the app."""

from django.urls import path

from anahtar_web.losses.views import leaving, reading, saying

app_name = "losses"

urlpatterns = [
    path("losses/", reading.overview, name="overview"),
    path("losses/where/", reading.places, name="places"),
    path("losses/where/accounts/", reading.place, name="place"),
    path("losses/accounts/", reading.accounts, name="accounts"),
    path("losses/accounts/export/", leaving.export_accounts, name="export"),
    path("losses/months/", reading.lapses, name="lapses"),
    path("losses/directions/", reading.parts, name="parts"),
    path("losses/what-if/", reading.what_if, name="what_if"),
    path("losses/way-back/", reading.way_back, name="way_back"),
    path("losses/way-back/export/", leaving.export_ways_back, name="export_way_back"),
    path("losses/successors/", saying.successors, name="successors"),
    path("losses/successors/say/", saying.say, name="say"),
]
