"""What people type: cleaned, not acted on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.insight.models import SavedView


class PortfolioViewForm(forms.ModelForm):  # type: ignore[type-arg]  # no argument when it runs
    """A filter of the portfolio that is to be kept; it comes from the address of the page."""

    opens = forms.BooleanField(label=_("Open the portfolio with it"), required=False)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    class Meta:
        model = SavedView
        fields = ("name",)
        labels = {"name": _("Name of the view")}


class ViewForm(PortfolioViewForm):
    """A list that is to be kept; filter and columns come from the address of the list."""

    opens = forms.BooleanField(label=_("Open the list with it"), required=False)
    columns = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def clean_columns(self) -> list[str]:
        """Take the names apart."""
        return [name for name in self.cleaned_data["columns"].split(",") if name]


class RenameForm(forms.ModelForm):  # type: ignore[type-arg]
    """Another name for a view."""

    class Meta:
        model = SavedView
        fields = ("name",)
        labels = {"name": _("Name of the view")}


class ExportForm(forms.Form):
    """In which form a list leaves the house, and what for."""

    form = forms.ChoiceField(
        label=pgettext_lazy("of a file", "Form"),
        choices=[("xlsx", _("Excel workbook")), ("csv", _("CSV text"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    reason = forms.CharField(
        label=_("What is it for?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, asks_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = asks_reason
