"""What people type about facts, sheets and kinds: cleaned, not acted on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anahtar.rules.dossier import TYPES
from anahtar_web.accounts.models import Account
from anahtar_web.company.fields import DayField
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Area,
    Contract,
    Demand,
    Fact,
    Form,
    Grade,
    Kept,
    Permission,
)
from anahtar_web.dossier.values import amount_of, decimal_of, typed
from anahtar_web.dossier.words import type_name
from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder

_EARLIEST: Final = date(1800, 1, 1)
_LATEST: Final = date(2200, 1, 1)
_UNITS: Final = 10_000
_GREATEST: Final = 10**14


class Day(DayField):
    """A day of a house's life, which may be older than business is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(earliest=_EARLIEST, latest=_LATEST, **options)


class Number(forms.CharField):
    """A number in the signs of the page's language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=30, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **options
        )

    def clean(self, value: Any) -> Any:
        """Read it."""
        text = super().clean(value)
        if not text:
            return None
        found = decimal_of(text)
        if found is None or abs(found) >= _GREATEST:
            raise forms.ValidationError(_now("“%(text)s” is no number we can read.") % {"text": text})
        return found


class Amount(Number):
    """An amount of money, given as ten-thousandths."""

    def clean(self, value: Any) -> int | None:
        """Read it."""
        found = super().clean(value)
        return None if found is None else round(found * _UNITS)


class Text(forms.CharField):
    """Lines of text; line breaks as the program writes them, or an untouched text would count as changed."""

    def __init__(self, *, rows: int, longest: int = LONGEST_TEXT, **options: Any) -> None:
        super().__init__(max_length=longest, widget=forms.Textarea({"rows": rows, "spellcheck": "true"}), **options)

    def to_python(self, value: object) -> str:
        """Read it."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def _currency() -> forms.CharField:
    field = forms.RegexField(r"^[A-Z]{3}$", label=_("Currency"), max_length=3, required=False)
    field.error_messages["invalid"] = _("A currency is written with three letters: TRY, EUR.")
    return field


def _value_fields(kind: Kind) -> dict[str, forms.Field]:
    """Give the fields of a value; the first of them is what one types first."""
    name, must = kind.name, kind.form
    match must:
        case Form.MARKDOWN:
            return {"text": Text(rows=7, label=name, help_text=_("Markdown: **bold**, - list, ## heading"))}
        case Form.LIST:
            return {"text": Text(rows=5, label=name, help_text=_("One per line"))}
        case Form.NUMBER:
            label = f"{name} ({kind.unit})" if kind.unit else name
            return {"number": Number(label=label)}
        case Form.MONEY:
            return {"money": Amount(label=name), "currency": _currency()}
        case Form.DATE:
            return {"day": Day(label=name)}
        case Form.CHOICE:
            return {"text": forms.ChoiceField(label=name, choices=list(kind.options))}
        case Form.YES_NO:
            choices = [("yes", _("yes")), ("no", _("no"))]
            return {"flag": forms.TypedChoiceField(label=name, choices=choices, coerce=lambda said: said == "yes")}
        case Form.EVENT:
            return {"day": Day(label=_("Day")), "text": forms.CharField(label=name, max_length=LONGEST_LINE)}
        case Form.SITE:
            return {
                "text": forms.CharField(label=_("Name of the site"), max_length=LONGEST_LINE),
                "locality": forms.CharField(label=_("Place"), max_length=200, required=False),
                "detail": Text(rows=2, label=_("What is bought there, by whom"), longest=1000, required=False),
            }
    return {"text": Text(rows=2, longest=2000, label=name)}


