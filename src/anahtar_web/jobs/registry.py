"""What can be run: functions by the name of their kind, and what is done again and again.

Functions live in the module `jobs.py` of their app and are found when the program starts.

    @job("ledgers.read", title=_("Read a file"))
    def read(work: Work) -> dict[str, Any] | None: ...

    @every(3600, "audit.anchor")
    def anchor() -> None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from anahtar_web.jobs.models import Job
    from anahtar_web.jobs.work import Work

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job."""

    name: str
    title: Any
    run: "Callable[[Work], dict[str, Any] | None]"
    ended: "Callable[[Job], None] | None"
    page: "Callable[[Job], str] | None"


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that is done every so many seconds, by one worker of all."""

    name: str
    seconds: int
    run: Callable[[], Any]


KINDS: dict[str, Kind] = {}
CHORES: dict[str, Chore] = {}


class UnknownKind(LookupError):
    """No function is registered under this name: a job of a newer version, or a spelling mistake."""


def job(
    name: str,
    *,
    title: Any = "",
    ended: "Callable[[Job], None] | None" = None,
    page: "Callable[[Job], str] | None" = None,
) -> Callable[[Function], Function]:
    """Register what a kind of job does.

    The function may be run again from its start after its worker was killed, so it first looks at what is already
    done. It reports with `work.progress(…)`, says no with a refusal, and returns what the job's result is to hold.

    Parameters
    ----------
    name
        `app.verb`, e.g. `ledgers.read`.
    title
        What people read (lazy text).
    ended
        Called with the job when it has ended in whatever way, in the transaction that says so: also where the
        function itself could not say it, because its worker was killed or somebody cancelled it in the queue.
    page
        Gives the address of what a job works on.
    """

    def register(function: Function) -> Function:
        if name in KINDS and KINDS[name].run is not function:
            raise ValueError(f"two functions want to be {name}")
        KINDS[name] = Kind(name, title or name, function, ended, page)
        return function

    return register


def every(seconds: int, name: str) -> Callable[[Function], Function]:
    """Register a chore: begun by one worker of all, `seconds` after it was last begun, and once at first."""

    def register(function: Function) -> Function:
        CHORES[name] = Chore(name, seconds, function)
        return function

    return register


def kind(name: str) -> Kind:
    """Give a kind of job.

    Raises
    ------
    UnknownKind
        Nothing is registered under this name.
    """
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None


def title_of(name: str) -> str:
    """Say what kind of work it is; the bare name where this version does not know it."""
    return str(KINDS[name].title) if name in KINDS else name
