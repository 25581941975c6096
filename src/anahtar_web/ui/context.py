"""What every page of the shell knows besides its own `page`."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from anahtar_web.ui.navigation import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation for this person, the company, and whether this is the demo."""
    user = getattr(request, "user", None)
    return {
        "company": getattr(request, "company", None),
        "demo": settings.DEMO,
        "navigation": navigation(request) if user is not None and user.is_authenticated else [],
    }
