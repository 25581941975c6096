"""What people say about signals: cleaned, not acted on."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.company.queries import today
from anahtar_web.signals.actions.deciding import LONGEST
from anahtar_web.signals.models import Kind, Reason

BACK: Final = ("list", "account", "portfolio")
"""Where somebody came from."""
SHOWN: Final = ("open", "snoozed", "dismissed")


class BackForm(forms.Form):
    """A form that remembers where one came from."""

    back = forms.ChoiceField(choices=[(one, one) for one in BACK], required=False, widget=forms.HiddenInput)


class SnoozeForm(BackForm):
    """Until when, and what one waits for."""

    until = forms.DateField(label=_("Until"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    words = forms.CharField(
        label=_("What you are waiting for"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = today() + timedelta(days=1), today() + timedelta(days=LONGEST)
        self.fields["until"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        self.fields["until"].initial = today() + timedelta(days=14)


class DismissForm(BackForm):
    """Why it is nothing."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("of a signal", "Why it is nothing"), choices=Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class MakeCaseForm(BackForm):
    """What is at risk."""

    title = forms.CharField(label=_("What is at risk"), max_length=200)


class FilterForm(forms.Form):
    """Which signals."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a signal", "Kind"),
        required=False,
        choices=[("", pgettext_lazy("kinds of signals", "All kinds")), *Kind.choices],
    )
    manager = forms.ChoiceField(label=_("Key account manager"), required=False)

    def __init__(self, *args: Any, managers: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"class": "select", "aria-label": str(field.label)}
        field = self.fields["manager"]
        assert isinstance(field, forms.ChoiceField)
        everybody = pgettext_lazy("of key account managers", "Everybody’s")
        field.choices = [("", everybody), *((str(pk), name) for pk, name in managers.items())]
