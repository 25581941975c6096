"""The second step: which column plays which role, and the first rows in both readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from anahtar.ledger.files.wire import options_from_json
from anahtar.ledger.peek import Peek, PeekedSheet
from anahtar.ledger.roles import DAYS, FIGURES, REQUIRED, ROLES, FileKind, Role
from anahtar.money import to_decimal
from anahtar.words import Message
from anahtar_web.ledgers.forms import role_field
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.pages.file import peek_of
from anahtar_web.ledgers.pages.steps import Step, steps
from anahtar_web.ledgers.wording import DATE_ORDERS, DECIMALS, on_screen
from anahtar_web.ui.templatetags.shown import NOTHING, day, money, quantity, words

ROWS: Final = 8
"""Rows of a reading that are shown."""
_PRICED: Final = (Role.QUANTITY, Role.UNIT_PRICE, Role.DISCOUNT)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reading a column: its words, and whether it is the one that counts."""

    label: Any
    chosen: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its number, its cell as it stands, and what each way makes of it."""

    row: int
    raw: str
    values: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A column in every way it may be read.

    Parameters
    ----------
    differs
        The ways disagree about some row, or one cannot read it.
    decided
        One of the ways counts.
    """

    ways: Sequence[Way]
    rows: Sequence[ReadRow]
    differs: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they would count, and what is left to decide.

    Parameters
    ----------
    rows
        Row number and one cell per column of `columns`.
    """

    amounts: Reading | None
    days: Reading | None
    columns: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]
    questions: Sequence[str]
    missing: Sequence[str]
    because: Mapping[str, Any]
    others: Sequence[str]
    ready: bool

    @classmethod
    def of(cls, peek: Peek, reasons: Mapping[str, Any], kind: FileKind) -> Self:
        """Show a look at the files of a kind, with the reasons of the columns."""
        sheet, *others = peek.sheets
        say = words()
        questions = [*peek.questions, *(question for one in peek.sheets for question in one.questions)]
        return cls(
            amounts=_amounts(sheet, kind),
            days=_days(sheet, kind),
            columns=[say(role.label) for role in ROLES[kind] if role in sheet.mapping],
            rows=_counted(sheet, kind),
            questions=[
                on_screen(say(question.sentence)) for question in questions if question.role not in sheet.missing
            ],
            missing=[say(role.label) for role in sheet.missing],
            because=reasons,
            others=[f"{one.file} · {one.name}" if one.name else one.file for one in others],
            ready=peek.ready,
        )


def _amounts(sheet: PeekedSheet, kind: FileKind) -> Reading | None:
    signs = [sign for sign in DECIMALS if any(sign in row.amounts for row in sheet.rows)]
    rows = [
        (
            row.row,
            _raw_amount(sheet, row.cells, kind),
            [(_exactly(row.amounts.get(sign)), sign == sheet.decimal) for sign in signs],
        )
        for row in sheet.rows
    ]
    return _reading([Way(DECIMALS[sign], sign == sheet.decimal) for sign in signs], rows)


def _days(sheet: PeekedSheet, kind: FileKind) -> Reading | None:
    orders = [order for order in DATE_ORDERS if any(order in row.days for row in sheet.rows)]
    rows = [
        (
            row.row,
            _cell(sheet, row.cells, DAYS[kind][0]),
            [(day(row.days.get(order)), order == sheet.date_order) for order in orders],
        )
        for row in sheet.rows
    ]
    return _reading([Way(DATE_ORDERS[order], order == sheet.date_order) for order in orders], rows)


def _reading(ways: Sequence[Way], rows: Sequence[tuple[int, str, list[tuple[str, bool]]]]) -> Reading | None:
    if not ways or not rows:
        return None
    differs = any(len({value for value, _chosen in values}) > 1 for _row, _raw, values in rows)
    # The rows that tell the ways apart come first: a person looks at the first line.
    telling = sorted(rows, key=lambda row: len({value for value, _chosen in row[2]}) == 1)
    return Reading(ways, [ReadRow(*row) for row in telling[:ROWS]], differs, any(way.chosen for way in ways))


def _exactly(units: int | None) -> str:
    """An amount with all its decimals: 1.234 read with a point is not 1.23."""
    if units is None:
        return NOTHING
    amount = to_decimal(units).normalize()
    exponent = amount.as_tuple().exponent
    return words().number(amount, places=max(2, -exponent if isinstance(exponent, int) else 2))


def _raw_amount(sheet: PeekedSheet, cells: Sequence[str | None], kind: FileKind) -> str:
    """The cell of the amount as it stands; quantity and price where it is made of them."""
    if (main := FIGURES[kind][0]) in sheet.mapping:
        return _cell(sheet, cells, main)
    return " × ".join(_cell(sheet, cells, role) for role in _PRICED[:2] if role in sheet.mapping)


def _cell(sheet: PeekedSheet, cells: Sequence[str | None], role: Role) -> str:
    names = [column.name for column in sheet.columns]
    name = sheet.mapping.get(role)
    at = names.index(name) if name in names else None
    return (cells[at] or "") if at is not None and at < len(cells) else ""


def _counted(sheet: PeekedSheet, kind: FileKind) -> list[tuple[int, Sequence[str]]]:
    """The first rows, role by role, amounts and days as they are understood."""
    told: list[tuple[int, Sequence[str]]] = []
    dated, main = DAYS[kind][0], FIGURES[kind][0]
    for row in sheet.rows[:ROWS]:
        # In the order of the roles: PostgreSQL keeps the keys of JSON in an order of its own.
        cells = {role: _cell(sheet, row.cells, role) for role in ROLES[kind] if role in sheet.mapping}
        if dated in cells and sheet.date_order is not None:
            cells[dated] = day(row.sold_on)
        if main in cells and sheet.decimal is not None:
            cells[main] = money(row.amount) if kind is FileKind.SALES else quantity(row.amount)
        told.append((row.row, list(cells.values())))
    return told


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role: its field, why that column, and whether it is required."""

    role: Role
    label: Message
    field: Any
    because: Any
    required: bool


