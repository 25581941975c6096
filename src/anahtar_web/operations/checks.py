"""Django's own checks, told what else has to hold: `anahtar-web check --deploy` fails where it does not."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from anahtar_web.operations.durability import faults


@register(Tags.security, deploy=True)
def acknowledged_means_stored(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a database that forgets what it has acknowledged."""
    try:
        return [Error(fault, id="anahtar.E001") for fault in faults()]
    except DatabaseError as error:
        return [Error(f"The database does not answer, so it could not be checked: {error}", id="anahtar.E002")]
