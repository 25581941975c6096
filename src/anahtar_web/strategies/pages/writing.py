"""The form of a strategy, and both versions where somebody else has written meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.forms import Form
from django.utils.safestring import SafeString

from anahtar_web.audit.shown import Version, versions
from anahtar_web.strategies.models import Wording
from anahtar_web.strategies.queries import Strategy, told
from anahtar_web.strategies.subjects import SUBJECTS
from anahtar_web.ui.markdown import render


@dataclass(frozen=True, slots=True)
class WritePage:
    """The form of a strategy.

    Parameters
    ----------
    preview
        What was typed, or what holds, as it is shown.
    both
        What was saved meanwhile beside what was typed; empty where nobody else has saved.
    """

    strategy: Strategy
    form: Form
    preview: SafeString
    both: Sequence[Version] = ()

    @classmethod
    def build(cls, strategy: Strategy, form: Form) -> Self:
        """Show the form."""
        return cls(strategy, form, render(form["text"].value() or ""))

    @classmethod
    def beside(cls, current: Wording, form: Form, typed: Mapping[str, Any]) -> Self:
        """Show what somebody else has saved beside what was typed."""
        strategy = told(SUBJECTS[current.subject], current)
        rhythm = {"touch_days": strategy.rhythm.touch, "visit_days": strategy.rhythm.visit}
        theirs = {"word": strategy.word, "text": strategy.text, **rhythm}
        return cls(strategy, form, render(typed["text"]), versions("wording", theirs, typed))
