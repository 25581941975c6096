"""What a person should know of an import beside its rows and sums: wishes that met nothing, money in no sum."""

from anahtar.ledger.intake.wishes import UNMET
from anahtar.ledger.manifest import Draft
from anahtar.words import Message, say


def notes_on(draft: Draft) -> list[Message]:
    """Sentences for the person who imports; none where everything is as asked."""
    notes = (_not_convertible(draft.oddities.get("amounts_not_convertible", 0)), _unmet(draft))
    return [note for note in notes if note]


def _not_convertible(rows: int) -> Message | None:
    if not rows:
        return None
    return say(
        "{n} row in a foreign currency has no rate for its day, or no day: its amount is in no sum.",
        "{n} rows in a foreign currency have no rate for their day, or no day: their amounts are in no sum.",
        n=rows,
    )


def _unmet(draft: Draft) -> Message | None:
    codes = next((file.facts[UNMET] for file in draft.files if UNMET in file.facts), "")
    if not codes:
        return None
    return say(
        "No line has these product codes, which were to be left out: {codes}. Codes are compared as they are written, "
        "capitals and small letters too.",
        codes=codes,
    )
