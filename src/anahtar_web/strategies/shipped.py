"""The strategies that come with the program, in every language; they hold until the company writes its own."""

from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import get_language

from anahtar.rules.strategy import strategy
from anahtar_web.strategies.subjects import Subject
from anahtar_web.ui.templatetags.shown import say

TEXTS: Final = Path(__file__).parent / "texts"
LANGUAGES: Final = ("en", "tr")


def language_now() -> str:
    """Give the language of the reader, as far as there are texts in it."""
    now = (get_language() or "en")[:2]
    return now if now in LANGUAGES else "en"


def shipped_text(subject: Subject) -> str:
    """Give the text in the reader's language, as Markdown."""
    return _read(subject.code, language_now())


@cache
def _read(code: str, language: str) -> str:
    return (TEXTS / language / f"{code}.md").read_text(encoding="utf-8").strip()


def shipped_word(subject: Subject) -> str:
    """Say it in a word or two: of a cell with the beginning of what the core says of it."""
    return short(subject).partition(".")[0] if subject.is_cell else subject.shipped_word


def short(subject: Subject) -> str:
    """Say it in a few sentences: those of the core for a cell."""
    return say(strategy(subject.code)) if subject.is_cell else subject.shipped_word  # type: ignore[arg-type]  # a cell's code is a cell's name