@dataclass(frozen=True, slots=True)
class MappingPage:
    """Every role with its column, and the first rows."""

    of: Import
    steps: Sequence[Step]
    form: Any
    roles: Sequence[RoleRow]
    preview: Preview
    stale: bool
    mapping: str

    @classmethod
    def build(cls, *, of: Import, form: Any) -> Self:
        """Gather the page; the import has been looked at."""
        peek = peek_of(of)
        assert peek is not None
        sheet = peek.sheets[0]
        why, kind = reasons(of, sheet, sheet.mapping), FileKind(of.kind)
        return cls(
            of=of,
            steps=steps(of, "mapping"),
            form=form,
            roles=[_role(role, form, why, kind) for role in ROLES[kind]],
            preview=Preview.of(peek, why, kind),
            # Decided anew since the look: the page asks for a fresh one.
            stale=bool(form.is_bound) or decided_since(of, peek),
            mapping=of.mapping.name if of.mapping else "",
        )


def _role(role: Role, form: Any, why: Mapping[str, Any], kind: FileKind) -> RoleRow:
    return RoleRow(role, role.label, form[role_field(role)], why.get(role.value), role in REQUIRED[kind])


_BY_HAND: Final = "named by the user"
"""What the core says of a column that was told it."""


def reasons(of: Import, looked_at: PeekedSheet, mapping: Mapping[Role, str]) -> dict[str, Any]:
    """Say of each column why it was chosen: by the evidence of the first look, a saved mapping, or a person."""
    found: dict[str, Any] = {}
    for role, name in mapping.items():
        why: Any = looked_at.because.get(role) if looked_at.mapping.get(role) == name else None
        if why is None or why.text == _BY_HAND:
            kept = options_from_json(of.mapping.options).columns if of.mapping else {}
            why = _("from the saved mapping") if kept.get(role) == name else _("chosen by hand")
        found[role.value] = why
    return found


def decided_since(of: Import, peek: Peek) -> bool:
    """Whether somebody has said something about the columns since the look was taken."""
    said = {role: name for role, name in options_from_json(of.options).columns.items() if name}
    return bool(said) and said != dict(peek.sheets[0].mapping)


def chosen_columns(of: Import, peek: Peek) -> dict[str, Any]:
    """Give the columns and signs of an import, as the form shows them."""
    options, sheet = options_from_json(of.options), peek.sheets[0]
    letters = {column.name: column.letter for column in sheet.columns}
    mapping = {**sheet.mapping, **options.columns}
    return {
        "version": of.version,
        "decimal": options.decimal or "",
        "date_order": options.date_order.value if options.date_order else "",
        "save_as": of.mapping.name if of.mapping else "",
        **{role_field(role): letters.get(name, "") for role, name in mapping.items()},
    }


def one_kind_of_sheet(peek: Peek) -> bool:
    """Whether all sheets have the same columns, so that a choice for one is a choice for all."""
    return len({tuple(column.name for column in sheet.columns) for sheet in peek.sheets}) == 1
