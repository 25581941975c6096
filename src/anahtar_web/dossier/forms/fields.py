"""Fields of the dossier's forms, and what an account offers to choose from."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.models import Account
from anahtar_web.company.fields import DayField
from anahtar_web.dossier.models import LONGEST_TEXT
from anahtar_web.dossier.values import decimal_of
from anahtar_web.files.models import Attachment
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


def currency() -> forms.CharField:
    field = forms.RegexField(r"^[A-Z]{3}$", label=_("Currency"), max_length=3, required=False)
    field.error_messages["invalid"] = _("A currency is written with three letters: TRY, EUR.")
    return field


def offer_people_and_files(form: forms.Form, account: Account, *people: str) -> None:
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
