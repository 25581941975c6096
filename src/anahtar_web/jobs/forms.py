"""What the history of jobs is narrowed to, as it stands in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar_web.jobs.models import ENDED, State
from anahtar_web.jobs.queries import Asked
from anahtar_web.jobs.registry import KINDS


class HistoryForm(forms.Form):
    state = forms.ChoiceField(label=_("Ended as"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [(state.value, state.label) for state in State if state in ENDED]
        kinds = sorted(((kind.name, str(kind.title)) for kind in KINDS.values()), key=lambda kind: kind[1])
        self.fields["state"].choices = [("", _("any")), *ends]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("any")), *kinds]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """Give what is asked for; the form is valid."""
        return Asked(self.cleaned_data["state"], self.cleaned_data["kind"])
