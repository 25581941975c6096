"""Sentences that are stored now and said later, in the language of whoever reads them."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from anahtar.ledger.files.wire import MalformedWire, message_from_json, message_to_json
from anahtar.words import Message, Refusal, Words
from anahtar_web.gate.refusals import Refused

Sentence: TypeAlias = Message | Promise | str
"""A sentence of the core (`say`), a lazy one of the web, or the English source of one (`gettext_noop`)."""

Json: TypeAlias = Any

_CORE: Final = "core"
_WEB: Final = "web"
_VALUES: Final = "values"


def told(sentence: Sentence | None, values: Mapping[str, int | str] | None = None) -> Json:
    """Write a sentence in a form that every language can be said from; None for none.

    Parameters
    ----------
    sentence
        What to say. A text that is no source of a translation stays as it is.
    values
        What goes into the `%(names)s` of a sentence of the web.
    """
    if not sentence:
        return None
    if isinstance(sentence, Message):
        return {_CORE: message_to_json(sentence)}
    return {_WEB: _source(sentence), _VALUES: dict(values)} if values else {_WEB: _source(sentence)}


def _source(sentence: Promise | str) -> str:
    """Give the English source of a lazy text; one that was put together is said in the language of the moment."""
    arguments: tuple[object, ...] = getattr(sentence, "_args", ())
    return arguments[0] if len(arguments) == 1 and isinstance(arguments[0], str) else str(sentence)


def told_of(refusal: Refusal | Refused) -> Json:
    """Write what a refusal says."""
    return told(refusal.message if isinstance(refusal, Refusal) else refusal.sentence)


def shown(stored: Json) -> str:
    """Say a stored sentence in the language of the moment."""
    match stored:
        case {"core": content}:
            return _words()(_message(content))
        case {"web": str(source), "values": dict(values)}:
            return gettext(source) % values
        case {"web": str(source)}:
            return gettext(source)
    return ""


def message_of(stored: Json) -> Message | None:
    """Give a stored sentence of the core back, to be said among others of its kind; None for one of the web."""
    match stored:
        case {"core": content}:
            return _message(content)
    return None


def _message(content: Json) -> Message:
    try:
        return message_from_json(content)
    except MalformedWire:
        # Written by another version: better a plain text than no page.
        return Message("{text}", None, {"text": str(content)[:200]})


def _words() -> Words:
    return Words("tr" if (get_language() or "en").startswith("tr") else "en")
