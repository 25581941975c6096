"""A form on a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from anahtar_web.audit.shown import Version


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked.

    Parameters
    ----------
    title, sub
        Above the form.
    do, icon, tone
        Of its button.
    back, back_to
        Where one came from: address and name.
    both
        What somebody else has saved meanwhile beside what was typed.
    """

    title: str
    do: str
    back: str
    back_to: str
    sub: str = ""
    icon: str = "check"
    tone: str = "primary"
    both: Sequence[Version] = ()
