"""Files of tenders: which column of one that comes in says what, and in which form a list leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from anahtar_web.gate.rights import Field
from anahtar_web.people.models import User
from anahtar_web.tenders.columns import SAYS
from anahtar_web.tenders.forms.fields import VersionForm
from anahtar_web.tenders.models import TenderImport


class ExportForm(forms.Form):
    """In which form a list leaves, and what for."""

    form = forms.ChoiceField(
        label=pgettext_lazy("of a file", "Form"), choices=[("xlsx", gettext_lazy("Excel")), ("csv", "CSV")]
    )
    reason = forms.CharField(
        label=gettext_lazy("What for"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class UploadForm(forms.Form):
    """A file of past tenders; the file itself comes beside."""


class ColumnsForm(forms.Form):
    """Which column says what, and how its numbers and days are written."""

    def __init__(self, *args: Any, of: TenderImport, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [("", "–"), *((str(at), name or f"#{at + 1}") for at, name in enumerate(of.header))]
        for name, said in SAYS.items():
            if said.is_price and not user.sees(Field.OFFER):
                continue
            self.fields[f"say_{name}"] = forms.ChoiceField(
                label=said.label, choices=columns, required=False, initial=str(of.mapping.get(name, ""))
            )
        as_written = ("", _("as the file shows"))
        self.fields["decimal"] = forms.ChoiceField(
            label=_("Decimal sign"),
            choices=[as_written, (",", _("comma: 1.234,56")), (".", _("point: 1,234.56"))],
            required=False,
            initial=of.options.get("decimal", ""),
        )
        self.fields["date_order"] = forms.ChoiceField(
            label=pgettext("of a tender", "Days"),
            choices=[as_written, ("dmy", _("day first: 31.12.2025")), ("mdy", _("month first: 12/31/2025"))],
            required=False,
            initial=of.options.get("date_order", ""),
        )
        self.fields["currency"] = forms.RegexField(
            r"^[A-Z]{3}$",
            label=_("Currency, where no column says it"),
            required=False,
            max_length=3,
            initial=of.options.get("currency", ""),
        )

    def mapping(self) -> dict[str, int]:
        """Give what was chosen: what a column says -> its place."""
        told = {name: self.cleaned_data.get(f"say_{name}") for name in SAYS}
        return {name: int(place) for name, place in told.items() if place}

    def options(self) -> dict[str, str]:
        """Give what was decided."""
        return {name: self.cleaned_data[name] for name in ("decimal", "date_order", "currency")}


class TakeBackForm(VersionForm):
    """Why an import is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
