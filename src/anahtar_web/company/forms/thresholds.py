"""By what accounts are judged."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar_web.company.actions import LAPSE
from anahtar_web.company.forms.lapse import LapseForm
from anahtar_web.company.forms.parts import Edited, Percent, in_percent
from anahtar_web.company.models import Company, Measure, Period
from anahtar_web.company.windows import months_of

CUTS: Final = ("abc_a", "abc_b", "xyz_x", "xyz_y")


class CutsForm(forms.Form):
    """Where the classes of value and of regularity end."""

    abc_a = Percent(label=_("Class A ends at"), most=100, help_text=_("percent of the value, largest first"))
    abc_b = Percent(label=_("Class B ends at"), most=100, help_text=_("percent of the value"))
    xyz_x = Percent(label=_("X varies by no more than"), most=10_000, help_text=_("percent from period to period"))
    xyz_y = Percent(label=_("Y varies by no more than"), most=10_000, help_text=_("percent; above it is Z"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._clean_rising(said, "abc_a", "abc_b", _("Class B ends above class A and below 100."), below=1)
        self._clean_rising(said, "xyz_x", "xyz_y", _("Y varies more than X."))
        return said

    def _clean_rising(self, said: dict[str, Any], low: str, high: str, sentence: Any, *, below: float = 1e9) -> None:
        first, second = said.get(low), said.get(high)
        if first is not None and second is not None and not 0 < first < second < below:
            self.add_error(high, sentence)

    def cuts(self) -> dict[str, float]:
        """Give the cuts as fractions; the form is valid."""
        return {name: self.cleaned_data[name] for name in CUTS}

    @staticmethod
    def cuts_of(company: Company) -> dict[str, Any]:
        """Give what the form shows of a company's cuts."""
        return {name: in_percent(getattr(company, name)) for name in CUTS}


class Reasoned(forms.Form):
    """A form whose change needs a reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), help_text=_("Stays on the trail.")
    )


class CutsChangeForm(CutsForm, Reasoned, Edited):
    """Other cuts for everybody, and why."""


class ThresholdsForm(CutsForm, LapseForm, Reasoned, Edited):
    window = forms.ChoiceField(
        label=_("Months to judge by"),
        choices=[
            ("last12", _("the last 12 whole months")),
            ("all", _("the whole ledger")),
            ("months", _("fixed months")),
        ],
    )
    first_month = forms.RegexField(
        r"^\d{4}-\d{2}$", label=_("First month"), required=False, widget=forms.TextInput({"type": "month"})
    )
    last_month = forms.RegexField(
        r"^\d{4}-\d{2}$", label=_("Last month"), required=False, widget=forms.TextInput({"type": "month"})
    )
    measure = forms.ChoiceField(label=_("Accounts are ranked by"), choices=Measure.choices, required=False)
    period = forms.ChoiceField(label=_("Periods of regularity"), choices=Period.choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("window") == "months":
            self._clean_months(said)
        return said

    def _clean_months(self, said: dict[str, Any]) -> None:
        text = f"{said.get('first_month', '')}..{said.get('last_month', '')}"
        try:
            months_of(text)
        except ValueError:
            self.add_error("first_month", _("Name the first and the last month, like 2024-01 and 2024-12."))
        else:
            said["window"] = text

    def typed(self) -> dict[str, Any]:
        """Give the thresholds; the form is valid."""
        return {name: self.cleaned_data[name] for name in ("window", "measure", *CUTS, "period", *LAPSE)}

    @staticmethod
    def initial_of(company: Company) -> dict[str, Any]:
        """Give what the form shows of a company."""
        first, dots, last = company.window.partition("..")
        window = {"window": "months", "first_month": first, "last_month": last} if dots else {"window": company.window}
        cuts = CutsForm.cuts_of(company)
        ranked = {"measure": company.measure, "period": company.period}
        return {**window, **cuts, **ranked, **LapseForm.lapse_of(company), "version": company.version}
