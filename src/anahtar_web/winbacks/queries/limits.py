"""Up to which cost somebody may grant an offer without asking."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from anahtar_web.gate.rights import Role
from anahtar_web.winbacks.models import ApprovalLimit

if TYPE_CHECKING:
    from anahtar_web.people.models import User

DEFAULTS: Final[Mapping[str, int | None]] = {
    Role.ADMINISTRATOR: None,
    Role.DIRECTOR: None,
    Role.HEAD: 50_000 * 10_000,
    Role.KAM: 0,
}
"""Role -> ten-thousandths; None: whatever it costs. Other roles grant nothing."""


def limits() -> dict[str, int | None]:
    """Give the limit of every role; one query."""
    told = dict(ApprovalLimit.objects.values_list("role", "amount"))
    return {role: told[role] if role in told else DEFAULTS.get(role, 0) for role in Role.values}


def limit_of(user: "User") -> int | None:
    """Give somebody's limit; None: whatever it costs."""
    return limits()[user.role]


def covers(limit: int | None, cost: int) -> bool:
    """Whether a limit reaches to a cost; the limit itself is within it."""
    return limit is None or cost <= limit
