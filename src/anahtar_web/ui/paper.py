"""From plain values to a PDF: a template of ours, no network, no file but the template's own.

What people and ledgers wrote reaches the template as JSON and is shown as text. It never becomes part of the source:
an account may be called `#read("/etc/passwd")`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from anahtar.report.harmless import printable

_FONT: Final = "font_source_sans_pro"


def pdf(template: Path, told: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Typeset a document.

    Parameters
    ----------
    template
        Reads `sys.inputs.told`: text, numbers, lists.
    made_at
        Goes into the file's properties: the same values at the same moment give the same bytes.
    """
    return _compiled(template, told, made_at, "pdf", None)[0]


def pictures(template: Path, told: Mapping[str, Any], *, made_at: datetime, dots: int = 110) -> list[bytes]:
    """Give each page as a PNG, for looking at."""
    return _compiled(template, told, made_at, "png", dots)


def _compiled(template: Path, told: Mapping[str, Any], made_at: datetime, form: Any, dots: int | None) -> list[bytes]:
    folder = template.parent
    made = typst.compile(
        template,
        root=folder,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        # Folders in which there is nothing: a package is never looked for elsewhere, nor fetched.
        package_path=folder / "packages",
        package_cache_path=folder / "packages",
        format=form,
        ppi=dots,
        sys_inputs={"told": json.dumps(_shown(told), ensure_ascii=False)},
        timestamp=int(made_at.timestamp()),
    )
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


@cache
def _fonts() -> typst.Fonts:
    # Found once: the folder has two dozen files. The fonts inside the wheel draw what this one lacks.
    folder = str(files(_FONT) / "files")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _shown(value: Any) -> Any:
    """Give a value with every text on one line and free of what cannot be printed."""
    match value:
        case str():
            return printable(" ".join(value.split()))
        case Mapping():
            return {name: _shown(part) for name, part in value.items()}
        case list() | tuple():
            return [_shown(part) for part in value]
    return value
