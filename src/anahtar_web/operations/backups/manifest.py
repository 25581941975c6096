"""What a backup says of itself: from which version and database, and the SHA-256 of everything in it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

FORMAT: Final = 1
NAME: Final = "manifest.json"
SEAL: Final = "manifest.sha256"
"""Last member of the archive: the SHA-256 of the manifest."""


class MalformedManifest(ValueError):
    """No version of this program wrote this."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table at the moment of the snapshot."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Parameters
    ----------
    program
        Version of Anahtar that made it.
    made_at
        ISO time of the snapshot.
    database
        `sqlite` or `postgresql`.
    migrations
        `app.name` of every migration in the database.
    settings
        Variables that were set and are no secrets: to be looked up, not applied.
    """

    program: str
    made_at: str
    database: str
    migrations: tuple[str, ...]
    tables: Mapping[str, Table]
    members: Mapping[str, Member]
    settings: Mapping[str, str]
    format: int = FORMAT

    def to_json(self) -> bytes:
        """Write it."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def from_json(content: bytes) -> Manifest:
    """Read a manifest.

    Raises
    ------
    MalformedManifest
        It is none of ours.
    """
    try:
        told: dict[str, Any] = json.loads(content)
        return Manifest(
            **told
            | {
                "migrations": tuple(told["migrations"]),
                "tables": {name: Table(**table) for name, table in told["tables"].items()},
                "members": {name: Member(**member) for name, member in told["members"].items()},
            }
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise MalformedManifest(str(error)) from error
