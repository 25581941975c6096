"""What people type about accounts: cleaned, not acted on."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar.report.labels import TYPES
from anahtar_web.accounts.countries import countries
from anahtar_web.accounts.models import Account, KeyStatus, Part, Tier
from anahtar_web.accounts.tax_numbers import TURKEY, is_turkish, plain
from anahtar_web.company.fields import DayField
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User
from anahtar_web.people.queries import found
from anahtar_web.ui.templatetags.shown import say
from anahtar_web.ui.text import sort_key

_BETWEEN: Final = " · "
"""What stands between the code and the name of a chosen account."""


class AccountInput(forms.TextInput):
    """A field for an account: what is typed is looked up, and offered as the browser offers it."""

    template_name = "accounts/widgets/account.html"

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Tell the field where it asks."""
        context = super().get_context(name, value, dict(attrs or {}))
        return context | {"find": f"{reverse('accounts:find')}?field={name}"}


class AccountField(forms.CharField):
    """An account that somebody sees, by its code or its whole name."""

    def __init__(self, *, user: User, **options: Any) -> None:
        super().__init__(max_length=520, widget=AccountInput, **options)
        self._user = user

    def prepare_value(self, value: Any) -> Any:
        """Write an account the way it is offered."""
        return offered(value) if isinstance(value, Account) else value

    def clean(self, value: Any) -> Any:
        """Find the account, among those the person sees: any other is as good as absent."""
        text = super().clean(value)
        return self._found(text) if text else None

    def _found(self, text: str) -> Account:
        seen = Account.objects.visible_to(self._user)
        code = text.split(_BETWEEN)[0].strip()
        account: Account | None = seen.filter(code=code).first() or seen.filter(code=text.strip()).first()
        if account is not None:
            return account
        named = list(seen.standing_alone().filter(sort_key=sort_key(text.strip())[:300])[:2])
        if len(named) != 1:
            raise forms.ValidationError(
                _("Several accounts are called that. Choose one from the list.")
                if named
                else _("You see no account with this code or name. Choose one from the list.")
            )
        only: Account = named[0]
        return only


def offered(account: Account) -> str:
    """Write an account so that it is recognised and found again."""
    return f"{account.code}{_BETWEEN}{account.name}"


class PersonField(forms.ChoiceField):
    """Somebody who may sign in; `right`: and whose role has a right."""

    def __init__(self, *, right: Right | None = None, **options: Any) -> None:
        self._people = {
            str(person.pk): person for person in found() if person.is_active and (right is None or person.may(right))
        }
        choices = [("", "")] + [
            (key, f"{person.name}{_BETWEEN}{person.get_role_display()}") for key, person in self._people.items()
        ]
        super().__init__(choices=choices, **options)

    def clean(self, value: Any) -> Any:
        """Give the person."""
        return self._people.get(super().clean(value))


def _reason(**options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=widget, **options)


class HandOverForm(forms.Form):
    """Who has the account from which day on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = PersonField(label=_("To whom"), right=Right.EDIT_ACCOUNTS)
        self.fields["on"] = DayField(label=_("From day"), help_text=_("A later day plans it; nothing changes before."))
        self.fields["reason"] = _reason(required=False)


class JoinForm(forms.Form):
    """Who joins the core team with which part."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(label=_("Person"))
        self.fields["part"] = forms.ChoiceField(label=_("Part"), choices=core_parts())
        self.fields["on"] = DayField(label=_("From day"))
        self.fields["reason"] = _reason(required=False)


class EndForm(forms.Form):
    """On which day a part ends."""

    on = DayField(label=gettext_lazy("No more from day"))
    reason = _reason(required=False)


class WithdrawForm(forms.Form):
    """Why a plan is taken back."""

    reason = _reason(required=False)


