"""The address of a table: which database, which table, and no secret."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from anahtar.words import Message, Refusal, say

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Manifest

_POSTGRES: Final = ("postgresql://", "postgres://")
_SPARK: Final = ("spark://", "spark+local://")
_FORMS: Final = "spark://host:7077?path=/data/sales.parquet, spark+local://2?table=db.sales"
_SECRETS: Final = frozenset({"password", "sslpassword"})

_HOSTS: Final = re.compile(r"[\w.-]+:\d+(,[\w.-]+:\d+)*")
_THREADS: Final = re.compile(r"\d{1,3}|\*")
_PLACE: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:/)?/.+")
"""From the root, or at a file system that the cluster knows: `/data/…`, `hdfs://…`, `s3a://…`."""

_NAME: Final = re.compile(r"[^.]+(\.[^.]+){0,2}")
_LOCAL: Final = re.compile(r"local\[.*?\]\?")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class UnableToUseAddress(Refusal):
    """The address of a table names no table, or tells a secret."""


class TableAddress(ABC):
    """A table of a database."""

    __slots__ = ()

    @property
    @abstractmethod
    def source(self) -> str:
        """What manifests keep of it, without who asked; the same table has the same one."""

    @property
    @abstractmethod
    def shown(self) -> str:
        """What it is called in sentences and problems."""


@dataclass(frozen=True, slots=True)
class PostgresAddress(TableAddress):
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
        """Host, database, schema and table: postgresql://host:port/database/schema.table."""
        parts = urlsplit(self.database)
        host = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
        return f"postgresql://{host}{parts.path}/{self.schema}.{self.table}"

    @property
    def shown(self) -> str:
        """Schema and table."""
        return f"{self.schema}.{self.table}"


@dataclass(frozen=True, slots=True)
class SparkAddress(TableAddress):
    """A table of Spark's catalogue, or Parquet files that its workers see.

    Parameters
    ----------
    master
        `spark://host:7077`, or `local[2]`: so many threads of this machine.
    name
        `db.sales`, or the path of a file or folder.
    is_path
        Which of the two.
    """

    master: str
    name: str
    is_path: bool

    @property
    def source(self) -> str:
        """Cluster and table or path; of a path that names its own file system, the path alone."""
        if _SCHEME.match(self.name):
            return self.name
        # However many threads: the files of this machine are the same.
        where = self.master if self.master.startswith("spark://") else "spark+local://"
        return f"{where}{self.name}" if self.is_path else f"{where}/{self.name}"

    @property
    def shown(self) -> str:
        """The table, or the last part of the path."""
        return self.name.rstrip("/").rsplit("/", 1)[-1] if self.is_path else self.name


def source(text: str) -> "Path | TableAddress":
    """What a person names as a source: a file or folder, or the address of a table.

    Raises
    ------
    UnableToUseAddress
        It names no table, tells a password, or is of a database that is not read.
    """
    if text.startswith(_POSTGRES):
        return _postgres(text)
    if text.startswith(_SPARK) or _LOCAL.match(text):
        return _spark(text)
    if found := _SCHEME.match(text):
        raise UnableToUseAddress(
            say(
                "{scheme} is no source. Tables are read of PostgreSQL and of Spark; of other databases and of the web "
                "export a file, and name that.",
                scheme=found[0],
            )
        )
    return Path(text)


def refuse_secret(address: str) -> None:
    """Refuse the address of a database with a password in it.

    Raises
    ------
    UnableToUseAddress
        It stands in the shell's history, and in the list of processes for everybody to read.
    """
    parts = urlsplit(address)
    if parts.password is not None or _SECRETS & dict(parse_qsl(parts.query, keep_blank_values=True)).keys():
        raise UnableToUseAddress(
            say(
                "Leave the password out of the address: others can read it there. Put it into PGPASSWORD, into "
                "~/.pgpass, or into a file that PGPASSFILE names."
            )
        )


def _postgres(text: str) -> PostgresAddress:
    refuse_secret(text)
    parts = urlsplit(text)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    table, schema = asked.pop("table", ""), asked.pop("schema", "") or "public"
    if not table:
        raise UnableToUseAddress(
            say("The address names no table. Write {form}.", form="postgresql://user@host/database?table=sales")
        )
    return PostgresAddress(urlunsplit(parts._replace(query=urlencode(asked))), schema, table)


def _spark(text: str) -> SparkAddress:
    cluster, _, asked = text.partition("?")
    # By hand: a plus is a plus in a path, and a number sign no fragment.
    pairs = [(key, unquote(value)) for key, _, value in (pair.partition("=") for pair in asked.split("&"))]
    # `container@account` of a store is no secret, `key:secret@bucket` is one.
    if "@" in cluster or any(urlsplit(value).password is not None for _, value in pairs):
        raise UnableToUseAddress(
            say(
                "Leave keys and passwords out of the address: others can read them there. Spark finds them in "
                "spark-defaults.conf."
            )
        )
    scheme, _, where = cluster.partition("://")
    if scheme == "spark" and _HOSTS.fullmatch(where):
        master = cluster
    elif scheme == "spark+local" and _THREADS.fullmatch(where) and where != "0":
        master = f"local[{where}]"
    else:
        raise _unclear(say("“{cluster}” is no cluster", cluster=cluster))
    if len(pairs) != 1 or pairs[0][0] not in ("path", "table"):
        raise _unclear(say("it has to name one path or one table"))
    (kind, name) = pairs[0]
    if not (_PLACE if kind == "path" else _NAME).fullmatch(name):
        raise _unclear(say("“{name}” is no path from the root, or no table", name=name))
    return SparkAddress(master, name, kind == "path")


def _unclear(why: Message) -> UnableToUseAddress:
    return UnableToUseAddress(say("The address is unclear: {why}. Write {forms}.", why=why, forms=_FORMS))


def batches_of(live: "Iterable[Manifest]", source: str) -> "dict[str, Manifest]":
    """Month -> the batch that came of a table (`TableAddress.source`), among those that count."""
    return {
        file.facts["month"]: manifest
        for manifest in live
        for file in manifest.files
        if file.facts.get("table") == source
    }
