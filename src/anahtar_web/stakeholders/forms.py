"""What people type about people at accounts: cleaned, not acted on."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from anahtar_web.company.fields import DayField
from anahtar_web.stakeholders.models import ContactPoint, Grade, LegalGround, Level, Role, Stakeholder, Stance, Tie

_NOT_KNOWN: Final = _("not known")
LONGEST_TEXT: Final = 5000
CELLS: Final = ("name", "position", "unit", "reports_to", "role", "influence", "stance", "stance_grade")
"""What is edited in the table itself."""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _choices(choices: Iterable[tuple[Any, Any]], empty: Any = _NOT_KNOWN) -> list[tuple[Any, Any]]:
    return [("", empty), *choices]


class WhoField(forms.TypedChoiceField):
    """Somebody of the account, gaps included."""

    def __init__(self, people: Sequence[Stakeholder], *, empty: Any, **options: Any) -> None:
        self._people = {str(who.pk): who for who in people}
        shown = [(key, f"{who.shown} · {who.position}" if who.name and who.position else who.shown)
                 for key, who in self._people.items()]  # fmt: skip
        super().__init__(choices=[("", empty), *shown], empty_value=None, coerce=self._found, **options)

    def _found(self, key: str) -> Stakeholder:
        return self._people[key]

    def prepare_value(self, value: Any) -> Any:
        """Write somebody as the list knows them."""
        return str(value.pk) if isinstance(value, Stakeholder) else value


class _Versioned(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def clean_version(self) -> int:
        """Give the version that was read; without one the form was never shown, and overwrites nothing."""
        return _number(self.cleaned_data["version"])


class PersonForm(_Versioned):
    """Whatever is written of somebody."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Empty: a gap. Somebody has this place, and we do not know who."),
    )
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role in the decision"), required=False, choices=_choices(Role.choices))
    more_roles = forms.MultipleChoiceField(
        label=_("Further roles"), required=False, choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    influence = forms.TypedChoiceField(
        label=_("Influence"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=_choices([(5, _("5 · decisive")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 · hardly any"))]),
    )
    stance = forms.ChoiceField(label=_("Stance"), required=False, choices=_choices(Stance.choices))
    stance_grade = forms.ChoiceField(
        label=_("How sure"),
        required=False,
        choices=_choices(Grade.choices, "–"),
        help_text=_("Confirmed: one of us has heard or seen it. Everything else is assumed."),
    )
    stance_since = DayField(label=_("Since"), required=False)
    preferences = forms.CharField(
        label=_("Preferences"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "class": "markdown-input"}),
        help_text=_("How they like to be spoken to, what matters to them. Markdown. The person may ask to read it."),
    )
    birth_day = forms.TypedChoiceField(
        label=_("Birthday: day"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=_choices([(day, str(day)) for day in range(1, 32)], "–"),
    )
    birth_month = forms.TypedChoiceField(
        label=_("Month"), required=False, coerce=int, empty_value=None, choices=_choices(MONTHS.items(), "–")
    )
    birth_year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=_choices(Stakeholder._meta.get_field("language").choices or [])
    )
    purpose = forms.CharField(label=_("Why we hold it"), max_length=300, required=False)
    legal_ground = forms.ChoiceField(label=_("Legal ground"), required=False, choices=_choices(LegalGround.choices))

    def __init__(self, *args: Any, people: Sequence[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reports_to"] = WhoField(
            people, empty=_("nobody, or not known"), label=_("Reports to"), required=False
        )

    def clean_more_roles(self) -> str:
        """Write the roles as they are kept."""
        chosen = self.cleaned_data["more_roles"]
        return f" {' '.join(chosen)} " if chosen else ""

    def clean_preferences(self) -> str:
        """Keep line breaks as the program writes them, or an untouched text would count as changed."""
        return str(self.cleaned_data["preferences"]).replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:
        """Check that the birthday is a day."""
        said = super().clean() or self.cleaned_data
        day, month, year = (said.get(f"birth_{part}") for part in ("day", "month", "year"))
        if (day is None) != (month is None) or (year is not None and day is None):
            self.add_error("birth_day", _("A birthday has a day and a month; the year may stay open."))
        elif day is not None and month is not None and not _is_day(year or 2000, month, day):
            self.add_error("birth_day", _("There is no such day."))
        return said


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day) is not None
    except ValueError:
        return False


class CellForm(_Versioned):
    """One field of somebody, in the table."""

    def __init__(self, *args: Any, field: str, people: Sequence[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = PersonForm(people=people).fields[field]
        self.fields["value"].help_text = ""


class MoveForm(_Versioned):
    """Below whom a card goes."""

    def __init__(self, *args: Any, people: Sequence[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"] = WhoField(people, empty=_("nobody: to the top"), label=_("Reports to"), required=False)


class DropForm(MoveForm):
    """Where a card was dropped: on a superior, or beside a colleague."""

    def __init__(self, *args: Any, people: Sequence[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        for name in ("before", "after"):
            self.fields[name] = WhoField(people, empty="", required=False)
        self.fields["who"] = WhoField(people, empty="", required=True)


class LeaveForm(_Versioned):
    """When somebody left, and where to."""

    on = DayField(label=_("Left on"))
    went_to = forms.CharField(label=_("Went to"), max_length=200, required=False)
    place_stays = forms.BooleanField(
        label=_("Somebody will follow: keep the place as a gap"),
        required=False,
        help_text=_("Whoever reports to them then reports to the gap, else to their superior."),
    )


class BackForm(_Versioned):
    """Somebody has not left after all."""


class AddressForm(forms.Form):
    """Where somebody is reached."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContactPoint.Kind.choices)
    value = forms.CharField(label=_("Address"), max_length=320)

    def clean(self) -> dict[str, Any]:
        """Check an address by its kind."""
        said = super().clean() or self.cleaned_data
        checks: dict[str, forms.Field] = {"email": forms.EmailField(), "web": forms.URLField(assume_scheme="https")}
        check = checks.get(said.get("kind", ""))
        if check is not None and said.get("value"):
            try:
                said["value"] = check.clean(said["value"])
            except forms.ValidationError as refusal:
                self.add_error("value", refusal)
        return said


class TieForm(forms.Form):
    """A line from one person to another."""

    kind = forms.ChoiceField(label=_("What runs between them"), choices=Tie.Kind.choices)
    strength = forms.TypedChoiceField(
        label=_("Strength"), coerce=int, choices=Tie.Strength.choices, initial=Tie.Strength.MEDIUM
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    since = DayField(label=_("Since"), required=False)

    def __init__(self, *args: Any, people: Sequence[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = WhoField(people, empty="", label=_("On whom, or with whom"))
        self.fields = {"other": other, **self.fields}


class NothingForm(forms.Form):
    """A question to which the answer is yes."""


class RelationForm(forms.Form):
    """How one of us stands with one of them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=19)
    level = forms.TypedChoiceField(
        label=_("Now"), required=False, coerce=int, empty_value=None, choices=_choices(Level.choices)
    )
    desired = forms.TypedChoiceField(
        label=_("Wanted"), required=False, coerce=int, empty_value=None, choices=_choices(Level.choices, _("not said"))
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_seen(self) -> int | None:
        """Give the row that held when the form was shown; None: there was none."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() else None


class LookForm(forms.Form):
    """What a page of people is narrowed to."""

    text = forms.CharField(label=_("Name, position or unit"), required=False, max_length=200)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=_choices(Role.choices, _("every role")))
    stance = forms.ChoiceField(
        label=_("Stance"), required=False, choices=[*_choices(Stance.choices, _("every stance")), ("none", _NOT_KNOWN)]
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=200)


class CloseForm(forms.Form):
    """When they decided."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    closed_on = DayField(label=_("Decided on"), required=False)

    def clean_seen(self) -> int:
        """Give the number of the version that was read."""
        return _number(self.cleaned_data["seen"])
