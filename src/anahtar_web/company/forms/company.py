"""What is said of the company: at the first start, and later."""

from typing import Any, Final

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anahtar_web.company import choices, setup_code
from anahtar_web.company.forms.parts import Edited
from anahtar_web.company.models import Company
from anahtar_web.people.models import User

PASSWORD: Final = {"autocomplete": "new-password"}


class CompanyFields(forms.Form):
    """What is said of the company, at the first start and later."""

    company = forms.CharField(label=_("Company's name"), max_length=200)
    currency = forms.ChoiceField(label=_("Currency of the sales ledger"), required=False)
    language = forms.ChoiceField(label=_("Language"))
    time_zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = choices.currencies()  # type: ignore[attr-defined]
        self.fields["language"].choices = choices.languages()  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = choices.time_zones()  # type: ignore[attr-defined]


class SetupForm(CompanyFields):
    code = forms.CharField(label=_("Code of the first start"), max_length=200, strip=True)
    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("Your e-mail"), widget=forms.EmailInput({"autocomplete": "username"}))
    password = forms.CharField(label=_("Password"), strip=False, widget=forms.PasswordInput(PASSWORD))
    again = forms.CharField(label=_("Password again"), strip=False, widget=forms.PasswordInput(PASSWORD))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not setup_code.fits(code):
            raise ValidationError(_("This is not the code. `anahtar-web setup-link` on the server prints it."))
        return code

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        password, again = said.get("password"), said.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        if password:
            try:
                validate_password(password, User(name=said.get("name", ""), email=said.get("email", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return said

    def administrator(self) -> dict[str, Any]:
        """Give what makes the first person; the form is valid."""
        return {name: self.cleaned_data[name] for name in ("email", "name", "password", "language")}

    def company_fields(self) -> dict[str, Any]:
        """Give what makes the company; the form is valid."""
        said = self.cleaned_data
        return {"name": said["company"]} | {name: said[name] for name in ("currency", "language", "time_zone")}


class CompanyForm(CompanyFields, Edited):
    fiscal_year_start = forms.TypedChoiceField(label=_("Fiscal year begins in"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].label = _("Language for new people")
        self.fields["fiscal_year_start"].choices = choices.months()  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        """Give the fields of the company; the form is valid."""
        said = self.cleaned_data
        return {"name": said["company"]} | {
            name: said[name] for name in ("currency", "language", "time_zone", "fiscal_year_start")
        }

    @staticmethod
    def initial_of(company: Company) -> dict[str, Any]:
        """Give what the form shows of a company."""
        names = ("currency", "language", "time_zone", "fiscal_year_start", "version")
        return {"company": company.name} | {name: getattr(company, name) for name in names}
