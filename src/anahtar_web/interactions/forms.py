"""What people type about interactions and next steps: cleaned, not acted on."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.company.queries import company, today
from anahtar_web.gate.rights import Right
from anahtar_web.interactions.actions import Stranger, Written
from anahtar_web.interactions.actions.happening import EARLIEST, FARTHEST
from anahtar_web.interactions.models import LONGEST_NOTES, Direction, Interaction, Kind
from anahtar_web.interactions.models.happened import LONGEST_SUBJECT
from anahtar_web.people.models import User
from anahtar_web.people.queries import found
from anahtar_web.stakeholders.models import Stakeholder

_BETWEEN: Final = re.compile(r"[;,\n]+")
_LONGEST_OTHERS: Final = 4000


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def _reason(**options: Any) -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), **options)


class _Rows(forms.MultipleChoiceField):
    """Several rows by their keys."""

    def __init__(self, rows: Sequence[Any], **options: Any) -> None:
        self._rows = {str(row.pk): row for row in rows}
        choices = [(key, row.name) for key, row in self._rows.items()]
        super().__init__(choices=choices, required=False, **options)

    def clean(self, value: Any) -> Any:
        """Give the rows."""
        return [self._rows[key] for key in super().clean(value)]


class InteractionForm(forms.Form):
    """An interaction, and the next step that was agreed in it.

    Parameters
    ----------
    people
        Those of the account and of its group, whoever was met last first.
    colleagues
        Those of ours who may have taken part, and may do the next step.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.CALL)
    subject = forms.CharField(
        label=_("What it was about"), max_length=LONGEST_SUBJECT, widget=forms.TextInput({"autocomplete": "off"})
    )
    day = _day(
        _("Day"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(lambda: today() + FARTHEST)],
    )
    begins = forms.TimeField(
        label=pgettext_lazy("an hour", "From"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    ends = forms.TimeField(
        label=pgettext_lazy("an hour", "To"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    direction = forms.ChoiceField(label=_("Who turned to whom"), choices=Direction.choices, initial=Direction.OUT)
    others = forms.CharField(
        label=_("Others"),
        required=False,
        max_length=_LONGEST_OTHERS,
        help_text=_("E-mail addresses or names, separated by commas."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 4, "class": "markdown-input", "spellcheck": "true"}),
    )
    business = forms.CharField(
        label=_("Direction of business"), required=False, max_length=200, widget=forms.TextInput({"list": "businesses"})
    )

    def __init__(self, *args: Any, people: Sequence[Stakeholder], colleagues: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        box = forms.CheckboxSelectMultiple
        self.fields["theirs"] = _Rows(people, label=_("Of theirs"), widget=box)
        self.fields["ours"] = _Rows(colleagues, label=_("Of ours"), widget=box)
        add_next_step(self, colleagues)

    def clean_version(self) -> int:
        """Give the version that was read; without one nothing is written over."""
        text = self.cleaned_data["version"]
        return int(text) if text.isascii() and text.isdecimal() else -1

    def clean_others(self) -> list[Stranger]:
        """Give addresses and names one by one."""
        texts = (part.strip() for part in _BETWEEN.split(self.cleaned_data["others"]))
        return [Stranger.of(text) for text in texts if text]

    def clean_notes(self) -> str:
        """Give line breaks as the program writes them, or an untouched text would count as changed."""
        return str(self.cleaned_data["notes"]).replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:
        """Hold what belongs together against each other."""
        said = super().clean() or {}
        if said.get("ends") and not said.get("begins"):
            self.add_error("begins", _("Say when it began."))
        elif said.get("ends") and said["ends"] < said["begins"]:
            self.add_error("ends", _("It cannot end before it begins."))
        check_next_step(self, said)
        return said

    def written(self, before: Interaction | None = None) -> Written:
        """Give what is said of the interaction; what the form does not ask for stays as it was."""
        said = self.cleaned_data
        start, end = _moment(said, "begins"), _moment(said, "ends")
        kept = before is not None and before.last_day and before.last_day > said["day"]
        return Written(
            kind=said["kind"],
            direction=said["direction"],
            day=said["day"],
            starts_at=start,
            ends_at=end,
            last_day=before.last_day if kept and before else None,
            subject=said["subject"],
            notes=said["notes"],
            is_plain=before is not None and before.is_plain,
            business=said["business"].strip(),
        )


def _moment(said: dict[str, Any], name: str) -> datetime | None:
    at: time | None = said.get(name)
    return None if at is None else datetime.combine(said["day"], at, ZoneInfo(company().time_zone))


def add_next_step(form: forms.Form, colleagues: Sequence[User], *, required: bool = False) -> None:
    """Let a form ask for a next step."""
    owners = [one for one in colleagues if one.is_active and one.may(Right.WRITE_DOSSIER)]
    form.fields["next_what"] = forms.CharField(
        label=_("Next step"), required=required, max_length=300, widget=forms.TextInput({"autocomplete": "off"})
    )
    form.fields["next_on"] = _day(pgettext_lazy("the day of a next step", "On"), required=required)
    form.fields["next_owner"] = _Person(owners, label=pgettext_lazy("of a next step", "Who"), required=required)


def check_next_step(form: forms.Form, said: dict[str, Any]) -> None:
    """Refuse half a next step."""
    if said.get("next_what") and not said.get("next_on"):
        form.add_error("next_on", _("Say on which day."))
    if said.get("next_on") and not said.get("next_what"):
        form.add_error("next_what", _("Say what is to be done."))


class _Person(forms.ChoiceField):
    """One of some people."""

    def __init__(self, people: Sequence[User], **options: Any) -> None:
        self._people = {str(one.pk): one for one in people}
        super().__init__(choices=[(key, one.name) for key, one in self._people.items()], **options)

    def clean(self, value: Any) -> Any:
        """Give the person."""
        return self._people.get(super().clean(value))


class AgreeForm(forms.Form):
    """A next step on its own."""

    def __init__(self, *args: Any, colleagues: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        add_next_step(self, colleagues, required=True)


class _Seen(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=19)

    def clean_seen(self) -> int:
        """Give the last step as it was shown."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() else -1


class MoveForm(_Seen):
    """To which day, or to whom, a next step goes."""

    def __init__(self, *args: Any, colleagues: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        owners = [one for one in colleagues if one.is_active and one.may(Right.WRITE_DOSSIER)]
        self.fields["due_on"] = _day(_("New day"))
        self.fields["owner"] = _Person(owners, label=pgettext_lazy("of a next step", "Who"))
        self.fields["reason"] = _reason()


class FinishForm(_Seen):
    """A next step is done."""

    note = forms.CharField(
        label=_("What came of it"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class DropForm(_Seen):
    """Why a next step will not be done."""

    reason = _reason()


class DeleteForm(forms.Form):
    """Why an interaction is deleted."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    reason = _reason()

    def clean_version(self) -> int:
        """Give the version that was read."""
        text = self.cleaned_data["version"]
        return int(text) if text.isascii() and text.isdecimal() else -1


NEW: Final = "new"


class WhoForm(forms.Form):
    """Whose an address is."""

    def __init__(self, *args: Any, people: Sequence[Stakeholder], name: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(one.pk): one for one in people}
        choices = [*((key, one.name) for key, one in self._people.items()), (NEW, _("somebody new"))]
        self.fields["who"] = forms.ChoiceField(label=_("Who is it"), choices=choices)
        self.fields["name"] = forms.CharField(
            label=_("Name of the new person"), required=False, max_length=200, initial=name
        )

    def clean(self) -> dict[str, Any]:
        """Give the person; None: somebody new, with a name."""
        said = super().clean() or {}
        if said.get("who") == NEW and not str(said.get("name", "")).strip():
            self.add_error("name", _("Say what the person is called."))
        return said | {"person": self._people.get(said.get("who", ""))}


def colleagues_of(team: Sequence[User], user: User, also: Sequence[User] = ()) -> list[User]:
    """Give those of ours who come into question: the reader, the team of the account, and who is named already."""
    people = {one.pk: one for one in (user, *team, *also)}
    return list(people.values())


class ListForm(forms.Form):
    """By what the list of interactions is narrowed."""

    person = forms.ChoiceField(required=False, label=_("Person"))
    all = forms.BooleanField(required=False, label=_("Everything I see"))

    def __init__(self, *args: Any, has_own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        first = _("mine") if has_own else _("everybody")
        choices = [("", first)] + [(str(one.pk), one.name) for one in found() if one.is_active]
        self.fields["person"] = forms.ChoiceField(required=False, label=_("Person"), choices=choices)
