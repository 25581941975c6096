"""What the trail is narrowed to, as it stands in the address."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from anahtar_web.audit.queries import Asked
from anahtar_web.audit.verbs import NOUNS


class TrailForm(forms.Form):
    text = forms.CharField(label=_("Words"), max_length=100, required=False)
    person = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    noun = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    account = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.order_by("name", "pk").values_list("pk", "name")
        self.fields["person"].choices = [("", _("Everybody")), *people]  # type: ignore[attr-defined]
        self.fields["noun"].choices = [("", _("Everything")), *NOUNS.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first one."))
        return cleaned

    def asked(self) -> Asked:
        """Give what is asked for; the form is valid."""
        said = self.cleaned_data
        return Asked(said["person"], said["noun"], said["account"], said["since"], said["until"], said["text"])
