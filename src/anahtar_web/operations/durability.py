"""Does the database keep what it has acknowledged? Asked of the connection itself, not of the settings."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused


class UnableToTrustDatabase(Refused):
    """A power cut would lose what people were told is stored."""


def faults() -> Iterator[str]:
    """Name every setting of the connection under which acknowledged rows can be lost."""
    yield from {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]()


def refuse_forgetful() -> None:
    """Refuse to work with a database that forgets.

    Raises
    ------
    UnableToTrustDatabase
        Names the settings.
    """
    found = list(faults())
    if found:
        raise UnableToTrustDatabase(" ".join(found))


def _asked(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0]).lower()


def _sqlite() -> Iterator[str]:
    journal, synchronous = _asked("PRAGMA journal_mode"), _asked("PRAGMA synchronous")
    if journal != "wal":
        yield _(
            "SQLite's journal is %(mode)s and has to be wal: the data folder may lie on a network disk, which cannot."
        ) % {"mode": journal}
    if synchronous not in ("2", "3"):
        yield _(
            "SQLite does not wait for the disk (synchronous=%(mode)s instead of FULL): a power cut loses rows that "
            "people were told are stored."
        ) % {"mode": synchronous}
    if _asked("PRAGMA foreign_keys") != "1":
        yield _("SQLite does not check references between rows (foreign_keys is off).")


def _postgresql() -> Iterator[str]:
    for name in ("fsync", "full_page_writes"):
        if _asked(f"SHOW {name}") != "on":
            yield _("PostgreSQL runs with %(name)s off: a power cut can destroy the whole database.") % {"name": name}
    if _asked("SHOW synchronous_commit") == "off":
        yield _("PostgreSQL runs with synchronous_commit off: a crash loses rows that people were told are stored.")
