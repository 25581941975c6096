"""What somebody who has just started Anahtar does first."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from anahtar_web.company import setup_code
from anahtar_web.people.queries import anybody


def first_page(site: str, *, demo: bool) -> Iterator[str]:
    """Say where to go: to the demo's cast, or, where nobody is there yet, to the link that makes the administrator."""
    if demo:
        yield _("This is the demo: its first page lets you in as anybody of an invented company.")
    elif not anybody():
        yield _("Nobody is there yet. Open this link to become the administrator:")
        yield setup_code.link(site)
    connection.close()


def somebody_is_there() -> bool:
    """Whether the first administrator has been made."""
    there = anybody()
    connection.close()
    return there
