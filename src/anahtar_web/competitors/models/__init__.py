"""Who else wants our accounts: the directory, where they attack, and what we know it from."""

from anahtar_web.competitors.models.directory import Competitor
from anahtar_web.competitors.models.evidence import Grade, Sighting, ThreatDecision, ThreatLevel, WalletShare
from anahtar_web.competitors.models.presence import TOLD, Presence, PresenceVersion

__all__ = [
    "TOLD",
    "Competitor",
    "Grade",
    "Presence",
    "PresenceVersion",
    "Sighting",
    "ThreatDecision",
    "ThreatLevel",
    "WalletShare",
]
