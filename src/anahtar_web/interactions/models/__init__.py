"""What happened with the people of an account, who took part, and what was agreed to happen next."""

from anahtar_web.interactions.models.agreed import NextTouch, Step, StepState
from anahtar_web.interactions.models.dropped import Dropped
from anahtar_web.interactions.models.enclosed import Enclosed
from anahtar_web.interactions.models.feed import CalendarAddress
from anahtar_web.interactions.models.folder import FetchedMail, MailFolder, Outcome
from anahtar_web.interactions.models.happened import (
    LONGEST_NOTES,
    Direction,
    EarlierInteraction,
    Interaction,
    Kind,
    Participant,
    Source,
)
from anahtar_web.interactions.models.touch import AccountTouch

__all__ = [
    "LONGEST_NOTES",
    "AccountTouch",
    "CalendarAddress",
    "Direction",
    "Dropped",
    "EarlierInteraction",
    "Enclosed",
    "FetchedMail",
    "Interaction",
    "Kind",
    "MailFolder",
    "NextTouch",
    "Outcome",
    "Participant",
    "Source",
    "Step",
    "StepState",
]