class FactForm(forms.Form):
    """A fact: its value and how we know it; nothing else has to be said."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=19)
    known_on = Day(label=_("Known on"), required=False, help_text=_("Empty: today."))
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        required=False,
        help_text=_("Where it is from: a talk, a paper, a trade register …"),
    )
    said_by = forms.ModelChoiceField(Stakeholder.objects.none(), label=_("Said by"), required=False)
    colleague = forms.ModelChoiceField(User.objects.none(), label=_("Told by a colleague"), required=False)
    link = forms.URLField(label=_("Link"), max_length=1000, required=False, assume_scheme="https")
    document = forms.ModelChoiceField(Attachment.objects.none(), label=_("Document"), required=False)

    def __init__(self, *args: Any, kind: Kind, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.value_names = list(values := _value_fields(kind))
        grade = forms.ChoiceField(
            label=_("How do we know it?"), choices=Grade.choices, widget=forms.RadioSelect, initial=Grade.ASSUMED
        )
        self.fields = {"seen": self.fields["seen"], **values, "grade": grade, **self.fields}
        next(iter(values.values())).widget.attrs["autofocus"] = True
        _people_and_files(self, account, "said_by")
        colleague: Any = self.fields["colleague"]
        colleague.queryset = User.objects.filter(is_active=True).order_by("name", "pk")

    def clean_seen(self) -> int | None:
        """Give the statement that held when the form was shown; None: there was none."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() else None

    def clean(self) -> dict[str, Any]:
        """An amount without a currency is none."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("money") is not None and not said.get("currency"):
            self.add_error("currency", _now("Say in which currency."))
        return said

    @property
    def value(self) -> dict[str, Any]:
        """Give what was typed of the value."""
        return {name: self.cleaned_data[name] for name in self.value_names}

    @property
    def value_bound(self) -> list[Any]:
        """Give the fields of the value, for the template."""
        return [self[name] for name in self.value_names]

    @property
    def more(self) -> list[Any]:
        """Give the fields that need not be filled in."""
        names = ("known_on", "source", "said_by", "colleague", "link", "document")
        return [self[name] for name in names if name in self.fields]


def proposed(kind: Kind, fact: Fact | None, currency: str) -> dict[str, Any]:
    """Give what a form of a fact shows first: the value that holds, or nothing but the currency."""
    if fact is None:
        return {"currency": currency}
    flag = None if fact.flag is None else ("yes" if fact.flag else "no")
    return {
        "seen": fact.pk,
        "text": fact.text,
        "detail": fact.detail,
        "locality": fact.locality,
        "number": typed(fact.number),
        "money": typed(amount_of(fact.money)),
        "currency": fact.currency or currency,
        "day": fact.day,
        "flag": flag,
        "grade": fact.grade,
    }


def _people_and_files(form: forms.Form, account: Account, *people: str) -> None:
    """Offer the people and files of the account; where there are none, the field is left out."""
    offered = {name: Stakeholder.objects.of(account).filter(left_on=None).order_by("name", "pk") for name in people}
    for name, rows in {**offered, "document": Attachment.objects.of(account).order_by("name", "pk")}.items():
        found = list(rows)
        if not found:
            del form.fields[name]
            continue
        field: Any = form.fields[name]
        field.queryset = rows
        field.choices = [("", "–"), *((row.pk, _named(row)) for row in found)]


def _named(row: Any) -> str:
    return f"{row.name} · {row.position}" if getattr(row, "position", "") else str(row)


class ReasonForm(forms.Form):
    """Why something is taken back or out."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class SheetForm(forms.Form):
    """What every sheet has; the account's people and files are offered."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=19)
    people: tuple[str, ...] = ()

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        _people_and_files(self, account, *self.people)

    def clean_seen(self) -> int | None:
        """Give the version that stood there when the form was shown."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() else None

    @property
    def said(self) -> dict[str, Any]:
        """Give what was typed of the sheet."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class ContractForm(SheetForm):
    """A contract."""

    title = forms.CharField(label=_("Contract"), max_length=200)
    starts_on = Day(label=_("Starts on"), required=False)
    ends_on = Day(label=_("Ends on"), required=False, help_text=_("The last day on which it holds; empty: no end."))
    notice_by = Day(
        label=_("Notice by"),
        required=False,
        help_text=_("The last day to give notice or renegotiate: you are reminded before it."),
    )
    renews = forms.BooleanField(label=_("Renews itself"), required=False)
    money = Amount(label=_("Contract value"), required=False)
    currency = _currency()
    document = forms.ModelChoiceField(Attachment.objects.none(), label=_("Document"), required=False)
    remark = Text(rows=2, longest=2000, label=_("Remark"), required=False)

    def clean(self) -> dict[str, Any]:
        """The days follow each other, and an amount has a currency."""
        said: dict[str, Any] = super().clean() or {}
        starts, ends, notice = (said.get(name) for name in ("starts_on", "ends_on", "notice_by"))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _now("It ends before it starts."))
        if notice and ends and notice > ends:
            self.add_error("notice_by", _now("That is after its end: notice would come too late."))
        if said.get("money") is not None and not said.get("currency"):
            self.add_error("currency", _now("Say in which currency."))
        if said.get("money") is None:
            said["currency"] = ""
        return said


class PermissionForm(SheetForm):
    """A reference right."""

    people = ("granted_by",)

    what = forms.ChoiceField(label=_("What"), choices=Permission.What.choices)
    state = forms.ChoiceField(label=_("How it stands"), choices=Permission.State.choices)
    uses = forms.CharField(label=_("Where we may use it"), max_length=500, required=False)
    until = Day(label=_("Until"), required=False, help_text=_("Empty: until they take it back."))
    granted_by = forms.ModelChoiceField(Stakeholder.objects.none(), label=_("Granted by"), required=False)
    proof = forms.CharField(
        label=_("Proof"), max_length=500, required=False, help_text=_("A mail, a letter, a clause of the contract")
    )
    document = forms.ModelChoiceField(Attachment.objects.none(), label=_("Document"), required=False)


class DemandForm(SheetForm):
    """A demand and our answer."""

    people = ("raised_by",)

    subject = forms.ChoiceField(label=_("About"), choices=Demand.Subject.choices)
    demand = Text(rows=3, longest=2000, label=_("What they demand"))
    since = Day(label=_("Since"), required=False)
    raised_by = forms.ModelChoiceField(Stakeholder.objects.none(), label=_("Raised by"), required=False)
    answer = Text(rows=3, longest=2000, label=_("Our answer"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=Demand.State.choices)
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who of us answers"), required=False)
    document = forms.ModelChoiceField(Attachment.objects.none(), label=_("Document"), required=False)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, account=account, **options)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(is_active=True).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        """What is answered has an answer."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("state") == Demand.State.ANSWERED and not said.get("answer"):
            self.add_error("answer", _now("Say what we answered."))
        return said


