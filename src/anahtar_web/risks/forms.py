"""What people type about cases: cleaned, not acted on."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from anahtar_web.accounts.forms import PersonField
from anahtar_web.company.fields import DayField
from anahtar_web.competitors.models import Competitor
from anahtar_web.dossier.models import Grade
from anahtar_web.gate.rights import Right
from anahtar_web.risks.models import Case, LossRecord, Reason, Stage
from anahtar_web.risks.queries import offered_reasons
from anahtar_web.risks.transitions import ALLOWED, BEFORE_LOSS
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.tenders.forms.fields import MarkdownField, VersionForm

_WEIGHTS = [(n, str(n)) for n in range(1, 6)]


def over(request: HttpRequest, version: int) -> Any:
    """Give what was sent, to be saved over the version that is shown beside it now."""
    sent: Any = request.POST.copy()
    sent["version"] = str(version)
    return sent


class ReasonField(forms.ModelChoiceField[Reason]):
    """A reason of the list."""

    def label_from_instance(self, obj: Reason) -> str:
        """Say it in the reader's language."""
        return str(obj)


class CaseForm(VersionForm):
    """What is written of a case; a new one says where it stands."""

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [case.reason_id] if case is not None and case.reason_id else []
        self.fields["title"] = forms.CharField(label=_("What is at risk"), max_length=200)
        if case is None:
            stages = [(stage.value, stage.label) for stage in (*BEFORE_LOSS, Stage.LOST)]
            self.fields["stage"] = forms.ChoiceField(label=_("Stage"), choices=stages)
        self.fields["direction"] = forms.CharField(label=_("Direction"), max_length=200, required=False)
        self.fields["reason"] = ReasonField(label=_("Reason"), queryset=offered_reasons(chosen), required=False)
        for name, label in (("severity", _("Severity")), ("likelihood", _("Likelihood"))):
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=_WEIGHTS, coerce=int, initial=3, help_text=_("From 1 to 5.")
            )
        self.fields["owner"] = PersonField(label=_("Owner"), right=Right.WRITE_DOSSIER, required=False)
        self.fields["next_step"] = forms.CharField(label=_("Next step"), max_length=300, required=False)
        self.fields["next_on"] = DayField(label=_("To be done by"), required=False)
        self.fields["notes"] = MarkdownField(rows=5, label=_("Notes"))


class MoveForm(VersionForm):
    """Where a case goes, and why."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(stage.value, stage.label) for stage in ALLOWED[case.stage]]
        self.fields["stage"] = forms.ChoiceField(label=_("Stage"), choices=choices)
        self.fields["words"] = forms.CharField(
            label=_("Why"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Needed where the case is lost, recovered or written off."),
        )
        self.fields["asked"] = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


class PlaceForm(VersionForm):
    """A card that was dropped; `asked`: what the board was narrowed to."""

    stage = forms.ChoiceField(choices=Stage.choices)
    asked = forms.CharField(max_length=2000, required=False)


class LossForm(VersionForm):
    """Why the account was lost, as somebody found out."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        loss = LossRecord.objects.filter(case=case).first()
        chosen = [one.pk for one in loss.reasons.all()] if loss is not None else []
        people = Stakeholder.objects.of(case.account).order_by("name", "pk")
        nobody = _("not known")
        self.fields["decided_on"] = DayField(label=_("Lost on"))
        self.fields["reasons"] = _ReasonsField(
            label=_("Reasons"), queryset=offered_reasons(chosen), widget=forms.CheckboxSelectMultiple
        )
        self.fields["competitor"] = forms.ModelChoiceField(
            Competitor.objects.filter(merged_into=None).order_by("sort_key", "pk"),
            label=_("Competitor"),
            required=False,
            empty_label=nobody,
        )
        self.fields["would_return"] = forms.ChoiceField(
            label=_("Would they return?"), choices=LossRecord.Return.choices, required=False
        )
        self.fields["told_by"] = forms.ModelChoiceField(
            people, label=_("Who says so"), required=False, empty_label=nobody
        )
        self.fields["source"] = forms.CharField(label=_("Source"), max_length=300, required=False)
        self.fields["grade"] = forms.ChoiceField(
            label=_("How sure"), choices=[("", "–"), *Grade.choices], required=False
        )
        self.fields["words"] = MarkdownField(rows=4, label=_("In their words"))
        self.fields["lessons"] = MarkdownField(rows=4, label=_("What we learn"))

    @property
    def found(self) -> list[forms.BoundField]:
        """What is needed first: when and why."""
        return self._some("decided_on", "reasons")

    @property
    def groups(self) -> list["Group"]:
        """What is good to know besides, folded until somebody opens it or has written there."""
        told = (
            (_("Who has them now, and whether they would return"), "swords", ("competitor", "would_return")),
            (_("Who says so, and how sure it is"), "badge-check", ("told_by", "source", "grade")),
            (_("In their words, and what we learn"), "message-square-quote", ("words", "lessons")),
        )
        return [Group(title, icon, self._some(*names)) for title, icon, names in told]

    def _some(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of a form that belong together."""

    title: str
    icon: str
    fields: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        """Whether something stands in it, or is wrong there."""
        return any(field.errors or field.value() for field in self.fields)


class _ReasonsField(forms.ModelMultipleChoiceField[Reason]):
    """Reasons of the list."""

    def label_from_instance(self, obj: Reason) -> str:
        """Say it in the reader's language."""
        return str(obj)
