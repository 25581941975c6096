"""The address of a table: which database, which table, and no secret."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from anahtar.ledger.manifest import Manifest
from anahtar.words import Refusal, say

SCHEMES: Final = ("postgresql://", "postgres://")
_SECRETS: Final = frozenset({"password", "sslpassword"})


class UnableToUseAddress(Refusal):
    """The address of a table names no table, or tells a secret."""


@dataclass(frozen=True, slots=True)
class TableAddress:
    """A table of a PostgreSQL database.

    Parameters
    ----------
    database
        `postgresql://user@host:port/database?…`, as libpq understands it: without a password, which stands in
        PGPASSWORD, in ~/.pgpass, or in the file that PGPASSFILE names.
    schema, table
        A table or a view.
    """

    database: str
    schema: str
    table: str

    @property
    def source(self) -> str:
        """What manifests keep of it, without who asked: postgresql://host:port/database/schema.table."""
        parts = urlsplit(self.database)
        host = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
        return f"postgresql://{host}{parts.path}/{self.schema}.{self.table}"


def source(text: str) -> "Path | TableAddress":
    """What a person names as a source: a file or folder, or the address of a table.

    Raises
    ------
    UnableToUseAddress
        It names no table, or tells a password.
    """
    if not text.startswith(SCHEMES):
        return Path(text)
    parts = urlsplit(text)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    # A password in an address stands in the shell's history, and in the list of processes for everybody to read.
    if parts.password is not None or _SECRETS & asked.keys():
        raise UnableToUseAddress(
            say(
                "Leave the password out of the address: others can read it there. Put it into PGPASSWORD, into "
                "~/.pgpass, or into a file that PGPASSFILE names."
            )
        )
    table, schema = asked.pop("table", ""), asked.pop("schema", "") or "public"
    if not table:
        raise UnableToUseAddress(
            say("The address names no table. Write {form}.", form="postgresql://user@host/database?table=sales")
        )
    return TableAddress(urlunsplit(parts._replace(query=urlencode(asked))), schema, table)


def batches_of(live: Iterable[Manifest], source: str) -> dict[str, Manifest]:
    """Month -> the batch that came of a table (`TableAddress.source`), among those that count."""
    return {
        file.facts["month"]: manifest
        for manifest in live
        for file in manifest.files
        if file.facts.get("table") == source
    }