class AssignForm(forms.Form):
    """Who gets several accounts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"] = forms.ChoiceField(
            label=_("Part"), choices=[(Part.MANAGER.value, Part.MANAGER.label), *core_parts()]
        )
        self.fields["person"] = PersonField(label=_("Person"))
        self.fields["on"] = DayField(label=_("From day"))
        self.fields["reason"] = _reason(required=False)


def core_parts() -> list[tuple[str, Any]]:
    """Give the parts of a core team."""
    return [(value, label) for value, label in Part.choices if value != Part.MANAGER]


class AccountForm(forms.Form):
    """What is written of an account."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    tax_number = forms.CharField(label=gettext_lazy("Tax number"), max_length=40, required=False)
    website = forms.URLField(label=gettext_lazy("Website"), max_length=200, required=False, assume_scheme="https")
    city = forms.CharField(label=gettext_lazy("City"), max_length=100, required=False)
    sector = forms.CharField(label=gettext_lazy("Sector"), max_length=100, required=False)
    remark = forms.CharField(
        label=gettext_lazy("Remark"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries()  # type: ignore[attr-defined]
        self.fields["payer"] = AccountField(
            user=user,
            label=_("Payer"),
            required=False,
            help_text=_("The account that pays its invoices, where it is another one."),
        )
        self.fields["tax_number"].help_text = _(
            "Turkish numbers are checked: ten digits of a company, eleven of a person."
        )

    def clean(self) -> dict[str, Any]:
        """Check the tax number of Turkey, which is also meant where no country is said and it looks like one."""
        cleaned = super().clean() or {}
        number, country = cleaned.get("tax_number", ""), cleaned.get("country", "")
        cleaned["tax_number"] = number = plain(number, country)
        looks_turkish = country == TURKEY or (not country and number.isdecimal() and len(number) in (10, 11))
        if number and looks_turkish and not is_turkish(number):
            self.add_error(
                "tax_number",
                _("This is no Turkish tax number: a digit is wrong or missing. For another country, choose it first."),
            )
        return cleaned

    def clean_version(self) -> int:
        """Give the version that was read; without one the form was never shown, and overwrites nothing."""
        text = self.cleaned_data["version"]
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    def typed(self) -> dict[str, Any]:
        """Give what was typed, without the version."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in ("version", "code")}


class NewAccountForm(AccountForm):
    """A company that is in no ledger."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = forms.CharField(
            label=_("Code"),
            max_length=200,
            help_text=_(
                "Proposed. Where your ERP knows the company already, write its code there: its sales will join."
            ),
        )
        self.fields = {"code": code, **self.fields}


class PlaceForm(forms.Form):
    """Into which group, and why."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = AccountField(
            user=user,
            label=_("Group"),
            help_text=_("Code or name. A group is an account too, with or without sales of its own."),
        )
        self.fields["reason"] = _reason()


class NewGroupForm(forms.Form):
    """A group that is in no ledger, and why the account belongs to it."""

    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=300)
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=200, help_text=gettext_lazy("Proposed; any that is free will do.")
    )
    reason = _reason()


class DecideForm(forms.Form):
    """Whether an account is key, of which type and tier, and why."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=19)
    status = forms.ChoiceField(label=gettext_lazy("Decision"), choices=KeyStatus.choices, widget=forms.RadioSelect)
    types = forms.MultipleChoiceField(label=gettext_lazy("Types"), required=False, widget=forms.CheckboxSelectMultiple)
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), required=False, choices=[("", "–"), *Tier.choices])
    review_on = DayField(label=gettext_lazy("Look at it again on"), required=False)
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["types"].choices = [(one, say(word)) for one, word in TYPES.items()]  # type: ignore[attr-defined]  # only a field with choices has them
        self.fields["tier"].help_text = _("Of a key account: the first tier is due most of our time.")

    def clean_seen(self) -> int | None:
        """Give the decision that stood there when the form was shown; None: none did."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() else None


class ReasonForm(forms.Form):
    """Why."""

    reason = _reason()


class MergeForm(forms.Form):
    """Which of two accounts stays, and why they are one."""

    stays = forms.ChoiceField(label=gettext_lazy("Which one stays?"), widget=forms.RadioSelect)
    reason = _reason(initial="")

    def __init__(self, *args: Any, accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stays"].choices = [(str(each.pk), offered(each)) for each in accounts]  # type: ignore[attr-defined]


class OtherForm(forms.Form):
    """With which account one is compared."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = AccountField(user=user, label=_("The other account"), help_text=_("Code or name."))
