"""Addresses of the app."""

from django.urls import path

from anahtar_web.ledgers.views import listing, mappings, problems, taking_back, uploading, wizard

app_name = "ledgers"

urlpatterns = [
    path("", listing.imports, name="list"),
    path("new/", uploading.new, name="new"),
    path("mappings/", mappings.mappings, name="mappings"),
    path("mappings/<int:pk>/forget/", mappings.forget, name="forget_mapping"),
    path("<int:pk>/", listing.summary, name="import"),
    path("<int:pk>/file/", wizard.file, name="file"),
    path("<int:pk>/mapping/", wizard.mapping, name="mapping"),
    path("<int:pk>/preview/", wizard.preview, name="preview"),
    path("<int:pk>/checks/", wizard.checks, name="checks"),
    path("<int:pk>/confirm/", wizard.confirm, name="confirm"),
    path("<int:pk>/cancel/", listing.cancel, name="cancel"),
    path("<int:pk>/files/<int:file>/", listing.source, name="source"),
    path("<int:pk>/problems/", problems.problems, name="problems"),
    path("<int:pk>/problems.xlsx", problems.problems_workbook, name="problems_workbook"),
    path("<int:pk>/corrections.xlsx", problems.corrections, name="corrections"),
    path("<int:pk>/problems.csv", problems.problems_text, name="problems_text"),
    path("<int:pk>/take-back/", taking_back.take_back, name="take_back"),
]
