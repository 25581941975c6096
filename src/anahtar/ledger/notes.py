"""What a person should know of an import beside its rows and sums: wishes that met nothing, money in no sum."""

from anahtar.ledger.manifest import Draft
from anahtar.words import Message, say


def notes_on(draft: Draft) -> list[Message]:
    """Sentences for the person who imports; none where everything is as asked."""
    return [note for note in (_not_convertible(draft.oddities.get("amounts_not_convertible", 0)),) if note]


def _not_convertible(rows: int) -> Message | None:
    if not rows:
        return None
    return say(
        "{n} row in a foreign currency has no rate for its day, or no day: its amount is in no sum.",
        "{n} rows in a foreign currency have no rate for their day, or no day: their amounts are in no sum.",
        n=rows,
    )
