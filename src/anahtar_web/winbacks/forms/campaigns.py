"""What people type about lists and campaigns."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar.rules.hold_out import GREATEST_SHARE
from anahtar_web.company.fields import DayField
from anahtar_web.risks.models import LossRecord, Reason
from anahtar_web.tenders.forms.fields import AmountField, MarkdownField, VersionForm
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import MOST, Kind, WinbackList


def _whole(label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    checks = [MinValueValidator(least), MaxValueValidator(most)]
    return forms.IntegerField(
        label=label, validators=checks, widget=forms.TextInput({"inputmode": "numeric"}), **options
    )


class ListForm(VersionForm):
    """Whom a list is of."""

    name = forms.CharField(label=_("Name"), max_length=100)
    state = forms.ChoiceField(
        label=_("How far gone"),
        required=False,
        choices=[
            ("", _("lapsed or lost")),
            ("lapsed", pgettext_lazy("accounts", "lapsed")),
            ("lost", pgettext_lazy("accounts", "lost")),
        ],
    )
    silence_from = _whole(_("Silent for at least, days"), 0, 9999, required=False)
    silence_to = _whole(_("Silent for at most, days"), 0, 9999, required=False)
    revenue = AmountField(label=_("Revenue of its last year at least"))
    times_lost = _whole(_("Lost at least so many times"), 1, 99, required=False)
    reason = forms.ModelChoiceField(
        Reason.objects.none(), label=_("Lost because of"), required=False, empty_label=_("any reason")
    )
    would_return = forms.ChoiceField(label=_("Would they return?"), required=False)
    direction = forms.ChoiceField(label=_("Direction that is going"), required=False)
    cost = AmountField(label=_("What one attempt costs us"))

    def __init__(self, *args: Any, directions: Any, sees_cost: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason, would, direction = (self.fields[name] for name in ("reason", "would_return", "direction"))
        assert isinstance(reason, forms.ModelChoiceField)
        assert isinstance(would, forms.ChoiceField)
        assert isinstance(direction, forms.ChoiceField)
        reason.queryset = Reason.objects.all()
        said = [one for one in LossRecord.Return.choices if one[0]]
        would.choices = [("", _("whatever they said")), *said]
        direction.choices = [("", _("any direction")), *((name, name) for name in directions)]
        if not sees_cost:
            del self.fields["cost"]

    def narrow(self) -> Narrow:
        """Give the filter."""
        said = self.cleaned_data
        return Narrow(
            state=said["state"],
            silence_from=said["silence_from"],
            silence_to=said["silence_to"],
            revenue=said["revenue"],
            reason=said["reason"].pk if said["reason"] else None,
            would_return=said["would_return"],
            times_lost=said["times_lost"],
            direction=said["direction"],
        )


class CampaignForm(VersionForm):
    """What is offered to whom, and how many are left alone."""

    name = forms.CharField(label=_("Name"), max_length=100)
    list = forms.ModelChoiceField(WinbackList.objects.none(), label=pgettext_lazy("of accounts", "List"))
    size = _whole(_("Accounts at most"), 1, MOST, help_text=_("The first of the list on the day it starts."))
    kind = forms.ChoiceField(label=_("Kind of offer"), choices=Kind.choices)
    contents = MarkdownField(
        rows=6, label=_("What is offered"), help_text=_("Every offer of it begins with these words.")
    )
    cost = AmountField(label=_("What one offer costs us"))
    budget = AmountField(label=_("Budget"))
    valid_until = DayField(label=_("Offers hold until"))
    holdout_share = _whole(
        _("Left alone, in percent"),
        0,
        GREATEST_SHARE,
        help_text=_("Drawn at random; only so can be told how many would have come back by themselves."),
    )
    horizon = _whole(_("A return counts within, days"), 7, 730)

    def __init__(self, *args: Any, sees_offers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.fields["list"]
        assert isinstance(kept, forms.ModelChoiceField)
        kept.queryset = WinbackList.objects.all()
        if not sees_offers:
            for name in ("kind", "contents", "cost", "budget"):
                del self.fields[name]

    def said(self) -> dict[str, Any]:
        """Give the plan; no amount is nothing."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return told | {name: told[name] or 0 for name in ("cost", "budget") if name in told}


class ExportForm(forms.Form):
    """For whom a list is taken out, in which form, and what for."""

    readers = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[
            ("colleagues", pgettext_lazy("readers of a list", "Colleagues")),
            ("handed_on", pgettext_lazy("readers of a list", "Others")),
        ],
        help_text=_(
            "Colleagues: all that the table shows you. Others: who they are and when they last bought, without those "
            "left alone, without a figure or an internal word; only this may leave the house."
        ),
    )
    form = forms.ChoiceField(label=pgettext_lazy("of a file", "Form"), choices=[("xlsx", _("Excel")), ("csv", "CSV")])
    reason = forms.CharField(
        label=_("What for"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
