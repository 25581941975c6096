"""Forms about documents."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemoveForm(forms.Form):
    """Why a document is removed."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stays in the list of removed files."),
    )
