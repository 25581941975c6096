"""What has to follow when merges or groups change: figures are summed up again."""

from collections.abc import Callable
from typing import Final

from anahtar_web.people.models import User

on_structure_changed: Final[list[Callable[[User], object]]] = []
"""Called with who changed it, inside the transaction; the app above that analyses adds its request here."""


def structure_changed(by: User) -> None:
    """Tell whoever has to follow."""
    for follow in on_structure_changed:
        follow(by)
