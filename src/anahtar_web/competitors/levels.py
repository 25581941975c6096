"""How threats, grades and strengths look: their word, their colour."""

from typing import Final

from anahtar.rules.threat import Threat
from anahtar_web.competitors.models import Grade, ThreatLevel

TONES: Final = {Threat.HIGH: "bad", Threat.MEDIUM: "warn", Threat.LOW: "info", Threat.NONE: ""}
GRADE_TONES: Final = {Grade.RUMOUR: "", Grade.ASSUMED: "warn", Grade.CONFIRMED: "good", Grade.DOCUMENT: "good"}


def threat_word(threat: Threat | None) -> str:
    """Say a threat in a word; a dash where there is none to tell."""
    return "–" if threat is None else str(ThreatLevel(threat.value).label)


def threat_tone(threat: Threat | None) -> str:
    """Give the colour of a threat."""
    return "" if threat is None else TONES[threat]


def grade_tone(grade: str) -> str:
    """Give the colour of how sure we are."""
    return GRADE_TONES.get(Grade(grade), "")
