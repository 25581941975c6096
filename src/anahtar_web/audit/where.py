"""From where the request at hand comes; the middleware says it, entries of the trail carry it."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """Network address and path; both empty for work outside a request."""

    address: str = ""
    path: str = ""


here: ContextVar[Where] = ContextVar("where", default=Where())  # noqa: B039  # frozen: sharing it is safe
