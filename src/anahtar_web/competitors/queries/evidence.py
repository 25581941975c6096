"""What was written of one competitor at one account, the last word first."""

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from anahtar_web.company.queries import end_of
from anahtar_web.competitors.models import Presence, PresenceVersion, Sighting, ThreatDecision

_Row = TypeVar("_Row", bound=Model)


def versions_of(presence: Presence, on: date | None = None) -> list[PresenceVersion]:
    """Give every version of what is written."""
    rows = PresenceVersion.objects.filter(presence=presence).select_related("by", "through")
    return list(_known(rows, on).order_by("-pk"))


def sightings_of(presence: Presence, on: date | None = None) -> list[Sighting]:
    """Give every sighting, that of the latest day first."""
    rows = Sighting.objects.filter(presence=presence).select_related("by")
    return list(_known(rows, on).order_by("-seen_on", "-pk"))


def decisions_of(presence: Presence, on: date | None = None) -> list[ThreatDecision]:
    """Give every decision on the threat."""
    rows = ThreatDecision.objects.filter(presence=presence).select_related("by")
    return list(_known(rows, on).order_by("-pk"))


def _known(rows: "QuerySet[_Row]", on: date | None) -> "QuerySet[_Row]":
    return rows if on is None else rows.filter(recorded_at__lt=end_of(on))
