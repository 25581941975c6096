"""Addresses of the app: tenders of an account, one tender, the board and what it teaches, files of past tenders."""

from django.urls import path

from anahtar_web.tenders.views import deciding, defining, importing, leaving, reading, writing

app_name = "tenders"

urlpatterns = [
    path("accounts/<int:pk>/tenders/", reading.account, name="account"),
    path("accounts/<int:pk>/tenders/new/", writing.new_of, name="new_of"),
    path("tenders/", reading.board, name="board"),
    path("tenders/list/", reading.table, name="list"),
    path("tenders/list/export/", leaving.export, name="export"),
    path("tenders/statistics/", reading.statistics, name="statistics"),
    path("tenders/new/", writing.new, name="new"),
    path("tenders/reasons/", defining.reasons, name="reasons"),
    path("tenders/reasons/<int:pk>/", defining.reason, name="reason"),
    path("tenders/imports/", importing.imports, name="imports"),
    path("tenders/imports/<int:pk>/", importing.one, name="import"),
    path("tenders/imports/<int:pk>/bring/", importing.bring, name="bring"),
    path("tenders/imports/<int:pk>/take-back/", importing.take_back, name="take_back"),
    path("tenders/imports/<int:pk>/left/", importing.left, name="left"),
    path("tenders/<int:pk>/", reading.tender, name="tender"),
    path("tenders/<int:pk>/change/", writing.change, name="change"),
    path("tenders/<int:pk>/lots/", writing.lots, name="lots"),
    path("tenders/<int:pk>/criteria/", writing.criteria, name="criteria"),
    path("tenders/<int:pk>/participants/", writing.participants, name="participants"),
    path("tenders/<int:pk>/lessons/", writing.lessons, name="lessons"),
    path("tenders/<int:pk>/papers/", writing.papers, name="papers"),
    path("tenders/<int:pk>/move/", deciding.move, name="move"),
    path("tenders/<int:pk>/decide/", deciding.decide, name="decide"),
    path("tenders/<int:pk>/reopen/", deciding.reopen, name="reopen"),
]
