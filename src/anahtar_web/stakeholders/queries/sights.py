"""Who has seen a person, when."""

from anahtar_web.accounts.queries import survivor
from anahtar_web.stakeholders.models import Sight, Stakeholder


def sights_of(who: Stakeholder, limit: int | None = None) -> list[Sight]:
    """Give whoever has seen a person, alone or among all of the account, the last ones first."""
    alone = Sight.objects.filter(stakeholder=who)
    among = Sight.objects.of(survivor(who.account)).filter(stakeholder=None, last_at__gte=who.recorded_at)
    rows = (alone | among).select_related("person").order_by("-day", "-last_at", "-pk")
    return list(rows[:limit])
