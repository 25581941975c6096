"""The questions of `anahtar-web doctor`: is everything that is kept as it was written.

Every app registers its questions when the program starts. A question gives one sentence for each thing that is wrong;
no sentence means that it is well.

    @register("audit", _("Audit trail"))
    def trail() -> Iterator[str]: ...
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from django.utils.translation import gettext as _

Question: TypeAlias = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Check:
    """One question."""

    name: str
    title: Any
    ask: Question


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question."""

    check: Check
    faults: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


_CHECKS: Final[dict[str, Check]] = {}


def register(name: str, title: Any) -> Callable[[Question], Question]:
    """Register a question under a name; the title is what people read."""

    def keep(ask: Question) -> Question:
        _CHECKS[name] = Check(name, title, ask)
        return ask

    return keep


def run_checks(names: Iterable[str] = ()) -> Iterator[Outcome]:
    """Ask all questions, or those of the names, one after the other."""
    wanted = set(names)
    for check in list(_CHECKS.values()):
        if not wanted or check.name in wanted:
            yield Outcome(check, _asked(check))


def _asked(check: Check) -> tuple[str, ...]:
    """Ask; what could not be asked is not well."""
    try:
        return tuple(check.ask())
    except Exception as error:  # noqa: BLE001  # whatever it is, the other questions are to be asked, too
        return (_("This could not be checked: %(reason)s") % {"reason": repr(error)[:500]},)
