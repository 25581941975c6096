"""Where people write words of schedules: nowhere but in the reasons, which stand on the trail."""

from anahtar_web.audit.written import register
from anahtar_web.schedules.models import Comparison, Move


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Comparison, account="", without=("digest",))
    register(Move, without=("before", "after"))
