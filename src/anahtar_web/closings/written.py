"""Where people write words of closed months: nowhere but in the reasons, which stand on the trail."""

from anahtar_web.audit.written import register
from anahtar_web.closings.models import Change, ClosedMonth, Mover


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(ClosedMonth, account="", without=("fingerprint", "currency", "batches"))
    register(Change, account="", without=("batch", "fingerprint"))
    register(Mover, account="", without=("code",))
