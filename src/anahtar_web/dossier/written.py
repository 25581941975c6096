"""Where people write words of what is known of an account."""

from anahtar_web.audit.written import register
from anahtar_web.dossier.models import Contract, Demand, Fact, Permission


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Fact, without=("kind", "currency"))
    register(Contract, without=("currency",))
    register(Permission)
    register(Demand)
