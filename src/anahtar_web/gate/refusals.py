"""Refusals of the application: a sentence fit for a user, in the user's language, with what to do about it."""

from typing import Any


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
