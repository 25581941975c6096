"""Manifests as JSON: readable, keys sorted, days ISO; read back strictly, because a damaged one must not pass."""

import json
import types
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from anahtar.ledger.manifest import Manifest

_T = TypeVar("_T")


def to_json(manifest: Manifest) -> bytes:
    """Write a manifest."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2, sort_keys=True, default=date.isoformat)
    return text.encode() + b"\n"


def from_json(content: bytes) -> Manifest:
    """Read a manifest.

    Raises
    ------
    ValueError
        It is no JSON, a field is missing, unknown or of another kind. The text says which.
    """
    manifest: Manifest = _as(Manifest, json.loads(content.decode("utf-8")), "manifest")
    return manifest


def _as(kind: Any, value: Any, at: str) -> Any:
    """Make `value` the `kind` it should be: a dataclass, tuple, mapping, day, number or text."""
    if is_dataclass(kind):
        return _record(kind, value, at)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is types.UnionType:
        return None if value is None else _as(inner[0], value, at)
    if origin is tuple:
        return _tuple(inner, value, at)
    if origin is Mapping:
        return {key: _as(inner[1], item, f"{at}.{key}") for key, item in _check(dict, value, at).items()}
    return date.fromisoformat(_check(str, value, at)) if kind is date else _check(kind, value, at)


def _check(kind: type[_T], value: Any, at: str) -> _T:
    if type(value) is not kind:
        raise ValueError(f"{at}: {value!r} is no {kind.__name__}")
    return value


def _record(kind: Any, value: Any, at: str) -> Any:
    raw = _check(dict, value, at)
    hints = _hints(kind)
    if raw.keys() != hints.keys():
        raise ValueError(f"{at}: fields {sorted(raw.keys() ^ hints.keys())} are missing or unknown")
    return kind(**{name: _as(hint, raw[name], f"{at}.{name}") for name, hint in hints.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The fields of a record and what they hold; working it out takes longer than reading the manifest."""
    return get_type_hints(kind)


def _tuple(inner: tuple[Any, ...], value: Any, at: str) -> Any:
    raw = _check(list, value, at)
    kinds = [inner[0]] * len(raw) if inner[-1] is Ellipsis else list(inner)
    if len(kinds) != len(raw):
        raise ValueError(f"{at}: {len(raw)} values where {len(kinds)} are wanted")
    return tuple(_as(kind, item, f"{at}[{place}]") for place, (kind, item) in enumerate(zip(kinds, raw, strict=True)))
