"""Addresses of the app."""

from django.urls import path

from anahtar_web.risks import views

app_name = "risks"

urlpatterns = [
    path("risks/", views.board, name="board"),
    path("risks/reasons/", views.reasons, name="reasons"),
    path("risks/reasons/<int:pk>/", views.reason, name="reason"),
    path("accounts/<int:pk>/risks/", views.account, name="account"),
    path("accounts/<int:pk>/risks/new/", views.new, name="new"),
    path("accounts/<int:pk>/risks/<int:case>/", views.case, name="case"),
    path("accounts/<int:pk>/risks/<int:case>/edit/", views.edit, name="edit"),
    path("accounts/<int:pk>/risks/<int:case>/move/", views.move, name="move"),
    path("accounts/<int:pk>/risks/<int:case>/place/", views.place, name="place"),
    path("accounts/<int:pk>/risks/<int:case>/loss/", views.loss, name="loss"),
]
