"""What people type of a fact."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.models import Account
from anahtar_web.dossier.forms.fields import Amount, Day, Number, Text, currency, offer_people_and_files
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import LONGEST_LINE, Fact, Form, Grade
from anahtar_web.dossier.values import amount_of, typed
from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder


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
            return {"money": Amount(label=name), "currency": currency()}
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
        offer_people_and_files(self, account, "said_by")
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
