"""Where people write words of competitors; what a competitor is called is no person of ours."""

from anahtar_web.audit.written import register
from anahtar_web.competitors.models import Competitor, PresenceVersion, Sighting, ThreatDecision, WalletShare


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Competitor, account="", without=("name", "name_key", "sort_key"))
    register(PresenceVersion, account="presence__account", without=("direction",))
    register(Sighting, account="presence__account")
    register(WalletShare)
    register(ThreatDecision, account="presence__account")
