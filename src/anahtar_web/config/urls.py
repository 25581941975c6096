"""Every address of the application. A view without a declared policy fails the tests (`tests/anahtar_web/matrix`)."""

from django.urls import include, path

from anahtar_web.ui import errors

urlpatterns = [
    path("", include("anahtar_web.insight.urls")),
    path("portfolio/report/", include("anahtar_web.reports.urls")),
    path("accounts/", include("anahtar_web.accounts.urls")),
    path("", include("anahtar_web.strategies.urls")),
    path("", include("anahtar_web.files.urls")),
    path("", include("anahtar_web.stakeholders.urls")),
    path("", include("anahtar_web.competitors.urls")),
    path("", include("anahtar_web.foresight.urls")),
    path("", include("anahtar_web.losses.urls")),
    path("", include("anahtar_web.signals.urls")),
    path("", include("anahtar_web.risks.urls")),
    path("", include("anahtar_web.schedules.urls")),
    path("", include("anahtar_web.closings.urls")),
    path("imports/sources/", include("anahtar_web.sources.urls")),
    path("", include("anahtar_web.winbacks.urls")),
    path("", include("anahtar_web.dossier.urls")),
    path("", include("anahtar_web.interactions.urls")),
    path("", include("anahtar_web.tenders.urls")),
    path("", include("anahtar_web.deliveries.urls")),
    path("", include("anahtar_web.history.urls")),
    path("", include("anahtar_web.search.urls")),
    path("", include("anahtar_web.privacy.urls")),
    path("", include("anahtar_web.briefing.urls")),
    path("imports/", include("anahtar_web.ledgers.urls")),
    path("jobs/", include("anahtar_web.jobs.urls")),
    path("people/", include("anahtar_web.people.urls")),
    path("settings/", include("anahtar_web.company.urls")),
    path("audit/", include("anahtar_web.audit.urls")),
    path("", include("anahtar_web.ui.urls")),
    # Sign-in, password, second factor, sessions: allauth's views behind `people/policies.py`.
    path("", include("anahtar_web.people.sign_in_urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = "anahtar_web.people.limits.too_many"
"""Not Django's: allauth looks for it here."""
handler500 = errors.broken
