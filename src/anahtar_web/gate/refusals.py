"""Refusals of the application: a sentence fit for a user, in the user's language, with what to do about it."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from anahtar_web.gate.rights import Right


class Refused(Exception):
    """Base of every `UnableTo…` of the web: nothing was written, and the sentence says why.

    Parameters
    ----------
    sentence
        A translated (lazy) text.
    """

    def __init__(self, sentence: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class LacksRight(PermissionDenied):
    """Somebody's role does not have a right; the page of the refusal says whose would."""

    def __init__(self, right: "Right") -> None:
        super().__init__(right.value)
        self.right = right
