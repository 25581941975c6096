"""Addresses of the app: lists, campaigns, offers, and who may grant them."""

from django.urls import path

from anahtar_web.winbacks.views import campaigning, listing, offering, reading

app_name = "winbacks"

urlpatterns = [
    path("winbacks/", reading.overview, name="overview"),
    path("winbacks/limits/", offering.limits, name="limits"),
    path("winbacks/lists/new/", listing.new, name="new_list"),
    path("winbacks/lists/<int:pk>/", reading.a_list, name="list"),
    path("winbacks/lists/<int:pk>/edit/", listing.edit, name="edit_list"),
    path("winbacks/lists/<int:pk>/cases/", listing.open_cases, name="open_cases"),
    path("winbacks/lists/<int:pk>/export/", listing.export, name="export"),
    path("winbacks/campaigns/new/", campaigning.new, name="new_campaign"),
    path("winbacks/campaigns/<int:pk>/", reading.campaign, name="campaign"),
    path("winbacks/campaigns/<int:pk>/edit/", campaigning.edit, name="edit_campaign"),
    path("winbacks/campaigns/<int:pk>/start/", campaigning.start, name="start"),
    path("winbacks/campaigns/<int:pk>/end/", campaigning.end, name="end"),
    path("winbacks/cases/<int:case>/", reading.of_case, name="of_case"),
    path("winbacks/cases/<int:case>/new/", offering.new, name="new_offer"),
    path("winbacks/offers/<int:pk>/", reading.offer, name="offer"),
    path("winbacks/offers/<int:pk>/edit/", offering.edit, name="edit_offer"),
    path("winbacks/offers/<int:pk>/submit/", offering.submit, name="submit"),
    path("winbacks/offers/<int:pk>/decide/", offering.decide, name="decide"),
    path("winbacks/offers/<int:pk>/send/", offering.send, name="send"),
    path("winbacks/offers/<int:pk>/answer/", offering.answer, name="answer"),
    path("winbacks/offers/<int:pk>/withdraw/", offering.withdraw, name="withdraw"),
]
