"""Why a rule says what it says: one measured value against its border, in words."""

from dataclasses import dataclass

from anahtar.words import Message


@dataclass(frozen=True, slots=True)
class Evidence:
    """One criterion asked of one account.

    Parameters
    ----------
    criterion
        The criterion's slug (`share`, `class`, `trend`, `tenure`, `profit`, `named`, …).
    met
        Whether the account meets it.
    value, border
        What was measured and the least (or greatest) that counts, in the criterion's unit; None where it is no number.
    sentence
        The same for a person: "13.4 % of 12-month profit; border 10 %; 10.9 % a year ago".
    """

    criterion: str
    met: bool
    value: float | None
    border: float | None
    sentence: Message
