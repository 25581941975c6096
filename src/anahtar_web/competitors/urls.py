"""Addresses of the app: the directory, the portfolio, and the competitors at one account."""

from django.urls import path

from anahtar_web.competitors import views

app_name = "competitors"

urlpatterns = [
    path("competitors/", views.every, name="list"),
    path("competitors/new/", views.new, name="new"),
    path("competitors/attacks/", views.attacks, name="attacks"),
    path("competitors/attacks/export/", views.export, name="export"),
    path("competitors/<int:pk>/", views.one, name="one"),
    path("competitors/<int:pk>/edit/", views.edit, name="edit"),
    path("competitors/<int:pk>/merge/", views.merge, name="merge"),
    path("accounts/<int:pk>/competitors/", views.account, name="account"),
    path("accounts/<int:pk>/competitors/new/", views.enter, name="enter"),
    path("accounts/<int:pk>/competitors/share/", views.share, name="share"),
    path("accounts/<int:pk>/competitors/<int:presence>/", views.attack, name="attack"),
    path("accounts/<int:pk>/competitors/<int:presence>/edit/", views.edit_attack, name="edit_attack"),
    path("accounts/<int:pk>/competitors/<int:presence>/seen/", views.see, name="see"),
    path("accounts/<int:pk>/competitors/<int:presence>/threat/", views.decide, name="decide"),
    path("accounts/<int:pk>/competitors/<int:presence>/left/", views.leave, name="leave"),
]
