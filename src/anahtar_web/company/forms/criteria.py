"""What makes an account key: as fields, and as the text of their file."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anahtar_web.company.criteria import LABELS, SHARES, UnableToUseCriteria, check, flat, written
from anahtar_web.company.forms.parts import Edited, Percent, in_percent
from anahtar_web.company.models import Company

_ABC: Final = [(letter, letter) for letter in "ABC"]
_XYZ: Final = [*((letter, letter) for letter in "XYZ"), ("new", _("new")), ("one_off", _("bought once"))]


class CriteriaForm(Edited):
    """Criteria as fields. Names of fields are the places of the file with `__` for the dot."""

    rule = forms.ChoiceField(choices=[("any", _("one criterion")), ("all", _("every criterion that is on"))])
    share__on = forms.BooleanField(required=False)
    share__least = Percent(most=100)
    class__on = forms.BooleanField(required=False)
    class__abc = forms.MultipleChoiceField(choices=_ABC, required=False, widget=forms.CheckboxSelectMultiple)
    class__xyz = forms.MultipleChoiceField(choices=_XYZ, required=False, widget=forms.CheckboxSelectMultiple)
    trend__on = forms.BooleanField(required=False)
    trend__least = forms.FloatField()
    tenure__on = forms.BooleanField(required=False)
    tenure__least_years = forms.FloatField()
    profit__on = forms.BooleanField(required=False)
    profit__least = forms.DecimalField(max_digits=15, decimal_places=2)
    named__accounts = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 3}), help_text=_("One code per line.")
    )
    bound__largest = forms.IntegerField()
    bound__together = Percent(most=100)
    breadwinner__enters = Percent(most=100)
    breadwinner__leaves = Percent(most=100)
    prospective__new_months = forms.IntegerField()
    prospective__percentile = Percent(most=100)
    prospective__growth = Percent(most=100_000)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), help_text=_("Stays on the trail.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, label in LABELS.items():
            field = self.fields[_name(place)]
            field.label = label
            if place in SHARES and not field.help_text:
                field.help_text = _("percent")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            try:
                check(self.text())
            except UnableToUseCriteria as refusal:
                self.add_error(_name(refusal.place) if _name(refusal.place) in self.fields else None, str(refusal))
        return said

    def text(self) -> str:
        """Give the criteria as TOML; every field is clean."""
        return written({place: _value(place, self.cleaned_data[_name(place)]) for place in LABELS})

    @staticmethod
    def initial_of(company: Company) -> dict[str, Any]:
        """Give what the form shows of a company."""
        fields = {_name(place): _initial(place, value) for place, value in flat(company.criteria).items()}
        return fields | {"version": company.version}


def _name(place: str) -> str:
    return place.replace(".", "__")


def _value(place: str, cleaned: Any) -> Any:
    if place == "named.accounts":
        return [code.strip() for code in cleaned.splitlines() if code.strip()]
    if place == "trend.least":
        return round(cleaned / 100, 6)
    if place == "profit.least":
        return float(cleaned) if cleaned % 1 else int(cleaned)
    return cleaned


def _initial(place: str, value: Any) -> Any:
    if place == "named.accounts":
        return "\n".join(value)
    return in_percent(value) if place in SHARES else value


class CriteriaTextForm(Edited):
    """Criteria as the text of their file."""

    text = forms.CharField(
        label=_("Criteria as text (TOML)"), required=False, strip=False, max_length=20_000,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false", "class": "font-mono"}),
        help_text=_("Empty: the defaults hold."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), help_text=_("Stays on the trail.")
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if not text.strip():
            return ""
        try:
            check(text)
        except UnableToUseCriteria as refusal:
            raise ValidationError(str(refusal)) from refusal
        return text
