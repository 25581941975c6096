"""What the forms of the settings are made of."""

from typing import Any

from django import forms


class Edited(forms.Form):
    """A form over one version of the company."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Percent(forms.FloatField):
    """A fraction that people write in percent."""

    def __init__(self, *, most: float, **kwargs: Any) -> None:
        # A tenth of a percent is fine enough, and what is shown is what is kept.
        super().__init__(min_value=0, max_value=most, step_size=0.1, **kwargs)

    def clean(self, value: Any) -> float | None:
        percent = super().clean(value)
        return None if percent is None else round(percent / 100, 6)


def in_percent(fraction: float) -> float | int:
    """Give a fraction the way the form shows it."""
    percent = round(fraction * 100, 4)
    return int(percent) if percent == int(percent) else percent
