"""Where people write words of persons; the names and addresses of others are theirs."""

from typing import Any

from anahtar_web.audit.written import register
from anahtar_web.stakeholders.models import DecisionVersion, Relation, Stakeholder, StakeholderVersion, Tie
from anahtar_web.stakeholders.models.people import search_key_of


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Stakeholder, without=("name", "more_roles", "search_key"), follow=_keys)
    register(StakeholderVersion, account="stakeholder__account", without=("name", "more_roles"))
    register(Tie)
    register(Relation, account="stakeholder__account")
    register(DecisionVersion, account="decision__account")


def _keys(row: Any) -> dict[str, str]:
    return {"search_key": search_key_of(row.name, row.position, row.unit)}
