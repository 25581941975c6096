"""Cleaning what a person types; actions decide."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar_web.deliveries.models import Terms


class TermsForm(forms.Form):
    """What still counts as kept."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    days = forms.IntegerField(
        label=_("Days of grace"),
        help_text=_("So many days after the promised one still count as on time. 0: the promised day itself."),
        min_value=0,
        max_value=90,
        widget=forms.NumberInput(attrs={"class": "input"}),
    )
    percent = forms.DecimalField(
        label=_("Tolerated shortage, %"),
        help_text=_("So much of a line may be missing and it still counts as in full. 0: the whole quantity."),
        min_value=Decimal(0),
        max_value=Decimal("50"),
        decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "input", "step": "0.1"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Stays on the audit trail."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "textarea"}),
    )

    @property
    def short(self) -> int:
        """The shortage in per mille."""
        return int(self.cleaned_data["percent"] * 10)

    @staticmethod
    def said(held: Terms) -> dict[str, object]:
        """Give what holds, as the form shows it."""
        version = held.version if not held._state.adding else 0
        return {"version": version, "days": held.days, "percent": (Decimal(held.short) / 10).normalize()}
