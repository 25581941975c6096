"""Fields of the forms of tenders: numbers, money, texts, days, and the version that was read."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anahtar.money import to_decimal, to_units
from anahtar_web.tenders.numbers import typed_number
from anahtar_web.ui.templatetags.shown import number

LONGEST_TEXT: Final = 10_000
_LARGEST: Final = Decimal(10) ** 14


class NumberField(forms.CharField):
    """A number not below zero, in the signs of the language."""

    def __init__(self, *, places: int, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        super().__init__(max_length=30, required=False, widget=widget, **options)
        self._places = places

    def prepare_value(self, value: Any) -> Any:
        """Write a number the way it may be typed; what was typed stays as it is."""
        return _written(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """Give the number; None where nothing is typed."""
        text = super().clean(value)
        if not text:
            return None
        found = typed_number(text, get_language() or "en")
        if found is None or found >= _LARGEST or found != round(found, self._places):
            raise forms.ValidationError(
                _("“%(text)s” is no number here: digits, with %(places)s decimal places at most.")
                % {"text": text, "places": self._places}
            )
        return found


def _written(value: Decimal) -> str:
    exact = f"{value:f}"
    places = len(exact.rstrip("0").partition(".")[2]) if "." in exact else 0
    return number(value, max(places, 2) if places else 0)


class AmountField(NumberField):
    """Money, as ten-thousandths."""

    def __init__(self, **options: Any) -> None:
        super().__init__(places=4, **options)

    def prepare_value(self, value: Any) -> Any:
        """Write an amount the way it may be typed."""
        return super().prepare_value(to_decimal(value) if isinstance(value, int) else value)

    def clean(self, value: Any) -> Any:
        """Give ten-thousandths."""
        found = super().clean(value)
        return None if found is None else to_units(found)


class MarkdownField(forms.CharField):
    """A text in Markdown; line breaks as the program writes them."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "class": "markdown-input", "spellcheck": "true"})
        super().__init__(max_length=LONGEST_TEXT, required=False, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        """Read it."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class OfferingInput(forms.TextInput):
    """A line of text for which names are offered: the list stands once in the page, under `list`."""

    def __init__(self, offered: str) -> None:
        super().__init__({"list": offered, "autocomplete": "off"})


def version_of(text: str) -> int:
    """Read a version that a form carries; nonsense is one that no row has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class VersionForm(forms.Form):
    """Carries the version that was read."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def clean_version(self) -> int:
        """Give the version; without one the form was never shown, and overwrites nothing."""
        return version_of(self.cleaned_data["version"])
