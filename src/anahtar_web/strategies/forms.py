"""What people type about strategies: cleaned, not acted on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar_web.company.fields import DayField
from anahtar_web.strategies.models import LANGUAGES, LONGEST_TEXT, LONGEST_WORD
from anahtar_web.strategies.rhythms import LONGEST


class MarkdownField(forms.CharField):
    """A text in Markdown; line breaks as the program writes them, or an untouched text would count as changed."""

    def __init__(self, *, rows: int, **options: object) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "class": "markdown-input", "spellcheck": "true"})
        super().__init__(max_length=LONGEST_TEXT, widget=widget, **options)  # type: ignore[arg-type]  # Django's own

    def to_python(self, value: object) -> str:
        """Read it."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _reason() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def _days(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=LONGEST,
        help_text=_("0: none is asked for."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


class WordingForm(forms.Form):
    """A strategy as it is to hold."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    word = forms.CharField(
        label=_("In a word"),
        max_length=LONGEST_WORD,
        help_text=_("What we do, in a word or two: it stands in the cells of the matrix."),
    )
    text = MarkdownField(rows=22, label=_("Text"))
    touch_days = _days(_("A touch at least every … days"))
    visit_days = _days(_("A visit or meeting at least every … days"))
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)
    reason = _reason()

    def clean_version(self) -> int:
        """Give the version that was read; without one the form was never shown, and overwrites nothing."""
        return _number(self.cleaned_data["version"])


class RestoreForm(forms.Form):
    """Why an earlier version is to hold again."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    reason = _reason()

    def clean_version(self) -> int:
        """Give the version that held when the form was shown."""
        return _number(self.cleaned_data["version"])


class _Seen(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=19)

    def clean_seen(self) -> int | None:
        """Give the deviation that stood there when the form was shown; None: none did."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() else None


class DeviateForm(_Seen):
    """What we do with an account instead."""

    text = MarkdownField(rows=10, label=_("What we do instead"))
    until = DayField(
        label=_("Holds until"),
        required=False,
        help_text=_("The last day on which it holds; empty: until somebody ends it."),
    )
    reason = _reason()


class EndForm(_Seen):
    """Why a deviation ends."""

    reason = _reason()


class PreviewForm(forms.Form):
    """A text that somebody wants to see as it will be shown."""

    text = MarkdownField(rows=1, required=False)
