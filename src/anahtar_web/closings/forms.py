"""Forms of the closing: cleaning only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar_web.closings.models import MOST_DAYS, ClosingRule, key_of
from anahtar_web.company.forms.parts import Edited
from anahtar_web.company.forms.thresholds import Reasoned
from anahtar_web.ui.templatetags import shown


class CloseForm(forms.Form):
    """Up to which month all are closed."""

    until = forms.ChoiceField(label=_("Close all months up to"))

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].choices = [(key_of(one), shown.month(one)) for one in months]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def month(self) -> date:
        """Its first day; the form is valid."""
        return date.fromisoformat(f"{self.cleaned_data['until']}-01")


class RuleForm(Reasoned, Edited):
    """When months are closed by themselves."""

    days = forms.IntegerField(
        label=_("Days after its end"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        help_text=_("Then a month is closed by itself. Empty: only people close months."),
    )

    @staticmethod
    def initial_of(rule: ClosingRule) -> dict[str, Any]:
        """Give what the form shows of a rule."""
        return {"days": rule.days, "version": rule.version}


class SettleForm(Reasoned, Edited):
    """A decision on one closed month, and why."""
