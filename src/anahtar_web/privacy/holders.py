"""Where something of a person is held.

Rows that refer to the person by a foreign key are found by themselves, whatever app they belong to: they are shown,
exported, and go with the person. What is held otherwise (a file, an index, an answer that is kept) registers a holder:

    holders.register(Holder("copies", _("Copies of the database"), erase=drop_copies))
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.interactions.actions import nameless
from anahtar_web.privacy.naming import Naming
from anahtar_web.privacy.places import Place, places, quote, where
from anahtar_web.stakeholders.models import Role, Sight, Stakeholder
from anahtar_web.stakeholders.queries import sights_of
from anahtar_web.ui.templatetags.shown import day, moment
from anahtar_web.ui.text import capfirst


@dataclass(frozen=True, slots=True)
class Holder:
    """A place that no foreign key leads to.

    Parameters
    ----------
    erase
        Takes the person out; called in the transaction, before the row goes and before names are taken out of words.
        Gives how much it was, which the list of erasures says.
    told
        Gives what is held, each as label and value; None: nothing of it is shown.
    """

    name: str
    label: Any
    erase: Callable[[Stakeholder], int]
    told: Callable[[Stakeholder, Naming], Sequence[Sequence[tuple[str, str]]]] | None = None


_HOLDERS: Final[dict[str, Holder]] = {}


def register(holder: Holder) -> None:
    """Add a holder; called by an app's `ready()`."""
    _HOLDERS[holder.name] = holder


def holders() -> Sequence[Holder]:
    """Give all of them."""
    return list(_HOLDERS.values())


@dataclass(frozen=True, slots=True)
class Section:
    """What one table holds of a person.

    Parameters
    ----------
    name
        Of the model and the field by which it refers to the person.
    rows
        Each as label and value, as people read them.
    """

    name: str
    label: str
    rows: Sequence[Sequence[tuple[str, str]]]


def everything(who: Stakeholder) -> Iterator[Section]:
    """Read everything that is held of a person: tables, words of others that name them, and who saw them."""
    naming = Naming.of(who)
    yield from sections(who, naming)
    nobodys = nameless(emails=naming.emails, names=naming.names, accounts=naming.home)
    yield from _unless_empty("nameless", _("Took part, known by an address"), [_told(row) for row in nobodys])
    words = [place for place in places(who, naming) if place.of.told and place.is_sure]
    yield from _unless_empty("words", _("Named in words of others"), [_quoted(place) for place in words])
    yield from _unless_empty("sights", _("Who saw them"), [_seen(sight) for sight in sights_of(who)])


def _unless_empty(name: str, label: str, rows: Sequence[Sequence[tuple[str, str]]]) -> Iterator[Section]:
    if rows:
        yield Section(name, label, rows)


def _quoted(place: Place) -> list[tuple[str, str]]:
    said = [quote(told.text, told.sure) for told in place.texts if told.sure]
    return [(where(place), "".join(part.text for part in parts)) for parts in said]


def _seen(sight: Sight) -> list[tuple[str, str]]:
    fields = [field for field in Sight._meta.concrete_fields if field.name in _SEEN]
    told = [(_name(field), _written(sight, field, getattr(sight, field.name))) for field in fields]
    return told if sight.stakeholder_id else [*told, (_("How it was seen"), _("with everybody of the account"))]


def sections(who: Stakeholder, naming: Naming | None = None) -> Iterator[Section]:
    """Read the rows that refer to a person, table by table, and what holders tell; what is empty is left out."""
    yield Section("person", str(_("The person")), [_told(who)])
    for relation in relations():
        if relation.related_model is Sight:
            continue
        # Who reports to the person is held of those, not of the person.
        rows = [] if relation.field.name == "reports_to" else rows_of(relation, who)
        if rows:
            name = f"{relation.related_model._meta.model_name}.{relation.field.name}"
            yield Section(name, _label(relation), [_told(row, without=relation.field.name) for row in rows])
    naming = naming or Naming.of(who)
    for holder in holders():
        if holder.told:
            yield from _unless_empty(holder.name, str(holder.label), holder.told(who, naming))


def _label(relation: ForeignObjectRel) -> str:
    """Say what the rows of a relation are; with the field where several of the same table refer to persons."""
    model = relation.related_model
    several = sum(other.related_model is model and other.field.name != "reports_to" for other in relations()) > 1
    said = capfirst(str(model._meta.verbose_name))
    return f"{said} ({relation.field.verbose_name})" if several else said


def relations() -> list[ForeignObjectRel]:
    """Give every field of any model that refers to a person."""
    found = [one for one in Stakeholder._meta.get_fields(include_hidden=True) if isinstance(one, ForeignObjectRel)]
    return sorted(found, key=lambda one: (one.related_model._meta.label, one.field.name))


def rows_of(relation: ForeignObjectRel, who: Stakeholder) -> list[models.Model]:
    """Give the rows that refer to a person by one field."""
    model = relation.related_model
    names = [field.name for field in model._meta.concrete_fields if field.is_relation]
    rows = model._base_manager.filter(**{relation.field.name: who}).select_related(*names)
    return list(rows.order_by("pk"))


_SEEN: Final = ("person", "day", "opened", "taken")
_HIDDEN: Final = frozenset({"id", "search_key", "key", "version", "place", "current", "root", "superseded_by"})
_CALLED: Final = {
    "added_at": gettext_lazy("added"),
    "ended_at": gettext_lazy("ended"),
    "ended_by": gettext_lazy("ended by"),
    "removed_at": gettext_lazy("removed"),
    "removed_by": gettext_lazy("removed by"),
    "retracted_at": gettext_lazy("taken back"),
    "retracted_by": gettext_lazy("taken back by"),
}
"""Columns that only the export shows have no name of their own."""


def _told(row: models.Model, *, without: str = "") -> list[tuple[str, str]]:
    """Write a row field by field; what is empty is left out, and the field that refers to the person."""
    told = []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.name not in (*_HIDDEN, without) and value not in (None, ""):
            told.append((_name(field), _written(row, field, value)))
    return told


def _name(field: "models.Field[Any, Any]") -> str:
    """Give the label of a field; of one that refers to another table and has none, what that table is called."""
    said = str(_CALLED.get(field.name, field.verbose_name))
    other = field.related_model
    if said == field.name.replace("_", " ") and other is not None and field.name != "by":
        said = str(other._meta.verbose_name)
    return capfirst(_("by") if field.name == "by" else said)


def _number(who: Stakeholder) -> str:
    # Somebody else of the account: whoever asks what we know of them learns no more of others than a number.
    return _("no. %(number)s") % {"number": who.pk}


def _written(row: models.Model, field: "models.Field[Any, Any]", value: Any) -> str:
    if isinstance(value, Stakeholder):
        return _number(value)
    if field.name == "more_roles":
        return ", ".join(str(Role(role).label) for role in value.split())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.DateTimeField):
        return moment(timezone.localtime(value))
    if isinstance(field, models.DateField):
        return day(value)
    return str(value)


def counts(who: Stakeholder) -> dict[str, int]:
    """Count the rows that refer to a person, by model."""
    found: dict[str, int] = {}
    for relation in relations():
        if relation.field.name == "reports_to":
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: who}).count()
        if rows:
            name = relation.related_model._meta.label_lower
            found[name] = found.get(name, 0) + rows
    return found


def label_of(model: str) -> str:
    """Say what rows of a model, or what a holder holds, are called."""
    if model in _HOLDERS:
        return str(_HOLDERS[model].label)
    try:
        return capfirst(str(apps.get_model(model)._meta.verbose_name))
    except (LookupError, ValueError):
        return model
