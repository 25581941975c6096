"""Saving what was decided about a file's columns and signs, to read the next export the same way.

decimal = ","
date_order = "dmy"

[columns]
customer = "Cari Kodu"
date = "Fatura Tarihi"
amount = "Net Tutar"
"""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, Final, Literal, cast

from anahtar.ledger.files.machine import reason_of
from anahtar.ledger.options import DateOrder, ReadOptions
from anahtar.ledger.roles import Role
from anahtar.words import Message, Refusal, Value, say

_KEYS: Final = ("decimal", "date_order", "encoding", "delimiter", "sheet", "header_row", "columns")

_PLACE: Final = re.compile(r"line (\d+), column (\d+)")


class UnableToReadMapping(Refusal):
    """A mapping file is missing, is no TOML, or holds a key or value that means nothing."""


def write_mapping(path: Path, options: ReadOptions) -> None:
    """Save the columns of `options`, and what was decided about signs, dates, encoding, delimiter, sheet and header.

    Whatever is None was found by evidence and is left to the evidence of the next file. `read_mapping` gives the same
    options back.
    """
    lines = [
        f"{key} = {_toml(value)}" for key in _KEYS if key != "columns" and (value := getattr(options, key)) is not None
    ]
    columns = [f"{role.value} = {_toml(options.columns[role])}" for role in Role if role in options.columns]
    path.write_text("\n".join([*lines, *([""] if lines else []), "[columns]", *columns, ""]), encoding="utf-8")


def _toml(value: str | int) -> str:
    # A JSON string is a TOML string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_mapping(path: Path) -> ReadOptions:
    """Read a saved mapping; everything it does not name is as in `ReadOptions()`.

    Raises
    ------
    UnableToReadMapping
        Names the file and the key.
    """
    saved = _load(path)
    for key in saved:
        if key not in _KEYS:
            raise _fault(path, key, say("not a known key; known are {keys}", keys=", ".join(_KEYS)))
    return ReadOptions(
        columns=_columns(path, saved.get("columns", {})),
        decimal=cast(Literal[",", "."] | None, _one_of(path, saved, "decimal", (",", "."))),
        date_order=DateOrder(order) if (order := _one_of(path, saved, "date_order", tuple(DateOrder))) else None,
        header_row=_header_row(path, saved),
        encoding=_text(path, saved, "encoding"),
        delimiter=_text(path, saved, "delimiter"),
        sheet=_text(path, saved, "sheet"),
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _unreadable(path, reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, say("it is not encoded in UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, _no_toml(error)) from error


def _unreadable(path: Path, reason: Value) -> UnableToReadMapping:
    return UnableToReadMapping(say("The mapping file {file} cannot be read: {reason}.", file=str(path), reason=reason))


def _no_toml(error: tomllib.TOMLDecodeError) -> Message:
    """Where the text stops being TOML; what the library says of it is English in every language."""
    found = _PLACE.search(str(error))
    if found is None:
        return say("it is no valid TOML")
    return say("it is no valid TOML (line {line}, column {place})", line=int(found[1]), place=int(found[2]))


def _columns(path: Path, columns: object) -> dict[Role, str]:
    if not isinstance(columns, dict):
        raise _fault(path, "columns", say("wanted is a table: [columns] and below it role = “header”"))
    found: dict[Role, str] = {}
    for role, header in columns.items():
        if role not in set(Role):
            roles = ", ".join(role.value for role in Role)
            raise _fault(path, f"columns.{role}", say("not a known role; known are {roles}", roles=roles))
        if not isinstance(header, str):
            raise _fault(path, f"columns.{role}", say("wanted is a header in quotation marks"))
        found[Role(role)] = header
    return found


def _text(path: Path, saved: dict[str, Any], key: str) -> str | None:
    value = saved.get(key)
    if value is not None and not isinstance(value, str):
        raise _fault(path, key, say("wanted is a text in quotation marks"))
    return value


def _one_of(path: Path, saved: dict[str, Any], key: str, allowed: tuple[str, ...]) -> str | None:
    value = _text(path, saved, key)
    if value is not None and value not in allowed:
        wanted = " ".join(f"“{word}”" for word in allowed)
        raise _fault(path, key, say("“{value}” is none of {wanted}", value=value, wanted=wanted))
    return value


def _header_row(path: Path, saved: dict[str, Any]) -> int | None:
    value = saved.get("header_row")
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise _fault(path, "header_row", say("wanted is the number of a row"))
    return value


def _fault(path: Path, key: str, why: Value) -> UnableToReadMapping:
    return UnableToReadMapping(say("The mapping file {file}, key {key}: {why}.", file=str(path), key=key, why=why))
