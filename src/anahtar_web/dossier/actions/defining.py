"""What dossiers know: the company's own kinds of facts, and how long and how much each kind matters."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anahtar.rules.dossier import MOST_IMPORTANT, TYPES
from anahtar_web.audit.actions import differences, record
from anahtar_web.dossier.actions.counting import count_all
from anahtar_web.dossier.kinds import OWN, Kind, every, of_row
from anahtar_web.dossier.models import Definition, Fact
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User

CHANGEABLE: Final = ("shelf_months", "importance", "area")
"""What is changed of a kind that comes with the program."""

LONGEST_SHELF: Final = 600


class UnableToDefine(Refused):
    """The kind cannot be as it is asked for."""


@transaction.atomic
def define(*, fields: Mapping[str, Any], by: User) -> Definition:
    """Make a kind of the company's own.

    Raises
    ------
    UnableToDefine
        It has no name, the name is taken, there is nothing to choose among, or the importance is none.
    """
    kinds = every()
    _check(fields)
    _unlike(fields, kinds)
    last = max((kind.place for kind in kinds.values() if kind.area == fields["area"]), default=0)
    made = Definition(code=_next_code(kinds), number=1, place=last + 1, by=by, **fields)
    made.save(force_insert=True)
    made.told = of_row(made).name
    record("kind.defined", made, by=by, after=_told(fields))
    count_all()
    return made


@transaction.atomic
def redefine(*, kind: Kind, number: int, fields: Mapping[str, Any], by: User) -> Definition:
    """Change a kind; of one that comes with the program only area, shelf-life and importance.

    Parameters
    ----------
    number
        The version that was read.

    Raises
    ------
    UnableToDefine
        Nothing would change, or facts are written under it and its form would not hold them.
    EditedMeanwhile
        Somebody has changed it since; carries the version that holds.
    """
    said = dict(fields) if kind.is_own else {name: fields[name] for name in CHANGEABLE if name in fields}
    now = {**_as_row(kind), **said}
    _check(now)
    if kind.is_own:
        _unlike(now, {code: other for code, other in every().items() if code != kind.code})
        _holds_its_facts(kind, now)
    return _write(kind, number, now, by, verb="kind.changed")


@transaction.atomic
def retire(*, kind: Kind, number: int, retired: bool, by: User) -> Definition:
    """Take a kind out of use, or back into it; facts written under it stay."""
    return _write(kind, number, {**_as_row(kind), "retired": retired}, by, verb="kind.retired")


@transaction.atomic
def move(*, kind: Kind, number: int, up: bool, by: User) -> Definition:
    """Show a kind before the one above it, or after the one below.

    Raises
    ------
    UnableToDefine
        It is the first already, or the last.
    """
    kinds = [one for one in every().values() if one.area == kind.area]
    at = next(place for place, one in enumerate(kinds) if one.code == kind.code)
    to = at + (-1 if up else 1)
    if not 0 <= to < len(kinds):
        raise UnableToDefine(_("It stands at the end already."))
    kinds.insert(to, kinds.pop(at))
    made = None
    for place, one in enumerate(kinds, 1):
        if one.code == kind.code:
            made = _write(one, number, {**_as_row(one), "place": place}, by, verb="kind.moved")
        elif one.place != place:
            _write(one, one.number, {**_as_row(one), "place": place}, by, verb="kind.moved")
    assert made is not None
    return made


def _write(kind: Kind, number: int, fields: Mapping[str, Any], by: User, *, verb: str) -> Definition:
    before = _as_row(kind)
    if kind.number != number:
        raise _overtaken(kind.code)
    if {**before, **fields} == before:
        raise UnableToDefine(_("That is what holds already. Change something, or leave it."))
    rows = Definition.objects.filter(code=kind.code, number=number, current=True)
    if number and not rows.update(current=False):
        raise _overtaken(kind.code)
    try:
        with transaction.atomic():
            made = Definition.objects.create(code=kind.code, number=number + 1, by=by, **fields)
    except IntegrityError:  # somebody has written the same version, a moment before
        raise _overtaken(kind.code) from None
    made.told = of_row(made).name
    was, now = differences(_told(before), _told(fields))
    record(verb, made, by=by, before=was, after={"name": str(kind), **now})
    if {"importance", "shelf_months", "area", "retired", "many"} & now.keys():
        count_all()
    return made


def _overtaken(code: str) -> Refused:
    held = Definition.objects.filter(code=code, current=True).first()
    if held is None:
        return UnableToDefine(_("This form was not made by the page of the kinds. Open it again."))
    return EditedMeanwhile(held)


def _as_row(kind: Kind) -> dict[str, Any]:
    names = kind.names or {}
    return {
        "area": kind.area.value,
        "form": kind.form.value,
        "name_tr": names.get("tr", "") if kind.is_own else "",
        "name_en": names.get("en", "") if kind.is_own else "",
        "unit": kind.unit if kind.is_own else "",
        "options": "\n".join(code for code, _label in kind.options) if kind.is_own else "",
        "many": kind.many,
        "shelf_months": kind.shelf_months,
        "importance": dict(kind.importance),
        "place": kind.place,
        "retired": kind.retired,
    }


def _told(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "place"}


def _next_code(kinds: Mapping[str, Kind]) -> str:
    taken = [int(found[1]) for code in kinds if (found := re.fullmatch(rf"{OWN}(\d+)", code))]
    return f"{OWN}{max(taken, default=0) + 1}"


def _check(fields: Mapping[str, Any]) -> None:
    months, importance = fields.get("shelf_months"), fields.get("importance") or {}
    if months is not None and not 0 < months <= LONGEST_SHELF:
        raise UnableToDefine(
            _("A shelf-life is between 1 and %(n)s months; empty: it never ages.") % {"n": LONGEST_SHELF}
        )
    if set(importance) - set(TYPES) or not all(0 <= points <= MOST_IMPORTANT for points in importance.values()):
        raise UnableToDefine(_("Importance is a number from 0 to 3, for each type of account."))
    if fields.get("form") == "choice" and "options" in fields and fields.get("name_en"):
        lines = [line for line in fields["options"].splitlines() if line.strip()]
        if len(set(lines)) < 2:
            raise UnableToDefine(_("Name at least two things to choose among, one per line."))


def _unlike(fields: Mapping[str, Any], kinds: Mapping[str, Kind]) -> None:
    if not (fields.get("name_tr") or "").strip() or not (fields.get("name_en") or "").strip():
        raise UnableToDefine(_("Name it in Turkish and in English."))
    taken = {str(name).casefold() for kind in kinds.values() for name in _names(kind)}
    for name in (fields["name_tr"], fields["name_en"]):
        if name.strip().casefold() in taken:
            raise UnableToDefine(_("There is a kind called “%(name)s” already.") % {"name": name.strip()})


def _names(kind: Kind) -> list[str]:
    return [*(kind.names or {}).values(), kind.name] if kind.is_own else [kind.name]


def _holds_its_facts(kind: Kind, fields: Mapping[str, Any]) -> None:
    """A number cannot become a day: what is written would be lost behind a form that does not show it."""
    changes = fields["form"] != kind.form or (kind.many and not fields["many"])
    if changes and Fact.objects.filter(kind=kind.code).exists():
        raise UnableToDefine(
            _("Facts are written under “%(kind)s”: what it holds cannot change. Retire it and make another one.")
            % {"kind": kind}
        )
