"""Lines of a form that belong together: lots, criteria, competitors, what became of each lot."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from anahtar_web.gate.rights import Field
from anahtar_web.people.models import User
from anahtar_web.tenders.forms.fields import AmountField, NumberField, OfferingInput, version_of
from anahtar_web.tenders.models import LotOutcome


class LotLine(forms.Form):
    """A lot; a line without anything in it is none."""

    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=6)
    name = forms.CharField(label=gettext_lazy("Lot"), max_length=200, required=False)
    quantity = NumberField(places=3, label=gettext_lazy("Quantity"))
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=30, required=False)
    our_price = AmountField(label=gettext_lazy("Our price"))
    rank = forms.IntegerField(label=gettext_lazy("Our rank"), min_value=1, max_value=999, required=False)

    def clean_place(self) -> int:
        """Give the place of the lot it was; 0: a new one."""
        return max(version_of(self.cleaned_data["place"]), 0)


class CriterionLine(forms.Form):
    """A criterion and its weight."""

    name = forms.CharField(label=gettext_lazy("Criterion"), max_length=100)
    weight = NumberField(places=2, label=gettext_lazy("Weight"))

    def clean_weight(self) -> Decimal | None:
        """Refuse what no weight is."""
        weight: Decimal | None = self.cleaned_data["weight"]
        if weight is not None and weight > 1000:
            raise forms.ValidationError(_("A weight is at most 1,000: per cent, or points."))
        return weight


class ParticipantLine(forms.Form):
    """A competitor that takes part."""

    competitor = forms.CharField(label=gettext_lazy("Competitor"), max_length=200, widget=OfferingInput("competitors"))
    lots = forms.CharField(
        label=gettext_lazy("Lots"), max_length=200, required=False, widget=forms.TextInput({"placeholder": "–"})
    )
    price = AmountField(label=gettext_lazy("Price"))
    rank = forms.IntegerField(label=gettext_lazy("Rank"), min_value=1, max_value=999, required=False)
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=300, required=False)


class DecidedLine(forms.Form):
    """What became of a lot."""

    place = forms.CharField(widget=forms.HiddenInput, max_length=6)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[("", pgettext_lazy("outcome of a lot", "as the tender")), *LotOutcome.choices],
        required=False,
    )
    winner = forms.CharField(
        label=gettext_lazy("Winner, if not we"), max_length=200, required=False, widget=OfferingInput("competitors")
    )
    winner_price = AmountField(label=gettext_lazy("Winner’s price"))
    our_price = AmountField(label=gettext_lazy("Our price"))
    rank = forms.IntegerField(label=gettext_lazy("Our rank"), min_value=1, max_value=999, required=False)

    def clean_place(self) -> int:
        """Give the place of the lot."""
        return version_of(self.cleaned_data["place"])


_PRICES: Final = ("our_price", "winner_price", "price")


class Lines(forms.BaseFormSet):  # type: ignore[type-arg]  # of any of the lines above
    """Lines of a form that belong together; prices are asked of those only who see offers."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self._user = user
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Leave the prices out for who does not see them."""
        super().add_fields(form, index)
        if not self._user.sees(Field.OFFER):
            for name in _PRICES:
                form.fields.pop(name, None)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = pgettext("a line of a form", "Take out")

    def said(self) -> list[dict[str, Any]]:
        """Give the lines in which something was typed, without those to be taken out."""
        kept = [form.cleaned_data for form in self.forms if form.has_changed() or form.initial]
        return [
            {name: value for name, value in line.items() if name != "DELETE"}
            for line in kept
            if line and not line.get("DELETE")
        ]


def lines(
    kind: type[forms.Form], *, user: User, data: Any, initial: Sequence[Mapping[str, Any]], extra: int = 3
) -> Lines:
    """Make the lines of a form: those that are there, and some empty ones."""
    made = forms.formset_factory(
        kind, formset=Lines, extra=extra, can_delete=extra > 0, can_delete_extra=False, max_num=200, absolute_max=250
    )
    return made(data, initial=list(initial), user=user, prefix="line")  # type: ignore[call-arg,return-value]  # a subclass of Lines
