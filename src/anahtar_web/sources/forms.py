"""Cleaning what a person types about a source."""

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.company.forms.parts import Edited
from anahtar_web.sources.actions import FIELDS, values
from anahtar_web.sources.models import Source

_SECRET: Final = _(
    "Leave the password out, here and everywhere on this page: others can read it. The operator puts it into the file "
    "that ANAHTAR_SOURCE_PASSFILE names, or into PGPASSWORD."
)


class SourceForm(Edited):
    """Where a table stands; there is no field for a password."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("For example: Logo, invoice lines."))
    host = forms.ChoiceField(
        label=_("Server"),
        help_text=_("Those that the operator allows."),
        # Not with what was sent in it, as Django says it: an address with a password is not shown again.
        error_messages={"invalid_choice": _("Choose one of the servers.")},
        widget=forms.Select(attrs={"class": "select"}),
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=5432)
    database = forms.CharField(label=_("Database"), max_length=100)
    schema = forms.CharField(label=_("Schema"), max_length=100, initial="public")
    table = forms.CharField(label=pgettext_lazy("of a database", "Table or view"), max_length=100)
    user = forms.CharField(
        label=_("User of the database"),
        max_length=100,
        help_text=_("One that may only read: USAGE on the schema, SELECT on the table."),
    )
    scheduled = forms.BooleanField(label=_("Refresh it before each scheduled analysis"), required=False)

    def __init__(self, *args: Any, current: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts: Sequence[str] = settings.SOURCE_HOSTS
        # A server that is allowed no more stands in the form as it is, and is refused when it is sent.
        names = [*hosts, *([current] if current and current not in hosts else [])]
        cast(forms.ChoiceField, self.fields["host"]).choices = [(name, name) for name in names]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in ("name", "database", "schema", "table", "user"):
            text = str(self.data.get(name, ""))
            if "://" in text or "password=" in text.lower() or (name == "user" and ":" in text):
                # Not shown again either.
                self.data = {**dict(self.data.items()), name: ""}
                told.pop(name, None)
                self.add_error(name, _SECRET)
        return told

    def typed(self) -> dict[str, Any]:
        """Give the fields of a source; the form is valid."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @staticmethod
    def initial_of(source: Source | None) -> dict[str, Any]:
        """Give what the form shows of a source; of none, what is usual."""
        if source is None:
            return {"version": 1, "port": 5432, "schema": "public", "scheduled": True}
        return {**values(source), "version": source.version}
