"""What passes between the child that reads a file and its parent: JSON, never pickle.

A hostile file may own the child one day; then the worst it can say is a wrong sentence or a wrong number in a form
that is checked, and nothing it says is executed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias

from anahtar.ledger.manifest import Draft, Part, SourceFile, Tally
from anahtar.ledger.options import DateOrder, ReadOptions
from anahtar.ledger.peek import BookSheet, Peek, PeekedColumn, PeekedRow, PeekedSheet, Question, RawRow
from anahtar.ledger.picked import PickedTable
from anahtar.ledger.roles import FileKind, Role
from anahtar.ledger.sheet import BrokenRow
from anahtar.money import Money
from anahtar.words import Message, Month, Share, Value

Json: TypeAlias = Any
"""What `json` makes of text: nothing else can come out of it."""

LONGEST_LINE: Final = 16 << 20


class MalformedWire(Exception):
    """The other side said something that is no message of ours."""


def line(kind: str, content: Json) -> bytes:
    """One message as a line of JSON."""
    return json.dumps({kind: content}, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def parsed(text: bytes) -> tuple[str, Json]:
    """Kind and content of one line.

    Raises
    ------
    MalformedWire
        The line is no message.
    """
    try:
        ((kind, content),) = json.loads(text).items()
    except (ValueError, AttributeError, RecursionError) as broken:
        raise MalformedWire(repr(text[:80])) from broken
    return str(kind), content


# Values ---------------------------------------------------------------------------------------------------------


def value_to_json(value: Value) -> Json:
    """One value of a message, its kind beside it where JSON has none."""
    match value:
        case Message():
            return {"message": message_to_json(value)}
        case Money():
            return {"money": [value.units, value.currency]}
        case Share():
            return {"share": [value.fraction, value.places]}
        case Month():
            return {"month": [value.year, value.month]}
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case _:
            return value


def value_from_json(told: Json) -> Value:
    """Undo `value_to_json`."""
    match told:
        case {"message": content}:
            return message_from_json(content)
        case {"money": [int(units), str(currency)]}:
            return Money(units, currency)
        case {"share": [int() | float() as fraction, int(places)]}:
            return Share(fraction, places)
        case {"month": [int(year), int(month)]}:
            return Month(year, month)
        case {"decimal": str(text)}:
            return Decimal(text)
        case {"moment": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case str() | int() | float():
            return told
    raise MalformedWire(repr(told)[:80])


def message_to_json(message: Message) -> Json:
    """Write a sentence with its values."""
    values = {name: value_to_json(value) for name, value in message.values.items()}
    return [message.text, message.plural, values]


def message_from_json(told: Json) -> Message:
    """Undo `message_to_json`."""
    match told:
        case [str(text), str() | None as plural, dict(values)]:
            return Message(text, plural, {str(name): value_from_json(value) for name, value in values.items()})
    raise MalformedWire(repr(told)[:80])


# Drafts ---------------------------------------------------------------------------------------------------------


def draft_to_json(draft: Draft) -> Json:
    """Write a batch that was read."""
    told = {field.name: getattr(draft, field.name) for field in fields(Draft)}
    return told | {
        "files": [asdict(file) | {"facts": dict(file.facts)} for file in draft.files],
        "parts": [asdict(part) for part in draft.parts],
        "mapping": dict(draft.mapping),
        "because": {role: message_to_json(why) for role, why in draft.because.items()},
        "tally": asdict(draft.tally),
        "kinds": {kind: list(counts) for kind, counts in draft.kinds.items()},
        "oddities": dict(draft.oddities),
        "first_date": draft.first_date and draft.first_date.isoformat(),
        "last_date": draft.last_date and draft.last_date.isoformat(),
    }


def draft_from_json(told: Json) -> Draft:
    """Undo `draft_to_json`.

    Raises
    ------
    MalformedWire
        A field is missing, unknown or of another form.
    """
    try:
        return Draft(
            **{
                **told,
                "files": tuple(SourceFile(**file) for file in told["files"]),
                "parts": tuple(Part(**part) for part in told["parts"]),
                "because": {role: message_from_json(why) for role, why in told["because"].items()},
                "tally": Tally(**told["tally"]),
                "kinds": {kind: (int(rows), int(amount)) for kind, (rows, amount) in told["kinds"].items()},
                "first_date": _day(told["first_date"]),
                "last_date": _day(told["last_date"]),
            }
        )
    except (TypeError, KeyError, ValueError, AttributeError) as broken:
        raise MalformedWire("draft") from broken


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# Peeks ----------------------------------------------------------------------------------------------------------


def peek_to_json(peek: Peek) -> Json:
    """Write a first look at files."""
    return {
        "sheets": [_sheet_to_json(sheet) for sheet in peek.sheets],
        "book_sheets": [asdict(sheet) for sheet in peek.book_sheets],
        "questions": [_question_to_json(question) for question in peek.questions],
    }


def peek_from_json(told: Json) -> Peek:
    """Undo `peek_to_json`.

    Raises
    ------
    MalformedWire
        A field is missing, unknown or of another form.
    """
    try:
        return Peek(
            tuple(_sheet_from_json(sheet) for sheet in told["sheets"]),
            tuple(BookSheet(**sheet) for sheet in told["book_sheets"]),
            tuple(_question_from_json(question) for question in told["questions"]),
        )
    except (TypeError, KeyError, ValueError, AttributeError) as broken:
        raise MalformedWire("peek") from broken


def _sheet_to_json(sheet: PeekedSheet) -> Json:
    told = {field.name: getattr(sheet, field.name) for field in fields(PeekedSheet)}
    return told | {
        "facts": dict(sheet.facts),
        "above": [[row.row, row.cells] for row in sheet.above],
        "columns": [asdict(column) for column in sheet.columns],
        "rows": [_row_to_json(row) for row in sheet.rows],
        "mapping": {role.value: name for role, name in sheet.mapping.items()},
        "because": {role.value: message_to_json(why) for role, why in sheet.because.items()},
        "missing": [role.value for role in sheet.missing],
        "date_order": sheet.date_order and sheet.date_order.value,
        "questions": [_question_to_json(question) for question in sheet.questions],
    }


def _sheet_from_json(told: Mapping[str, Json]) -> PeekedSheet:
    return PeekedSheet(
        **{
            **told,
            "above": tuple(RawRow(int(row), tuple(map(str, cells))) for row, cells in told["above"]),
            "columns": tuple(PeekedColumn(**column) for column in told["columns"]),
            "rows": tuple(_row_from_json(row) for row in told["rows"]),
            "mapping": {Role(role): str(name) for role, name in told["mapping"].items()},
            "because": {Role(role): message_from_json(why) for role, why in told["because"].items()},
            "missing": tuple(map(Role, told["missing"])),
            "date_order": DateOrder(told["date_order"]) if told["date_order"] else None,
            "questions": tuple(_question_from_json(question) for question in told["questions"]),
        }
    )


def _row_to_json(row: PeekedRow) -> Json:
    return {
        "row": row.row,
        "cells": row.cells,
        "amount": row.amount,
        "sold_on": row.sold_on and row.sold_on.isoformat(),
        "amounts": dict(row.amounts),
        "days": {order.value: day and day.isoformat() for order, day in row.days.items()},
    }


def _row_from_json(told: Mapping[str, Json]) -> PeekedRow:
    return PeekedRow(
        **{
            **told,
            "cells": tuple(None if cell is None else str(cell) for cell in told["cells"]),
            "sold_on": _day(told["sold_on"]),
            "amounts": {sign: None if amount is None else int(amount) for sign, amount in told["amounts"].items()},
            "days": {DateOrder(order): _day(day) for order, day in told["days"].items()},
        }
    )


def _question_to_json(question: Question) -> Json:
    return [message_to_json(question.sentence), question.decides, question.role and question.role.value]


def _question_from_json(told: Json) -> Question:
    sentence, decides, role = told
    return Question(message_from_json(sentence), decides, Role(role) if role else None)


# Copies ---------------------------------------------------------------------------------------------------------


def table_to_json(table: PickedTable) -> Json:
    """Write what a copied table is."""
    broken = [[row.row, row.text, message_to_json(row.reason)] for row in table.broken]
    return {"file": table.file, "name": table.name, "header": table.header, "broken": broken, "others": table.others}


def table_from_json(told: Json) -> PickedTable:
    """Undo `table_to_json`.

    Raises
    ------
    MalformedWire
        It is none.
    """
    try:
        return PickedTable(
            file=str(told["file"]),
            name=str(told["name"]),
            header=tuple(map(str, told["header"])),
            broken=tuple(
                BrokenRow(int(row), str(text), message_from_json(reason)) for row, text, reason in told["broken"]
            ),
            others=tuple(map(str, told["others"])),
        )
    except (TypeError, KeyError, ValueError) as broken:
        raise MalformedWire("table") from broken


# Options --------------------------------------------------------------------------------------------------------


def options_to_json(options: ReadOptions) -> Json:
    """Write the decisions of the person who imports."""
    told = {field.name: getattr(options, field.name) for field in fields(ReadOptions)}
    return told | {
        "columns": {role.value: header for role, header in options.columns.items()},
        "date_order": options.date_order and options.date_order.value,
        "leave_out_products": sorted(options.leave_out_products),
        "first_date": options.first_date.isoformat(),
        "last_date": options.last_date.isoformat(),
        "kind": options.kind.value,
    }


def options_from_json(told: Mapping[str, Json]) -> ReadOptions:
    """Undo `options_to_json`; said by the parent, so not doubted."""
    return ReadOptions(
        **{
            **told,
            "columns": {Role(role): header for role, header in told["columns"].items()},
            "date_order": DateOrder(told["date_order"]) if told["date_order"] else None,
            "leave_out_products": frozenset(told["leave_out_products"]),
            "first_date": date.fromisoformat(told["first_date"]),
            "last_date": date.fromisoformat(told["last_date"]),
            # Decisions kept before there were other files than sales do not say.
            "kind": FileKind(told.get("kind", FileKind.SALES)),
        }
    )
