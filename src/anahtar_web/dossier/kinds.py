"""The kinds of facts as they hold: those of the program, changed where somebody changed them, and the company's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language

from anahtar_web.dossier.models import Area, Definition, Form
from anahtar_web.dossier.shipped import LINES, OPTIONS, importance_of

OWN: Final = "own_"
"""What the codes of the company's own kinds begin with."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact.

    Parameters
    ----------
    number
        The version that holds; 0: as it comes with the program.
    names
        Language -> name, of the company's own; of the program's `shipped_name` holds.
    options
        Code and label of each, where one of several is chosen.
    shelf_months
        None: facts of it never age.
    """

    code: str
    area: Area
    form: Form
    shelf_months: int | None
    importance: Mapping[str, int]
    many: bool = False
    place: int = 0
    retired: bool = False
    number: int = 0
    shipped_name: Any = ""
    names: Mapping[str, str] | None = None
    shipped_unit: Any = ""
    options: Sequence[tuple[str, Any]] = ()

    @property
    def name(self) -> str:
        """What it is called in the reader's language."""
        if self.shipped_name or not self.names:
            return str(self.shipped_name or self.code)
        now = (get_language() or "en")[:2]
        return self.names.get(now) or next(filter(None, self.names.values()), self.code)

    @property
    def unit(self) -> str:
        """What a number of it counts."""
        return str(self.shipped_unit)

    @property
    def is_own(self) -> bool:
        """Whether the company made it."""
        return self.code.startswith(OWN)

    def option(self, code: str) -> str:
        """Give the label of a choice; the code itself where it is a choice no more."""
        return str(dict(self.options).get(code, code))

    def __str__(self) -> str:
        return self.name


Kinds = Mapping[str, Kind]


def shipped() -> dict[str, Kind]:
    """Give the kinds as they come with the program."""
    return {
        line[0]: Kind(
            code=line[0],
            area=line[1],
            form=line[2],
            shipped_name=line[3],
            shelf_months=line[4],
            importance=importance_of(line),
            many=line[6],
            shipped_unit=line[7],
            place=place,
            options=OPTIONS.get(line[0], ()),
        )
        for place, line in enumerate(LINES, 1)
    }


_SHIPPED: Final = shipped()


def every() -> dict[str, Kind]:
    """Give every kind as it holds, retired ones too, in the order of areas and places; one query."""
    found = dict(_SHIPPED)
    for row in Definition.objects.filter(current=True).order_by("pk"):
        found[row.code] = of_row(row)
    order = list(Area)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[1].area), item[1].place, item[0])))


def versions_of(kinds: Kinds) -> tuple[tuple[str, int], ...]:
    """Name what holds of kinds: a version is never changed, another follows it."""
    return tuple((code, kind.number) for code, kind in kinds.items())


def of_row(row: Definition) -> Kind:
    """Give a kind as a version of it says."""
    ours = _SHIPPED.get(row.code)
    return Kind(
        code=row.code,
        area=Area(row.area),
        form=Form(row.form),
        shelf_months=row.shelf_months,
        importance=row.importance,
        many=row.many,
        place=row.place,
        retired=row.retired,
        number=row.number,
        shipped_name=ours.shipped_name if ours else "",
        names={"tr": row.name_tr, "en": row.name_en},
        shipped_unit=ours.shipped_unit if ours else row.unit,
        options=ours.options if ours else tuple((line, line) for line in row.options.splitlines() if line.strip()),
    )
