"""Where words of others name a person: found in every column that people write, and taken out of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from anahtar_web.audit.written import Written, written
from anahtar_web.company.queries import company
from anahtar_web.gate.versions import Versioned
from anahtar_web.privacy.naming import Naming
from anahtar_web.search.words import Part
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.mentions import Mention, replace
from anahtar_web.ui.text import capfirst

_AT_ONCE: Final = 2000
_AROUND: Final = 80


@dataclass(frozen=True, slots=True)
class Told:
    """One text that names the person; of a cell with JSON in it there may be several."""

    text: str
    sure: Sequence[Mention]
    perhaps: Sequence[Mention]


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the database that names the person.

    Parameters
    ----------
    likely
        Whether what names them only perhaps can hardly be anybody else.
    """

    of: Written
    row: int
    column: str
    account: int | None
    texts: Sequence[Told]
    likely: bool

    @property
    def key(self) -> str:
        """What tells it from any other; without a name."""
        return f"{self.of.name}.{self.column}.{self.row}"

    @property
    def is_sure(self) -> bool:
        """Whether it names the person for certain."""
        return any(told.sure for told in self.texts)

    @property
    def has_doubts(self) -> bool:
        """Whether a person has to say who is meant."""
        return any(told.perhaps for told in self.texts)


def places(who: Stakeholder, naming: Naming | None = None) -> Iterator[Place]:
    """Read everything that people write, and give the cells that name a person, row by row."""
    naming = naming or Naming.of(who)
    for of in written():
        yield from _in_table(of, who, naming)


def _in_table(of: Written, who: Stakeholder, naming: Naming) -> Iterator[Place]:
    for key, account, *cells in _rows(of, who):
        for column, cell in zip(of.columns, cells, strict=True):
            texts = [told for text in texts_in(cell) if (told := _told(text, account, naming))]
            if texts:
                likely = all(naming.is_likely(one) for told in texts for one in told.perhaps) and account in naming.home
                yield Place(of, key, column, account, texts, likely)


def _rows(of: Written, who: Stakeholder) -> Iterator[Sequence[Any]]:
    """Give key, account and cells of the rows that do not go with the person anyhow."""
    rows = of.model._base_manager.filter(_some_text(of))
    if of.model is Stakeholder:
        rows = rows.exclude(pk=who.pk)
    for field in of.model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is Stakeholder and _goes_along(field):
            rows = rows.exclude(**{field.name: who})
    named = rows.annotate(_account=F(of.account) if of.account else models.Value(None, models.BigIntegerField()))
    cells = named.order_by("pk").values_list("pk", "_account", *of.columns)
    yield from cells.iterator(chunk_size=_AT_ONCE)


def _goes_along(field: "models.ForeignKey[Any, Any]") -> bool:
    return field.remote_field.on_delete is models.CASCADE


def _some_text(of: Written) -> Q:
    some = Q()
    for column in of.columns:
        field = of.model._meta.get_field(column)
        some |= Q(**{f"{column}__isnull": False}) if isinstance(field, models.JSONField) else ~Q(**{column: ""})
    return some


def texts_in(cell: Any) -> Iterator[str]:
    """Give every text of a cell, however deep it lies in it."""
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, dict):
        for held in cell.values():
            yield from texts_in(held)
    elif isinstance(cell, list):
        for held in cell:
            yield from texts_in(held)


def _told(text: str, account: int | None, naming: Naming) -> Told | None:
    sure, perhaps = naming.find(text, account) if text else ([], [])
    return Told(text, sure, perhaps) if sure or perhaps else None


def quote(text: str, mentions: Sequence[Mention]) -> list[Part]:
    """Give what stands around the first place in a text where somebody is named, every such place marked."""
    start = max(0, mentions[0].start - _AROUND)
    end = min(len(text), mentions[0].end + _AROUND)
    parts, at = [Part("… ")] if start else [], start
    for one in mentions:
        if one.end <= end:
            parts += [Part(text[at : one.start]), Part(text[one.start : one.end], hit=True)]
            at = one.end
    return [*parts, Part(text[at:end] + (" …" if end < len(text) else ""))]


def where(place: Place) -> str:
    """Say what a cell is: the table and the column, as people read them."""
    model = place.of.model
    return f"{capfirst(str(model._meta.verbose_name))}: {model._meta.get_field(place.column).verbose_name}"  # type: ignore[union-attr]  # a column, which has one


def digest(found: Iterable[Place]) -> str:
    """Tell a list of places from any other: what somebody has seen and agreed to."""
    told = sorted(f"{place.key}:{sum(len(one.perhaps) for one in place.texts)}" for place in found if place.of.told)
    return sha256("\n".join(told).encode()).hexdigest()


def neutral_word() -> str:
    """Say what stands in place of a name, in the language of the company: whoever reads it next is told by it."""
    with translation.override(company().language):
        return _("[erased person]")


def take_out(found: Iterable[Place], naming: Naming, chosen: Collection[str]) -> dict[type[models.Model], list[int]]:
    """Put a neutral word where the person is named for certain, and in cells that were chosen also where perhaps.

    Gives the rows that were changed, by table.
    """
    word = neutral_word()
    changed: dict[type[models.Model], list[int]] = {}
    for (_name, row), cells in groupby(found, key=lambda place: (place.of.name, place.row)):
        some = [cell for cell in cells if cell.is_sure or cell.key in chosen]
        if some:
            _rewrite(some, naming, word, chosen)
            changed.setdefault(some[0].of.model, []).append(row)
    return changed


def _rewrite(cells: Sequence[Place], naming: Naming, word: str, chosen: Collection[str]) -> None:
    of = cells[0].of
    row = of.model._base_manager.filter(pk=cells[0].row).first()
    if row is None:
        # Gone with the person meanwhile.
        return
    fields: dict[str, Any] = {}
    for cell in cells:

        def without(text: str, cell: Place = cell) -> str:
            sure, perhaps = naming.find(text, cell.account)
            return replace(text, [*sure, *(perhaps if cell.key in chosen else ())], lambda _mention: word)

        longest = getattr(of.model._meta.get_field(cell.column), "max_length", None)
        value = _each(getattr(row, cell.column), without)
        fields[cell.column] = value[:longest] if longest and isinstance(value, str) else value
        setattr(row, cell.column, fields[cell.column])
    if of.follow:
        fields |= of.follow(row)
    if isinstance(row, Versioned):
        # Whoever has it open still sees the name, and must not save it again without a word.
        fields["version"] = F("version") + 1
    of.model._base_manager.filter(pk=row.pk).update(**fields)


def _each(value: Any, told: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {name: _each(held, told) for name, held in value.items()}
    if isinstance(value, list):
        return [_each(held, told) for held in value]
    return told(value) if isinstance(value, str) else value
