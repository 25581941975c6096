"""Walking an import through its steps, for tests."""

from typing import Any
from uuid import uuid4

from django.test import Client

from anahtar.ledger.roles import Role
from anahtar_web.ledgers.models import Import


def post(client: Client, step: str, of: Import, **fields: Any) -> Any:
    """Send the form of a step."""
    return client.post(f"/imports/{of.pk}/{step}/", {"version": of.version, "once": uuid4().hex, **fields})


def roles(**letters: str) -> dict[str, str]:
    """The fields of the columns: `roles(customer="A")`; what is not named has no column."""
    return {f"role_{role.value}": letters.get(role.value, "") for role in Role}


PLAIN = roles(customer="A", customer_name="B", date="C", amount="D")
