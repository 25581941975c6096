"""What is asked of competitors, one module per question."""

from anahtar_web.competitors.queries.attacks import Attack, attack_of, attacks, present_at, present_everywhere
from anahtar_web.competitors.queries.directory import Listed, competitors, found, listed, named
from anahtar_web.competitors.queries.evidence import decisions_of, sightings_of, versions_of
from anahtar_web.competitors.queries.wallet import Slice, Wallet, shares_of, wallet_of

__all__ = [
    "Attack",
    "Listed",
    "Slice",
    "Wallet",
    "attack_of",
    "attacks",
    "competitors",
    "decisions_of",
    "found",
    "listed",
    "named",
    "present_at",
    "present_everywhere",
    "shares_of",
    "sightings_of",
    "versions_of",
    "wallet_of",
]
