"""Where people, and their mails, write words of what happened."""

from anahtar_web.audit.written import register
from anahtar_web.interactions.models import (
    Dropped,
    EarlierInteraction,
    Enclosed,
    Interaction,
    NextTouch,
    Participant,
    Step,
)


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Interaction, without=("business",))
    register(EarlierInteraction, account="interaction__account", without=("business",))
    register(Participant, account="interaction__account")
    register(NextTouch)
    register(Step, account="touch__account")
    register(Enclosed, account="interaction__account")
    register(Dropped, without=("folder",), told=False)
