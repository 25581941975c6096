"""Fields that forms of several apps share."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

EARLIEST: Final = date(1950, 1, 1)
LATEST: Final = date(2100, 1, 1)
"""Business has no days before and behind these; what lies there is a slip of the keyboard."""


class DayField(forms.DateField):
    """A day, as browsers give it, within the days of business."""

    def __init__(self, *, earliest: date = EARLIEST, latest: date = LATEST, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            validators=[MinValueValidator(earliest), MaxValueValidator(latest)],
            **options,
        )