SHEET_FORMS: Final[Mapping[str, type[SheetForm]]] = {
    "contract": ContractForm,
    "permission": PermissionForm,
    "demand": DemandForm,
}


def proposed_sheet(row: Kept, form: type[SheetForm]) -> dict[str, Any]:
    """Give what the form of a sheet shows first."""
    names = [name for name in form.base_fields if name != "seen"]
    shown = {name: getattr(row, name) for name in names}
    if isinstance(row, Contract):
        shown["money"] = typed(amount_of(row.money))
    return {**shown, "seen": row.pk}


class KindForm(forms.Form):
    """A kind of fact: of one of ours its area, shelf-life and importance; of the company's own everything."""

    number = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    name_tr = forms.CharField(label=_("Name in Turkish"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    area = forms.ChoiceField(label=_("Area"), choices=Area.choices)
    form = forms.ChoiceField(label=_("What it holds"), choices=Form.choices)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False, help_text=_("Of a number: people, tonnes …"))
    options = Text(rows=4, longest=2000, label=_("Choices"), required=False, help_text=_("One per line"))
    many = forms.BooleanField(
        label=_("Several values"), required=False, help_text=_("As with sites or goals: there may be more than one.")
    )
    shelf_months = forms.IntegerField(
        label=_("Shelf-life in months"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("After this time a fact is stale; empty: it never ages."),
    )

    def __init__(self, *args: Any, kind: Kind | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind is not None and not kind.is_own:
            for name in ("name_tr", "name_en", "form", "unit", "options", "many"):
                del self.fields[name]
        points = [
            (0, _("0 · not asked for")),
            (1, _("1 · good to know")),
            (2, _("2 · needed")),
            (3, _("3 · essential")),
        ]
        for code in TYPES:
            self.fields[f"for_{code}"] = forms.TypedChoiceField(
                label=type_name(code), choices=points, coerce=int, initial=1
            )

    def clean_number(self) -> int:
        """Give the version that was read; without one the form was never shown, and overwrites nothing."""
        text = self.cleaned_data["number"]
        return int(text) if text.isascii() and text.isdecimal() else -1

    @property
    def said(self) -> dict[str, Any]:
        """Give what was typed of the kind."""
        fields = {
            name: value for name, value in self.cleaned_data.items() if name != "number" and not name.startswith("for_")
        }
        return {**fields, "importance": {code: self.cleaned_data[f"for_{code}"] for code in TYPES}}

    @property
    def plain(self) -> list[Any]:
        """Give the fields above the table of importance."""
        return [self[name] for name in self.fields if name != "number" and not name.startswith("for_")]

    @property
    def points(self) -> list[Any]:
        """Give the fields of importance."""
        return [self[f"for_{code}"] for code in TYPES]


def proposed_kind(kind: Kind) -> dict[str, Any]:
    """Give what the form of a kind shows first."""
    names = kind.names or {}
    return {
        "number": kind.number,
        "name_tr": names.get("tr", ""),
        "name_en": names.get("en", ""),
        "area": kind.area,
        "form": kind.form,
        "unit": kind.unit,
        "options": "\n".join(code for code, _label in kind.options),
        "many": kind.many,
        "shelf_months": kind.shelf_months,
        **{f"for_{code}": kind.importance.get(code, 0) for code in TYPES},
    }
