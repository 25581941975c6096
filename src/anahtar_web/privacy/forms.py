"""Forms about what is held of persons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """Why a person is erased, and which documents go along."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stays when the person is gone: write it without the name (“asked for it on 3 May”)."),
    )
    files = forms.TypedMultipleChoiceField(  # type: ignore[assignment]  # a form's own files are not asked for by name
        label=_("Files that go, too"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    doubtful = forms.MultipleChoiceField(label=_("It is this person"), required=False)
    seen = forms.CharField(max_length=64)
    sure = forms.BooleanField(
        label=_("This cannot be undone, also not by restoring a backup."),
    )

    def __init__(self, *args: Any, documents: list[Any], doubtful: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].choices = [(file.pk, file.name) for file in documents]  # type: ignore[attr-defined]
        self.fields["doubtful"].choices = [(key, key) for key in doubtful]  # type: ignore[attr-defined]  # as above
        if not documents:
            del self.fields["files"]
