"""Every address of the application. A view without a declared policy fails the tests (`tests/anahtar_web/matrix`)."""

from django.urls import include, path

from anahtar_web.ui import errors

urlpatterns = [
    path("", include("anahtar_web.insight.urls")),
    path("accounts/", include("anahtar_web.accounts.urls")),
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
