"""What the keys in recorded contents stand for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from anahtar_web.competitors.models import Competitor
from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User
from anahtar_web.tenders.models import Reason


@dataclass(frozen=True, slots=True)
class Names:
    """What keys of recorded contents stand for; what is gone since is missing."""

    people: Mapping[int, User] = field(default_factory=dict)
    competitors: Mapping[int, Competitor] = field(default_factory=dict)
    reasons: Mapping[int, Reason] = field(default_factory=dict)
    papers: Mapping[int, Attachment] = field(default_factory=dict)

    @classmethod
    def among(cls, contents: Sequence[Mapping[str, Any]]) -> Self:
        """Read the names in contents; four queries, however many they are."""
        rivals = {lot["winner"] for one in contents for lot in one["lots"]}
        rivals |= {part["competitor"] for one in contents for part in one["participants"]}
        reasons = {one[name] for one in contents for name in ("their_reason_id", "our_reason_id")}
        return cls(
            people=_by_key(User, {one["owner_id"] for one in contents}),
            competitors=_by_key(Competitor, rivals),
            reasons=_by_key(Reason, reasons),
            papers=_by_key(Attachment, {pk for one in contents for pk in one["papers"]}),
        )


def _by_key(model: Any, keys: Iterable[int | None]) -> Mapping[int, Any]:
    found: Mapping[int, Any] = model._base_manager.in_bulk([key for key in keys if key is not None])
    return found
