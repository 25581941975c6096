"""The database of an address: SQLite in the data folder, or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from anahtar_web.config.environment import UnableToStart

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
"""FULL, not NORMAL: with NORMAL a power cut loses rows that were acknowledged. 16 MB of pages are kept, not 2: the
accounts of one manager lie on more pages than that, and each list would read them from the file three times."""


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's settings of the database.

    Raises
    ------
    UnableToStart
        The address is neither empty nor one of PostgreSQL.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "anahtar.sqlite3",
            # Opened anew for every page, reading the schema would take a tenth of the page's time.
            "CONN_MAX_AGE": 600,
            # IMMEDIATE: a transaction that reads first and writes later would otherwise fail as "locked" at once.
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise UnableToStart("ANAHTAR_DATABASE_URL has to look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # A page that takes longer is a fault; imports and analyses do not run inside the database.
        # The usual cost of a page out of order, 4, is that of a turning disk: at it, lists of 100,000 accounts are read
        # from the whole table, at five times the time of the index that holds all they ask for. And no page is worth
        # the start of two more processes, when the next one waits for the same processors.
        # A page asks some fifteen questions, the same ones all day: PostgreSQL plans each once for a connection, not
        # anew every time (a fifth of its work). For this the values go apart from the text. A pooler between them has
        # to keep prepared statements, or one connection for a session.
        "OPTIONS": {
            "connect_timeout": 5,
            "server_side_binding": True,
            "prepare_threshold": 2,
            "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c random_page_cost=1.1"
            " -c max_parallel_workers_per_gather=0",
        },
    }
