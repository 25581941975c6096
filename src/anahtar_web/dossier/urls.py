"""Addresses of the app: the profile of an account, facts to confirm, and the kinds of facts."""

from django.urls import path

from anahtar_web.dossier.views import confirming, kinds, profile, sheets

app_name = "dossier"

urlpatterns = [
    path("accounts/<int:pk>/profile/", profile.profile, name="profile"),
    path("accounts/<int:pk>/profile/read/", profile.note_reading, name="note_reading"),
    path("accounts/<int:pk>/profile/file/", profile.facts_file, name="facts_file"),
    path("accounts/<int:pk>/profile/group/", profile.group, name="group"),
    path("accounts/<int:pk>/readers/", profile.readers, name="readers"),
    path("accounts/<int:pk>/facts/write/<str:kind>/", profile.write, name="write"),
    path("accounts/<int:pk>/facts/<int:fact>/", profile.fact, name="fact"),
    path("accounts/<int:pk>/facts/<int:fact>/change/", profile.change, name="change"),
    path("accounts/<int:pk>/facts/<int:fact>/confirm/", profile.confirm, name="confirm"),
    path("accounts/<int:pk>/facts/<int:fact>/retract/", profile.retract, name="retract"),
    path("accounts/<int:pk>/sheets/<str:sheet>/add/", sheets.add_sheet, name="add_sheet"),
    path("accounts/<int:pk>/sheets/<str:sheet>/<int:row>/", sheets.sheet, name="sheet"),
    path("accounts/<int:pk>/sheets/<str:sheet>/<int:row>/change/", sheets.change_sheet, name="change_sheet"),
    path("accounts/<int:pk>/sheets/<str:sheet>/<int:row>/remove/", sheets.remove_sheet, name="remove_sheet"),
    path("facts/", confirming.to_confirm, name="to_confirm"),
    path("facts/<int:fact>/confirm/", confirming.answer_yes, name="answer_yes"),
    path("facts/<int:fact>/postpone/", confirming.answer_later, name="answer_later"),
    path("settings/dossier/", kinds.kinds, name="kinds"),
    path("settings/dossier/add/", kinds.add_kind, name="add_kind"),
    path("settings/dossier/<str:kind>/", kinds.change_kind, name="change_kind"),
    path("settings/dossier/<str:kind>/retire/", kinds.retire_kind, name="retire_kind"),
    path("settings/dossier/<str:kind>/move/", kinds.move_kind, name="move_kind"),
]
