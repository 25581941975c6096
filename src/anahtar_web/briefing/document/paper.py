"""The dossier on A4."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from anahtar_web.ui.paper import pdf

TEMPLATE: Final = Path(__file__).parent / "typeset" / "dossier.typ"


def written(told: Mapping[str, Any], at: datetime) -> bytes:
    """Typeset it."""
    return pdf(TEMPLATE, told, made_at=at)
