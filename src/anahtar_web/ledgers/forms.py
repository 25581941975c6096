"""Cleaning what a person types about an import; what becomes of it is decided by actions."""

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar.ledger.options import DateOrder
from anahtar.ledger.peek import PeekedColumn
from anahtar.ledger.roles import REQUIRED, ROLES, FileKind, Role
from anahtar_web.ui.templatetags.shown import words


class UploadForm(forms.Form):
    """Files stand in `request.FILES` (`incoming.IncomingFile`); this is what is said about them."""

    again = forms.BooleanField(
        label=_("Upload all the same"),
        help_text=_("For another sheet of a workbook that is here already. The same lines are never counted twice."),
        required=False,
    )

    def complain(self, sentence: Any) -> None:
        """Say above the form why the files were not taken."""
        self.full_clean()
        self.add_error(None, str(sentence))


class VersionedForm(forms.Form):
    """A form that was made for one version of an import."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TakeBackForm(VersionedForm):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=pgettext_lazy("of a refusal", "Reason"),
        help_text=_("Stays in the history of the import and on the audit trail."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "textarea"}),
    )


class CheckForm(VersionedForm):
    """What becomes of some rows; a file of exchange rates stands in `request.FILES`."""

    duplicates = forms.ChoiceField(
        label=_("Exact duplicates"),
        help_text=_("Rows that are equal in every column."),
        choices=[("keep", _("count every one")), ("drop", _("count the first, set the others aside"))],
        widget=forms.RadioSelect,
    )
    leave_out_products = forms.CharField(
        label=_("Products to leave out"),
        help_text=_("Codes as they stand in the file, separated by commas: POST, NAKLİYE. Their rows are set aside."),
        required=False,
        max_length=2000,
    )
    refuse_above = forms.IntegerField(
        label=_("Refused rows allowed"),
        help_text=_("More than this stop the import; empty: no limit."),
        required=False,
        min_value=0,
        max_value=10**9,
    )
    currency = forms.CharField(
        label=_("Currency"),
        help_text=_("Of the ledger, three letters (TRY). Needed where the lines name several."),
        required=False,
        max_length=3,
    )

    def clean_leave_out_products(self) -> frozenset[str]:
        return frozenset(filter(None, (code.strip() for code in self.cleaned_data["leave_out_products"].split(","))))

    def clean_currency(self) -> str | None:
        text = self.cleaned_data["currency"].strip().upper()
        if text and not (len(text) == 3 and text.isascii() and text.isalpha()):
            raise forms.ValidationError(_("A currency has three letters: TRY, EUR, USD."))
        return text or None

    @property
    def wishes(self) -> dict[str, Any]:
        """What was decided, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


_ENCODINGS: Final = (
    ("", _("found by evidence")),
    ("utf-8", "UTF-8"),
    ("windows-1254", _("Windows-1254 (Turkish)")),
    ("iso-8859-9", _("ISO-8859-9 (Turkish)")),
    ("windows-1251", _("Windows-1251 (Cyrillic)")),
    ("windows-1252", _("Windows-1252 (Western European)")),
    ("utf-16", "UTF-16"),
)
_DELIMITERS: Final = (
    ("", _("found by evidence")),
    (";", _("semicolon ;")),
    (",", _("comma ,")),
    ("\t", _("tabulator")),
    ("|", _("vertical bar |")),
)
SIGNS: Final = (
    ("", _("found by evidence")),
    (",", _("decimal comma: 1.234,56")),
    (".", _("decimal point: 1,234.56")),
)
ORDERS: Final = (
    ("", _("found by evidence")),
    ("dmy", _("day first: 31.12.2025")),
    ("mdy", _("month first: 12/31/2025")),
    ("ymd", _("year first: 2025-12-31")),
)


def _choice(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.Select(attrs={"class": "select"})
    )


class OpenForm(VersionedForm):
    """How the files are opened; what is left empty is found by evidence."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False, widget=forms.Select(attrs={"class": "select"}))
    header_row = forms.IntegerField(
        label=_("Row of the headings"),
        help_text=_("Counted from 1; 0 where there are none."),
        required=False,
        min_value=0,
        max_value=10**7,
        widget=forms.NumberInput(attrs={"class": "input"}),
    )
    encoding = _choice(_("Encoding"), _ENCODINGS)
    delimiter = _choice(_("Separator"), _DELIMITERS)
    decimal = _choice(_("Decimal sign"), SIGNS)
    date_order = _choice(_("Order of dates"), ORDERS)

    def __init__(self, *args: Any, sheets: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sheets:
            choices = [("", _("found by evidence")), *((name, name) for name in sheets)]
            cast(forms.ChoiceField, self.fields["sheet"]).choices = choices
        else:
            del self.fields["sheet"]

    def clean_delimiter(self) -> str:
        # A tabulator is blank space, which the field would have stripped.
        return "\t" if self.data.get("delimiter") == "\t" else str(self.cleaned_data["delimiter"])

    @property
    def how(self) -> dict[str, Any]:
        """What was decided, as `ReadOptions` has it: None where it was left to the evidence."""
        told = self.cleaned_data
        order = told.get("date_order")
        return {
            "sheet": told.get("sheet") or None,
            "header_row": told.get("header_row"),
            "encoding": told.get("encoding") or None,
            "delimiter": told.get("delimiter") or None,
            "decimal": told.get("decimal") or None,
            "date_order": DateOrder(order) if order else None,
        }


class ColumnsForm(VersionedForm):
    """Which column plays which role, and how its signs are read.

    Attributes
    ----------
    drafting
        Somebody is still choosing: what is missing is no error yet.
    """

    drafting = False
    decimal = _choice(_("Decimal sign"), SIGNS)
    date_order = _choice(_("Order of dates"), ORDERS)
    save_as = forms.CharField(
        label=_("Keep for this source as"),
        help_text=_("For example: Logo, sales by invoice. The next file with these headings is read the same way."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(
        self, *args: Any, columns: Sequence[PeekedColumn], kind: FileKind = FileKind.SALES, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        self._names = {column.letter: column.name for column in columns}
        # Letters, not headings: seventeen long headings would not fit into the address of a preview.
        choices = [("", "–"), *((column.letter, _label_of(column)) for column in columns)]
        for role in ROLES[kind]:
            self.fields[role_field(role)] = _choice(words()(role.label), choices)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        sales = self._kind is FileKind.SALES
        priced = sales and told.get(role_field(Role.QUANTITY)) and told.get(role_field(Role.UNIT_PRICE))
        for role in () if self.drafting else REQUIRED[self._kind]:
            if not told.get(role_field(role)) and not (role is Role.AMOUNT and priced):
                self.add_error(role_field(role), _("Choose the column; nothing can be read without it."))
        return told

    def columns(self) -> dict[Role, str]:
        """Role -> what a mapping calls its column; empty where no column plays it."""
        letters = {role: self.cleaned_data[role_field(role)] for role in ROLES[self._kind]}
        return {role: self._names.get(letter, "") for role, letter in letters.items()}

    @property
    def signs(self) -> dict[str, Any]:
        """Decimal sign and order of dates, None where they were left to the evidence."""
        order = self.cleaned_data["date_order"]
        return {
            "decimal": self.cleaned_data["decimal"] or None,
            "date_order": DateOrder(order) if order else None,
        }


def _label_of(column: PeekedColumn) -> str:
    return f"{column.letter} · {column.header}" if column.header.strip() else column.letter


def role_field(role: Role) -> str:
    """Name the field of a role."""
    return f"role_{role.value}"
