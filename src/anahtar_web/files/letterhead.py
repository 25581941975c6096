"""The company's logo: a picture of its settings, kept as documents are, that stands on what leaves the house."""

import base64
import struct
from dataclasses import dataclass
from typing import Any, Final

from anahtar_web.company.queries import company
from anahtar_web.files import storage

_WIDEST: Final = 60.0
_HIGHEST: Final = 12.0
"""Millimetres it takes on A4."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG of ours, and how large it is drawn on paper.

    Parameters
    ----------
    width, height
        In millimetres.
    """

    png: bytes
    width: float
    height: float


def logo() -> Logo | None:
    """Give the logo; None where the company has none, or its file is lost (`anahtar-web doctor` says so)."""
    digest = company().logo
    if not digest or not (path := storage.path_of(digest)).is_file():
        return None
    png = path.read_bytes()
    wide, high = struct.unpack(">II", png[16:24])
    scale = min(_WIDEST / wide, _HIGHEST / high)
    return Logo(png, round(wide * scale, 2), round(high * scale, 2))


def told() -> dict[str, Any] | None:
    """Give the logo as templates of paper read it: text, since only text reaches them."""
    found = logo()
    if found is None:
        return None
    content = base64.b64encode(found.png).decode("ascii")
    size = f'width="{found.width}" height="{found.height}"'
    image = f'<image {size} href="data:image/png;base64,{content}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {found.width} {found.height}" {size}>{image}</svg>'
    return {"svg": svg, "width": found.width, "height": found.height}
