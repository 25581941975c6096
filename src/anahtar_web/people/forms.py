"""Forms about people: cleaning only."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.rights import Role


def _languages() -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


class _Person(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=_languages)


class InviteForm(_Person):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.KAM)
    field_order = ("name", "email", "role", "language")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


class PersonForm(_Person):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            self.fields["role"].disabled = True
            self.fields["role"].help_text = _("Nobody changes the own role.")


class ProfileForm(_Person):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}), help_text=_("Stays on the trail.")
    )


class PeopleForm(forms.Form):
    """What the list is narrowed to, as it stands in the address."""

    q = forms.CharField(label=_("Name or e-mail"), max_length=100, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("every role")), *Role.choices])
    state = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[("", _("everybody")), ("locked", _("locked out")), ("waiting", _("invited, not yet here"))],
    )
