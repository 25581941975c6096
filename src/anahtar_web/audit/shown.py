"""An entry of the trail as a person reads it: its sentence, and what was before and after in words.

Protected figures (cost, profit, margin, offers) are left out for roles that do not see them, here like anywhere else.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from anahtar_web.audit.models import Entry
from anahtar_web.audit.verbs import ICONS, noun, sentence
from anahtar_web.gate.rights import Field
from anahtar_web.ui.templatetags.shown import NOTHING, day, moment, number
from anahtar_web.ui.text import capfirst

LABELS: Final[dict[str, dict[str, Any]]] = {}
"""Kind of row -> name in `before`/`after` -> label, for names that are no field of the model; apps add theirs."""

WRITERS: Final[dict[str, dict[str, Callable[[Any], str]]]] = {}
"""Kind of row -> name -> how its value is written, where the field alone does not tell (a fraction, a code)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed."""

    label: str
    before: str
    after: str

    @property
    def had(self) -> bool:
        """Whether there was anything before."""
        return self.before != NOTHING


@dataclass(frozen=True, slots=True)
class Told:
    """One entry for one reader.

    Parameters
    ----------
    withheld
        How many changes this reader's role does not see.
    """

    entry: Entry
    sentence: str
    icon: str
    lines: tuple[Line, ...]
    withheld: int


def tell(entries: Iterable[Entry], *, reader: Any) -> list[Told]:
    """Put entries into words for somebody."""
    return [_told(entry, reader) for entry in entries]


def _told(entry: Entry, reader: Any) -> Told:
    names = list(dict.fromkeys((*entry.before, *entry.after)))
    seen = [name for name in names if sees(reader, entry.verb, name)]
    lines = tuple(_line(entry, name) for name in seen)
    return Told(entry, sentence(entry), ICONS.get(noun(entry.verb), "dot"), lines, len(names) - len(seen))


def sees(reader: Any, verb: str, name: str) -> bool:
    """Whether somebody's role sees a change: by the words of its name and of its verb's noun."""
    words = {*name.lower().split("_"), *noun(verb).split("_")}
    return all(reader.sees(field) for field in Field if field.value in words)


def _line(entry: Entry, name: str) -> Line:
    kind = entry.target_type
    return Line(label(kind, name), value(kind, name, entry.before.get(name)), value(kind, name, entry.after.get(name)))


def label(kind: str, name: str) -> str:
    """Give the label of a field; its bare name where nobody named it."""
    named = LABELS.get(kind, {}).get(name)
    if named is None:
        field = _field(kind, name)
        named = field.verbose_name if field is not None else name.replace("_", " ")
    return capfirst(str(named))


def value(kind: str, name: str, stored: Any) -> str:
    """Write a stored value the way its field is read: choices by their names, days by the language."""
    field = _field(kind, name)
    if field is not None and field.choices and not isinstance(stored, list):
        return str(dict(field.flatchoices).get(stored, stored)) or NOTHING
    if stored is None or stored in ("", []):
        return NOTHING
    writer = WRITERS.get(kind, {}).get(name)
    if writer is not None and not isinstance(stored, list):
        return writer(stored)
    if isinstance(stored, bool):
        return _("yes") if stored else _("no")
    if isinstance(stored, list):
        return ", ".join(value(kind, name, part) for part in stored)
    if isinstance(stored, dict):
        return json.dumps(stored, ensure_ascii=False, sort_keys=True)
    return _written(field, stored)


def _written(field: "models.Field[Any, Any] | None", stored: Any) -> str:
    if isinstance(stored, float):
        return number(stored, 2)
    if isinstance(field, models.DateTimeField) and (at := _moment(stored)):
        return moment(at)
    if isinstance(field, models.DateField) and (on := _day(stored)):
        return day(on)
    return str(stored)


def _moment(stored: Any) -> datetime | None:
    return parse_datetime(str(stored))


def _day(stored: Any) -> date | None:
    return parse_date(str(stored))


@dataclass(frozen=True, slots=True)
class Version:
    """One field of two versions, for `<c-versions>`."""

    label: str
    theirs: str
    yours: str

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.theirs != self.yours


def versions(kind: str, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[Version]:
    """Put what is saved beside what was typed, in the words of the trail."""
    return [
        Version(label(kind, name), value(kind, name, theirs.get(name)), value(kind, name, yours[name]))
        for name in yours
    ]


@cache
def _model(kind: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models() if model._meta.model_name == kind), None)


def _field(kind: str, name: str) -> "models.Field[Any, Any] | None":
    model = _model(kind)
    if model is None:
        return None
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None
