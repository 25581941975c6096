"""From the fields of a source to the address the core asks at: built of parts, so that no part can say more."""

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.conf import settings

from anahtar.sources.address import PostgresAddress

if TYPE_CHECKING:
    from anahtar_web.sources.models import Source


def address_of(source: "Source") -> PostgresAddress:
    """Give the address of a source; a password stands in none, only the file in which libpq looks for it."""
    told = {"passfile": settings.SOURCE_PASSFILE} if settings.SOURCE_PASSFILE else {}
    host = f"[{source.host}]" if ":" in source.host else source.host
    database = f"postgresql://{quote(source.user, safe='')}@{host}:{source.port}/{quote(source.database, safe='')}"
    return PostgresAddress(f"{database}?{urlencode(told)}" if told else database, source.schema, source.table)


def is_allowed(host: str) -> bool:
    """Whether the operator lets this program speak with a server."""
    return host.lower() in settings.SOURCE_HOSTS
