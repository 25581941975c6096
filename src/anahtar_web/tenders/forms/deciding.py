"""What became of a tender, and why; and the list of reasons of which one is chosen."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.company.fields import DayField
from anahtar_web.company.reasons import ListedReason
from anahtar_web.tenders.forms.fields import MarkdownField, VersionForm
from anahtar_web.tenders.models import LOST, OPEN, Outcome, Reason, Stage

NOT_SAID: Final = "none"
"""Their reason where they gave none."""


def asked_reasons(reasons: Iterable[Reason]) -> list[tuple[str, str]]:
    """Give the choices of a reason."""
    return [("", _("Choose")), *((str(reason.pk), str(reason)) for reason in reasons)]


class DecideForm(VersionForm):
    """What became of a tender, and why."""

    def __init__(self, *args: Any, reasons: Sequence[Reason], has_lots: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reasons = {str(reason.pk): reason for reason in reasons}
        choices = [choice for choice in Outcome.choices if has_lots or choice[0] != Outcome.PARTLY]
        self.fields["outcome"] = forms.ChoiceField(label=_("Outcome"), choices=[("", _("Choose")), *choices])
        self.fields["decided_on"] = DayField(label=_("Decided on"))
        theirs = asked_reasons(reasons)
        theirs.insert(1, (NOT_SAID, _("They did not say")))
        self.fields["their_reason"] = forms.ChoiceField(
            label=_("Their reason"), choices=theirs, required=False, help_text=_("What they told us. Asked on a loss.")
        )
        self.fields["their_words"] = _words(_("In their words"))
        self.fields["our_reason"] = forms.ChoiceField(
            label=_("Our reason"),
            choices=asked_reasons(reasons),
            required=False,
            help_text=_("What we believe decided it. Asked on a loss."),
        )
        self.fields["our_words"] = _words(_("In our words"))
        self.fields["lessons"] = MarkdownField(rows=5, label=_("Lessons: what we do otherwise next time"))

    def clean(self) -> dict[str, Any]:
        """Ask for both reasons on a loss, and give the reasons themselves."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("outcome") in LOST:
            if not said.get("their_reason"):
                self.add_error("their_reason", _("Say what they said, or that they did not say."))
            if not said.get("our_reason"):
                self.add_error("our_reason", _("Say why it was lost, as we see it."))
        for name in ("their_reason", "our_reason"):
            said[name] = self._reasons.get(said.get(name) or "")
        return said


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class MoveForm(VersionForm):
    """To which stage a card goes."""

    stage = forms.ChoiceField(choices=Stage.choices)


class ReopenForm(VersionForm):
    """At which stage a decided tender goes on, and why."""

    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), choices=[(stage.value, stage.label) for stage in OPEN], initial=Stage.SUBMITTED
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(VersionForm):
    """A reason of the list; a new one has a name only."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)

    @staticmethod
    def initial_of(reason: ListedReason) -> dict[str, Any]:
        """What the form shows of a reason."""
        return {"version": reason.version, "name": str(reason), "place": reason.place, "offered": reason.offered}

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            self.fields["place"] = forms.IntegerField(
                label=_("Place in the list"), min_value=1, max_value=999, help_text=_("The smallest stands first.")
            )
            self.fields["offered"] = forms.BooleanField(
                label=_("Offered"), required=False, help_text=_("What was chosen before keeps it.")
            )
