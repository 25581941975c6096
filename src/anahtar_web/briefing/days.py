"""What was known by the end of a day of the company."""

from datetime import date, datetime

from anahtar_web.company.queries import end_of


def known_by(moment: datetime, on: date | None) -> bool:
    """Tell whether something written at a moment was known at the end of a day; None: now."""
    return on is None or moment < end_of(on)
