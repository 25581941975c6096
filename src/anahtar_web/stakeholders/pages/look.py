"""What a page of people is narrowed to, and the day as of which it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from anahtar_web.company.days import asked_day
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.stakeholders.forms import LookForm
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.text import fold, sort_key

PARAMETERS = ("on", "text", "role", "stance", "unit")


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks at the people of an account.

    Parameters
    ----------
    on
        The day as of which they are read; None: now.
    """

    form: LookForm
    on: date | None = None
    text: str = ""
    role: str = ""
    stance: str = ""
    unit: str = ""

    @classmethod
    def build(cls, asked: Mapping[str, str]) -> Self:
        """Read what was asked; what makes no sense narrows nothing, and the form says so.

        Raises
        ------
        BadRequest
            The day is none.
        """
        form = LookForm({name: asked.get(name, "") for name in PARAMETERS[1:]})
        form.is_valid()
        said = form.cleaned_data
        return cls(
            form,
            asked_day(asked.get("on", "")),
            **{name: said.get(name) or "" for name in ("text", "role", "stance", "unit")},
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked beside the day."""
        return bool(self.text or self.role or self.stance or self.unit)

    @property
    def kept(self) -> Sequence[tuple[str, str]]:
        """Everything that was asked, for a form that asks the same."""
        named = [(name, str(getattr(self, name))) for name in PARAMETERS[1:]]
        return [("on", self.on.isoformat() if self.on else ""), *named]

    @property
    def query(self) -> str:
        """The day, for the address of another page."""
        return f"?{urlencode({'on': self.on.isoformat()})}" if self.on else ""

    @property
    def latest(self) -> date:
        """The last day the field may take."""
        return today()

    def takes(self, who: Stakeholder) -> bool:
        """Whether somebody is among those asked for."""
        return (
            (not self.role or self.role in who.roles)
            and (not self.stance or who.stance == ("" if self.stance == "none" else self.stance))
            and (not self.unit or fold(who.unit) == fold(self.unit))
            and fold(self.text) in fold(f"{who.name} {who.position} {who.unit}")
        )


def units_of(people: Iterable[Stakeholder]) -> Sequence[str]:
    """Give the units people are in, by the alphabet."""
    return sorted({who.unit for who in people if who.unit}, key=sort_key)


def may_write(user: Any, account: Any, look: Look | None = None) -> bool:
    """Whether somebody may change the people of an account here: not on a merged one, and not on a day of the past."""
    return user.may(Right.WRITE_DOSSIER) and account.merged_into_id is None and (look is None or look.on is None)
