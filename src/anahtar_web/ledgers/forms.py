"""Cleaning what a person types about an import; what becomes of it is decided by actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """Files stand in `request.FILES` (`incoming.IncomingFile`); this is what is said about them."""

    again = forms.BooleanField(
        label=_("Upload all the same"),
        help_text=_("For another sheet of a workbook that is here already. The same lines are never counted twice."),
        required=False,
    )

    def complain(self, sentence: Any) -> None:
        """Say above the form why the files were not taken."""
        self.full_clean()
        self.add_error(None, str(sentence))


class VersionedForm(forms.Form):
    """A form that was made for one version of an import."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TakeBackForm(VersionedForm):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Stays in the history of the import and on the audit trail."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "textarea"}),
    )
