"""What every page of the shell knows besides its own `page`."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from anahtar_web.ui.navigation import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation for this person, the company, and whether this is the demo."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    lines = navigation(request) if signed_in else []
    return {
        "company": getattr(request, "company", None),
        "demo": settings.DEMO,
        "navigation": lines,
        "shortcuts": " ".join(line.entry.view for line in lines),
        # What pages extend that both somebody signed in and a stranger may meet (errors, allauth's).
        "layout": "ui/page.html" if signed_in else "ui/bare.html",
    }
