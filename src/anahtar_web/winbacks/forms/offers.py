"""What people type about offers, and about who may grant them."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.company.fields import DayField
from anahtar_web.gate.rights import Role
from anahtar_web.tenders.forms.fields import AmountField, MarkdownField, VersionForm
from anahtar_web.winbacks.models import Approval, Campaign, Kind

__all__ = ["AnswerForm", "DecideForm", "LimitsForm", "OfferForm", "ReasonForm", "VersionForm"]

GRANTING: Final = (Role.KAM, Role.HEAD, Role.DIRECTOR, Role.ADMINISTRATOR)
"""Roles that read offers and write them; the others grant nothing."""


def _reason(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 2}), **options)


class OfferForm(VersionForm):
    """What is offered, what it costs, and until when it holds."""

    kind = forms.ChoiceField(label=_("Kind of offer"), choices=Kind.choices)
    contents = MarkdownField(
        rows=8,
        label=_("What is offered"),
        help_text=_("Goes out word for word: nothing in it that they may not read. ## heading, - list, **bold**"),
    )
    cost = AmountField(label=_("What it costs us"))
    valid_until = DayField(label=_("Holds until"))
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), required=False, empty_label=pgettext_lazy("campaign", "none")
    )
    budget_line = forms.CharField(label=_("Budget line"), max_length=100, required=False)
    note = MarkdownField(rows=3, label=_("Internal note"), help_text=_("Never goes out."))

    def __init__(self, *args: Any, campaigns: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if campaigns is None:
            del self.fields["campaign"]
            return
        field = self.fields["campaign"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = campaigns

    def clean_cost(self) -> int:
        """Give ten-thousandths; nothing typed costs nothing."""
        return self.cleaned_data["cost"] or 0


class DecideForm(VersionForm):
    """Approved or refused, and why."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=Approval.Decision.choices, initial=Approval.Decision.APPROVED
    )
    reason = _reason(_("Reason"), required=False, help_text=_("A refusal needs one."))


class AnswerForm(VersionForm):
    """What they said."""

    accepted = forms.TypedChoiceField(
        label=_("What they said"),
        choices=[("yes", pgettext_lazy("to an offer", "Yes")), ("no", pgettext_lazy("to an offer", "No"))],
        coerce=lambda text: text == "yes",
    )
    words = _reason(_("In their words"), required=False, help_text=_("A no needs them."))


class ReasonForm(VersionForm):
    """Why."""

    reason = _reason(_("Reason"))


class LimitsForm(forms.Form):
    """Up to which cost each role may grant."""

    reason = _reason(_("Reason"))

    def __init__(self, *args: Any, limits: dict[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for role in GRANTING:
            self.fields[f"limit_{role.value}"] = AmountField(
                label=role.label, help_text=_("Empty: whatever it costs."), initial=limits[role.value]
            )
            self.fields[f"was_{role.value}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=20, initial=_plain(limits[role.value])
            )
        self.fields["reason"] = reason

    def limits(self, prefix: str) -> dict[str, int | None]:
        """Give what was typed (`limit_`)."""
        return {role.value: self.cleaned_data[f"{prefix}{role.value}"] for role in GRANTING}

    def was(self) -> dict[str, int | None]:
        """Give the limits that the page showed; nonsense is one that never held."""
        return {role: _read(text) for role, text in self.limits("was_").items()}


def _plain(amount: int | None) -> str:
    return "" if amount is None else str(amount)


def _read(text: Any) -> int | None:
    plain = str(text or "")
    return None if not plain else int(plain) if plain.isascii() and plain.isdecimal() else -1
