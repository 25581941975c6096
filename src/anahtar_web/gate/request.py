"""The request as views get it: known to belong to somebody, which spares every view a cast."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from anahtar_web.company.models import Company
    from anahtar_web.people.models import User


class Request(HttpRequest):
    """A request that has passed the door; for the annotations of views, never made by hand."""

    user: "User"
    htmx: "HtmxDetails"
    company: "Company"
    prepared: Any
    """What the `before` of its policy has given."""
