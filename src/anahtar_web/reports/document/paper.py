"""The portfolio on A4."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from anahtar_web.ui import paper

TEMPLATE: Final = Path(__file__).parent / "typeset" / "portfolio.typ"


def pdf(told: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Typeset what `contents` tells."""
    return paper.pdf(TEMPLATE, told, made_at=made_at)
