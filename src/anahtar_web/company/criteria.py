"""Criteria of key accounts as fields of a form: from the text that is kept (TOML) and back to it.

The core reads the text and refuses what cannot be meant; nothing here is a second truth about what is allowed.
"""

import json
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar.rules.criteria import DEFAULT_FILE, UnableToReadCriteria, read_criteria
from anahtar.words import Message
from anahtar_web.gate.refusals import Refused
from anahtar_web.ui.templatetags.shown import say

DEFAULTS: Final[dict[str, Any]] = tomllib.loads(DEFAULT_FILE)

LABELS: Final[dict[str, Any]] = {
    "rule": gettext_lazy("An account is key when it meets"),
    "share.on": gettext_lazy("By its share"),
    "share.least": gettext_lazy("Least share of the value of all accounts"),
    "class.on": gettext_lazy("By its classes"),
    "class.abc": gettext_lazy("ABC classes"),
    "class.xyz": gettext_lazy("XYZ classes"),
    "trend.on": gettext_lazy("By its growth"),
    "trend.least": gettext_lazy("Least growth against the year before"),
    "tenure.on": gettext_lazy("By its years with us"),
    "tenure.least_years": gettext_lazy("Least years since the first purchase"),
    "profit.on": gettext_lazy("By its profit"),
    "profit.least": gettext_lazy("Least profit in the window"),
    "named.accounts": gettext_lazy("Always key, by code"),
    "bound.largest": gettext_lazy("Only among so many of the largest"),
    "bound.together": gettext_lazy("...that together make no more than"),
    "breadwinner.enters": gettext_lazy("Breadwinner from a share of"),
    "breadwinner.leaves": gettext_lazy("...and no longer below"),
    "prospective.new_months": gettext_lazy("New for so many months"),
    "prospective.percentile": gettext_lazy("...and larger than this part of the accounts"),
    "prospective.growth": gettext_lazy("Or growing by at least"),
}
"""Place in the file -> what people read."""

SHARES: Final = frozenset(
    {
        *("share.least", "trend.least", "bound.together", "breadwinner.enters", "breadwinner.leaves"),
        *("prospective.percentile", "prospective.growth"),
    }
)
"""Places that hold a fraction, which people write in percent."""


class UnableToUseCriteria(Refused):
    """The core refuses the text.

    Parameters
    ----------
    place
        Where in the file; empty where it is no TOML at all.
    reason
        What is wrong there, as the core says it.
    """

    def __init__(self, place: str, reason: Message) -> None:
        super().__init__(
            f"{named(place)} {say(reason)}" if place else _("The text %(reason)s.") % {"reason": say(reason)}
        )
        self.place = place


def flat(text: str) -> dict[str, Any]:
    """Give every value of a text by its place (`share.least`); what it does not mention has its default."""
    said = tomllib.loads(text)
    return {place: _at(said, place, default) for place, default in _flattened(DEFAULTS).items()}


def _flattened(tables: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in tables.items():
        if isinstance(value, dict):
            found |= {f"{name}.{key}": inner for key, inner in value.items()}
        else:
            found[name] = value
    return found


def _at(said: Mapping[str, Any], place: str, default: Any) -> Any:
    table, _dot, key = place.rpartition(".")
    return (said.get(table, {}) if table else said).get(key, default)


def written(values: Mapping[str, Any]) -> str:
    """Write values, given by their places, as TOML."""
    lines = [f"rule = {_toml(values['rule'])}"]
    for table, keys in DEFAULTS.items():
        if isinstance(keys, dict):
            lines += ["", f"[{table}]", *(f"{key} = {_toml(values[f'{table}.{key}'])}" for key in keys)]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml(part) for part in value)}]"
    # A JSON text, number or truth is one of TOML as well, as long as no character beyond ASCII is written as a pair.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def check(text: str) -> None:
    """Let the core read a text.

    Raises
    ------
    UnableToUseCriteria
        It refuses; carries the place and the sentence in the reader's language.
    """
    with tempfile.TemporaryDirectory(prefix="anahtar-criteria-") as folder:
        file = Path(folder) / "criteria.toml"
        file.write_text(text, encoding="utf-8")
        try:
            read_criteria(file)
        except UnableToReadCriteria as refusal:
            raise _refusal(refusal.message) from refusal


def _refusal(message: Message) -> UnableToUseCriteria:
    """Tell place and reason of the core's sentence "file: place reason" apart."""
    reason = _inner(message)
    if "key" in reason.values:
        return UnableToUseCriteria(str(reason.values["key"]), _inner(reason))
    return UnableToUseCriteria("", reason)


def _inner(message: Message) -> Message:
    reason = message.values["reason"]
    return reason if isinstance(reason, Message) else Message("{text}", None, {"text": str(reason)})


def named(place: str) -> str:
    """Give the label of a place; the place itself where the text has one of its own."""
    return str(LABELS.get(place, place))


@dataclass(frozen=True, slots=True)
class Row:
    """One value as people read it."""

    label: str
    text: str


def rows(text: str) -> list[Row]:
    """Put a text into words, line by line."""
    from anahtar_web.audit.shown import value

    return [Row(named(place), value("company", place, held)) for place, held in flat(text).items()]
