"""What people type about losses: cleaned, not acted on."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from anahtar.money import to_units
from anahtar_web.accounts.forms import AccountField
from anahtar_web.losses.stressing import Asked
from anahtar_web.people.models import User
from anahtar_web.tenders.numbers import typed_number

MOST_DAYS: Final = 3650
_MOST: Final = Decimal(10**12)


class NumberField(forms.CharField):
    """A number as people of either language type it; None where nothing is typed."""

    def __init__(self, *, most: Decimal, **options: Any) -> None:
        super().__init__(max_length=24, required=False, **options)
        self._most = most
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        """Read it."""
        text = super().clean(value).removesuffix("%").strip()
        if not text:
            return None
        number = typed_number(text, get_language() or "en")
        if number is None or number > self._most:
            raise forms.ValidationError(_("Write a number, for example 2500 or 12.5."))
        return number


class StressForm(forms.Form):
    """Without whom, and how late somebody pays."""

    days = forms.IntegerField(
        label=_("Pays later by (days)"), required=False, min_value=1, max_value=MOST_DAYS, widget=forms.NumberInput
    )
    interest = NumberField(label=_("Capital costs (% a year)"), most=Decimal(1000))
    most = NumberField(label=_("Others grow by at most (%)"), most=Decimal(100_000))

    def __init__(self, *args: Any, user: User, directions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("all that it buys")), *((name, name) for name in directions)]
        own = {
            "account": AccountField(user=user, label=_("Without this account")),
            "direction": forms.ChoiceField(label=_("or only without"), required=False, choices=choices),
        }
        self.fields = {**own, **self.fields}

    def asked(self) -> Asked:
        """What is to be reckoned."""
        told = self.cleaned_data
        return Asked(
            code=told["account"].code,
            direction=told["direction"],
            days=told["days"] or 0,
            interest_ppm=_ppm(told["interest"]) or 0,
            most_ppm=_ppm(told["most"]),
        )


def _ppm(percent: Decimal | None) -> int | None:
    return None if percent is None else int(percent * 10_000)


class CostForm(forms.Form):
    """What one attempt to win an account back costs, and which accounts are asked for."""

    q = forms.CharField(required=False, max_length=200)
    cost = NumberField(label=_("One attempt costs"), most=_MOST)
    silence = forms.IntegerField(required=False, min_value=0, max_value=100_000)

    def cost_units(self) -> int:
        """The cost in ten-thousandths; 0 where nothing readable is typed."""
        cost = self.cleaned_data.get("cost")
        return 0 if cost is None else to_units(cost)


class SuccessionForm(forms.Form):
    """Which account goes on as which, or does not."""

    goes_on = forms.TypedChoiceField(
        label=pgettext_lazy("of two accounts", "They are"),
        choices=[
            ("yes", pgettext_lazy("of two accounts", "one: the old one goes on as the new one")),
            ("no", pgettext_lazy("of two accounts", "not one")),
        ],
        widget=forms.RadioSelect,
        initial="yes",
        coerce=lambda value: value == "yes",
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {
            "old": AccountField(user=user, label=_("The account that stopped")),
            "new": AccountField(user=user, label=_("The account under which it goes on")),
        }
        self.fields = {**own, **self.fields}


class ExportForm(forms.Form):
    """What a list is taken out for."""

    reason = forms.CharField(
        label=_("What for"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
