"""What an administrator types of a kind of fact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar.rules.dossier import TYPES
from anahtar_web.dossier.forms.fields import Text
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import Area, Form
from anahtar_web.dossier.words import type_name


class KindForm(forms.Form):
    """A kind of fact: of one of ours its area, shelf-life and importance; of the company's own everything."""

    number = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    name_tr = forms.CharField(label=_("Name in Turkish"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    area = forms.ChoiceField(label=_("Area"), choices=Area.choices)
    form = forms.ChoiceField(label=_("What it holds"), choices=Form.choices)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False, help_text=_("Of a number: people, tonnes …"))
    options = Text(rows=4, longest=2000, label=_("Choices"), required=False, help_text=_("One per line"))
    many = forms.BooleanField(
        label=_("Several values"), required=False, help_text=_("As with sites or goals: there may be more than one.")
    )
    shelf_months = forms.IntegerField(
        label=_("Shelf-life in months"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("After this time a fact is stale; empty: it never ages."),
    )

    def __init__(self, *args: Any, kind: Kind | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind is not None and not kind.is_own:
            for name in ("name_tr", "name_en", "form", "unit", "options", "many"):
                del self.fields[name]
        points = [
            (0, _("0 · not asked for")),
            (1, _("1 · good to know")),
            (2, _("2 · needed")),
            (3, _("3 · essential")),
        ]
        for code in TYPES:
            self.fields[f"for_{code}"] = forms.TypedChoiceField(
                label=type_name(code), choices=points, coerce=int, initial=1
            )

    def clean_number(self) -> int:
        """Give the version that was read; without one the form was never shown, and overwrites nothing."""
        text = self.cleaned_data["number"]
        return int(text) if text.isascii() and text.isdecimal() else -1

    @property
    def said(self) -> dict[str, Any]:
        """Give what was typed of the kind."""
        fields = {
            name: value for name, value in self.cleaned_data.items() if name != "number" and not name.startswith("for_")
        }
        return {**fields, "importance": {code: self.cleaned_data[f"for_{code}"] for code in TYPES}}

    @property
    def plain(self) -> list[Any]:
        """Give the fields above the table of importance."""
        return [self[name] for name in self.fields if name != "number" and not name.startswith("for_")]

    @property
    def points(self) -> list[Any]:
        """Give the fields of importance."""
        return [self[f"for_{code}"] for code in TYPES]


def proposed_kind(kind: Kind) -> dict[str, Any]:
    """Give what the form of a kind shows first."""
    names = kind.names or {}
    return {
        "number": kind.number,
        "name_tr": names.get("tr", ""),
        "name_en": names.get("en", ""),
        "area": kind.area,
        "form": kind.form,
        "unit": kind.unit,
        "options": "\n".join(code for code, _label in kind.options),
        "many": kind.many,
        "shelf_months": kind.shelf_months,
        **{f"for_{code}": kind.importance.get(code, 0) for code in TYPES},
    }
