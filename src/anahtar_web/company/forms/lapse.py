"""By what an account's silence is called a lapse."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar_web.company.forms.parts import Percent, in_percent
from anahtar_web.company.models import LEAST_LAPSE_DAYS, MOST_LAPSE_DAYS, Company, Lapse

EXPLAINED: Final = {
    Lapse.RHYTHM: _(
        "Silence is held against the account's own gaps: who buys every week is missed after weeks, who buys twice a "
        "year after many months. Needs nothing but the ledger; right for most companies to begin with."
    ),
    Lapse.FLAT: _(
        "One number for everybody: lapsed beyond it, and lost on the page of losses; watched beyond half of it, at "
        "risk beyond two thirds. Easy to say and to check; it is late for who buys often and early for who buys seldom."
    ),
    Lapse.PROBABILITY: _(
        "The best model of a backtest on your own ledger says how likely the account is to buy nothing in the time "
        "ahead; from these two probabilities on it is at risk and lapsed. Where the ledger is too small for a model, "
        "the own rhythm decides."
    ),
    Lapse.COMBINED: _(
        "Watched by its rhythm, at risk and lapsed by probability or beyond three of its usual intervals, lost by "
        "time. Looks at most; ask the backtest whether it is worth it on your ledger."
    ),
}
"""Criterion -> what choosing it means."""


class LapseForm(forms.Form):
    """The lapse criterion and its borders."""

    lapse = forms.ChoiceField(
        label=_("An account lapses by"), choices=Lapse.choices, widget=forms.RadioSelect, initial=Lapse.RHYTHM
    )
    lapse_days = forms.IntegerField(
        label=_("Days allowed to everybody"),
        min_value=LEAST_LAPSE_DAYS,
        max_value=MOST_LAPSE_DAYS,
        help_text=_("Only for the same days for everybody: lapsed beyond them, in states and in losses alike."),
    )
    lapse_at_risk = Percent(
        label=_("At risk from a probability of"),
        most=99.9,
        help_text=_("percent; only where probability is looked at"),
    )
    lapse_lapsed = Percent(
        label=_("Lapsed from a probability of"),
        most=99.9,
        help_text=_("percent; only where probability is looked at"),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, second = said.get("lapse_at_risk"), said.get("lapse_lapsed")
        if first is not None and second is not None and not 0 < first < second:
            self.add_error("lapse_at_risk", _("Above 0, and below the probability from which an account is lapsed."))
        return said

    @staticmethod
    def lapse_of(company: Company) -> dict[str, Any]:
        """Give what the form shows of a company's criterion."""
        shares = {name: in_percent(getattr(company, name)) for name in ("lapse_at_risk", "lapse_lapsed")}
        return {"lapse": company.lapse, "lapse_days": company.lapse_days, **shares}

    def explained(self) -> list[tuple[str, Any]]:
        """Give every criterion's name and what choosing it means."""
        return [(str(kind.label), EXPLAINED[kind]) for kind in Lapse]
