"""Addresses of the app; the list and the page of an account belong to `insight`."""

from django.urls import path

from anahtar_web.accounts.views import duplicates, editing, groups, teams

app_name = "accounts"

urlpatterns = [
    path("new/", editing.new, name="new"),
    path("find/", editing.find, name="find"),
    path("assign/", teams.assign, name="assign"),
    path("teams/", teams.teams, name="teams"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/apart/", duplicates.apart, name="apart"),
    path("duplicates/apart/<int:dismissal>/again/", duplicates.suggest_again, name="suggest_again"),
    path("duplicates/<int:pk>/<int:other>/", duplicates.pair, name="pair"),
    path("duplicates/<int:pk>/<int:other>/apart/", duplicates.tell_apart, name="tell_apart"),
    path("merges/", duplicates.merges, name="merges"),
    path("merges/<int:merge>/undo/", duplicates.undo_merge, name="undo_merge"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/team/", teams.team, name="team"),
    path("<int:pk>/team/hand-over/", teams.hand_over, name="hand_over"),
    path("<int:pk>/team/join/", teams.join_team, name="join_team"),
    path("<int:pk>/team/<int:assignment>/end/", teams.end_part, name="end_part"),
    path("<int:pk>/group/", groups.group, name="group"),
    path("<int:pk>/group/put/", groups.put_into_group, name="put_into_group"),
    path("<int:pk>/group/new/", groups.create_group, name="create_group"),
    path("<int:pk>/group/out/", groups.take_out, name="take_out"),
    path("<int:pk>/group/ledger/", groups.follow_ledger, name="follow_ledger"),
    path("<int:pk>/companies/", groups.companies, name="companies"),
    path("<int:pk>/merge/", duplicates.merge, name="merge"),
    path("<int:pk>/trail/", editing.trail, name="trail"),
]
