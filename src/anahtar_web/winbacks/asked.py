"""Which lost accounts a list is of: its filter, as it stands in an address and is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Self
from urllib.parse import parse_qsl, urlencode

from anahtar_web.risks.models import LossRecord

STATES: Final = ("lapsed", "lost")
"""Of `insight.models.Standing.state`: those from which an account may be won back."""

_LARGEST: Final = 10**18


@dataclass(frozen=True, slots=True)
class Narrow:
    """A filter; what is empty or None narrows nothing.

    Parameters
    ----------
    state
        `lapsed` or `lost`.
    silence_from, silence_to
        Days since the last purchase, both included.
    revenue
        Of the twelve months up to the last purchase at least, in ten-thousandths.
    reason
        Key of a reason that stands in a loss record of the account.
    would_return
        What they said when they were asked.
    times_lost
        At least so often.
    direction
        Of a case of the account.
    """

    state: str = ""
    silence_from: int | None = None
    silence_to: int | None = None
    revenue: int | None = None
    reason: int | None = None
    would_return: str = ""
    times_lost: int | None = None
    direction: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """Read it; what makes no sense is left out."""
        state, would, direction = (said.get(name, "") for name in ("state", "would_return", "direction"))
        return cls(
            state=state if state in STATES else "",
            would_return=would if would in LossRecord.Return.values else "",
            direction=direction[:200],
            **{name: _whole(said.get(name, "")) for name in _NUMBERS},
        )

    @classmethod
    def kept(cls, query: str) -> Self:
        """Read a filter that was kept."""
        return cls.of(dict(parse_qsl(query)))

    @property
    def query(self) -> str:
        """As it is kept."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: value for name, value in told.items() if value not in ("", None)})


_NUMBERS: Final = ("silence_from", "silence_to", "revenue", "reason", "times_lost")


def _whole(text: object) -> int | None:
    plain = str(text)
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 19:
        return None
    return min(int(plain), _LARGEST)
