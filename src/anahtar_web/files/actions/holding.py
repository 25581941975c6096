"""A content that is about to come or go: nobody else keeps or drops the same one until the transaction ends."""

from typing import Final

from django.db import connection

_LOCKS: Final = 0x616E6168
"""Any number; the first half of PostgreSQL's advisory locks on contents."""


def hold_content(digest: str) -> None:
    """Lock a content. SQLite's writers wait for each other anyhow.

    Without it a content would be dropped for a row that was just removed, while another row that needs it is on its
    way: it found the content there, and kept nothing.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, int(digest[:8], 16) - (1 << 31)])
