"""Who works at the demo company, and what each of them should look at."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.rights import Role


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast.

    Parameters
    ----------
    look
        What this person's eyes are good for, in a sentence.
    """

    email: str
    name: str
    role: Role
    look: Any
    language: str = "tr"


CAST: Final = (
    Member(
        *("nalan@kuzey.example", "Nalan Soylu", Role.ADMINISTRATOR),
        _("Invites people, gives roles, sets currency and thresholds. May do everything."),
    ),
    Member(
        *("cem@kuzey.example", "Cem Arıkan", Role.DIRECTOR),
        _("Sees all accounts and the whole audit trail: who changed what, and why."),
    ),
    Member(
        *("defne@kuzey.example", "Defne Aksoy", Role.HEAD),
        _("Imports sales, merges duplicates, says who looks after which account."),
    ),
    Member(
        *("elif@kuzey.example", "Elif Işık", Role.KAM),
        _("Key account manager of Marmara: sees her own accounts and nothing else."),
    ),
    Member(
        *("kerem@kuzey.example", "Kerem Çağlar", Role.KAM),
        _("Key account manager of the Aegean: other accounts than Elif's."),
    ),
    Member(
        *("gulsah@kuzey.example", "Gülşah Öztürk", Role.KAM),
        _("Key account manager of Central Anatolia."),
    ),
    Member(
        *("ilker@kuzey.example", "İlker Aydın", Role.KAM),
        _("Key account manager of the Mediterranean and the Black Sea."),
    ),
    Member(
        *("seyma@kuzey.example", "Şeyma Doğan", Role.KAM),
        _("Key account manager of the east."),
    ),
    Member(
        *("mina@kuzey.example", "Mina Korkut", Role.MARKETING),
        _("Sees every account, and no cost, profit or margin anywhere."),
    ),
    Member(
        *("bora@kuzey.example", "Bora Tunç", Role.ANALYST),
        _("Imports, finds duplicates, takes lists out as Excel."),
    ),
    Member(
        *("handan@kuzey.example", "Handan Ergin", Role.AUDITOR),
        _("Reads everything, writes nothing."),
    ),
)
"""The key account managers are the salespeople of the demo's ledger (`anahtar.demo`), by name."""
