"""The addresses of the matrix, read as its readers do."""

from typing import Any

from django.test import Client

MATRIX = "/portfolio/matrix/"
TRY = f"{MATRIX}thresholds/"
OTHER = {"abc_a": "50", "abc_b": "90", "xyz_x": "20", "xyz_y": "80"}


def text(client: Client, address: str = MATRIX) -> str:
    """A page that is there."""
    answer: Any = client.get(address)
    assert answer.status_code == 200, answer.content[:500]
    found: str = answer.content.decode()
    return found


def query(fields: dict[str, str]) -> str:
    """Thresholds as an address writes them."""
    return "&".join(f"{name}={value}" for name, value in fields.items())
