"""What people type of contracts, reference rights and demands, and why something is taken out."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.models import Account
from anahtar_web.dossier.forms.fields import Amount, Day, Text, currency, offer_people_and_files
from anahtar_web.dossier.models import Contract, Demand, Kept, Permission
from anahtar_web.dossier.values import amount_of, typed
from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder


class ReasonForm(forms.Form):
    """Why something is taken back or out."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class SheetForm(forms.Form):
    """What every sheet has; the account's people and files are offered."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=19)
    people: tuple[str, ...] = ()

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_people_and_files(self, account, *self.people)

    def clean_seen(self) -> int | None:
        """Give the version that stood there when the form was shown."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() else None

    @property
    def said(self) -> dict[str, Any]:
        """Give what was typed of the sheet."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class ContractForm(SheetForm):
    """A contract."""

    title = forms.CharField(label=_("Contract"), max_length=200)
    starts_on = Day(label=_("Starts on"), required=False)
    ends_on = Day(label=_("Ends on"), required=False, help_text=_("The last day on which it holds; empty: no end."))
    notice_by = Day(
        label=_("Notice by"),
        required=False,
        help_text=_("The last day to give notice or renegotiate: you are reminded before it."),
    )
    renews = forms.BooleanField(label=_("Renews itself"), required=False)
    money = Amount(label=_("Contract value"), required=False)
    currency = currency()
    document = forms.ModelChoiceField(Attachment.objects.none(), label=_("Document"), required=False)
    remark = Text(rows=2, longest=2000, label=_("Remark"), required=False)

    def clean(self) -> dict[str, Any]:
        """The days follow each other, and an amount has a currency."""
        said: dict[str, Any] = super().clean() or {}
        starts, ends, notice = (said.get(name) for name in ("starts_on", "ends_on", "notice_by"))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _now("It ends before it starts."))
        if notice and ends and notice > ends:
            self.add_error("notice_by", _now("That is after its end: notice would come too late."))
        if said.get("money") is not None and not said.get("currency"):
            self.add_error("currency", _now("Say in which currency."))
        if said.get("money") is None:
            said["currency"] = ""
        return said


class PermissionForm(SheetForm):
    """A reference right."""

    people = ("granted_by",)

    what = forms.ChoiceField(label=_("What"), choices=Permission.What.choices)
    state = forms.ChoiceField(label=_("How it stands"), choices=Permission.State.choices)
    uses = forms.CharField(label=_("Where we may use it"), max_length=500, required=False)
    until = Day(label=_("Until"), required=False, help_text=_("Empty: until they take it back."))
    granted_by = forms.ModelChoiceField(Stakeholder.objects.none(), label=_("Granted by"), required=False)
    proof = forms.CharField(
        label=_("Proof"), max_length=500, required=False, help_text=_("A mail, a letter, a clause of the contract")
    )
    document = forms.ModelChoiceField(Attachment.objects.none(), label=_("Document"), required=False)


class DemandForm(SheetForm):
    """A demand and our answer."""

    people = ("raised_by",)

    subject = forms.ChoiceField(label=_("About"), choices=Demand.Subject.choices)
    demand = Text(rows=3, longest=2000, label=_("What they demand"))
    since = Day(label=_("Since"), required=False)
    raised_by = forms.ModelChoiceField(Stakeholder.objects.none(), label=_("Raised by"), required=False)
    answer = Text(rows=3, longest=2000, label=_("Our answer"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=Demand.State.choices)
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who of us answers"), required=False)
    document = forms.ModelChoiceField(Attachment.objects.none(), label=_("Document"), required=False)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, account=account, **options)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(is_active=True).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        """What is answered has an answer."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("state") == Demand.State.ANSWERED and not said.get("answer"):
            self.add_error("answer", _now("Say what we answered."))
        return said


SHEET_FORMS: Final[Mapping[str, type[SheetForm]]] = {
    "contract": ContractForm,
    "permission": PermissionForm,
    "demand": DemandForm,
}


def proposed_sheet(row: Kept, form: type[SheetForm]) -> dict[str, Any]:
    """Give what the form of a sheet shows first."""
    names = [name for name in form.base_fields if name != "seen"]
    shown = {name: getattr(row, name) for name in names}
    if isinstance(row, Contract):
        shown["money"] = typed(amount_of(row.money))
    return {**shown, "seen": row.pk}
