"""The form of the schedule: cleaning only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar_web.company.forms.parts import Edited
from anahtar_web.company.forms.thresholds import Reasoned
from anahtar_web.schedules.actions import FIELDS, values
from anahtar_web.schedules.models import Every, Schedule
from anahtar_web.schedules.words import clock


class ScheduleForm(Reasoned, Edited):
    """When the ledger is analysed by itself."""

    every = forms.ChoiceField(label=_("How often"), choices=Every.choices, widget=forms.RadioSelect)
    hour = forms.TypedChoiceField(
        label=_("Hour"),
        choices=[(hour, clock(hour)) for hour in range(24)],
        coerce=int,
        help_text=_("By the company’s clock. An hour that summer time leaves out comes when the clock jumps."),
    )
    day = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=31,
        help_text=_("Only for once a month. A month that is shorter has it on its last day."),
    )

    def typed(self) -> dict[str, Any]:
        """Give the schedule; the form is valid."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @staticmethod
    def initial_of(schedule: Schedule) -> dict[str, Any]:
        """Give what the form shows of a schedule."""
        return {**values(schedule), "version": schedule.version}
