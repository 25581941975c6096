"""A strategy is written anew, or an earlier version of it holds again."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import differences, record
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.strategies.actions.meanwhile import meanwhile
from anahtar_web.strategies.models import Wording
from anahtar_web.strategies.queries import Strategy, in_force
from anahtar_web.strategies.rhythms import Rhythm
from anahtar_web.strategies.shipped import language_now
from anahtar_web.strategies.subjects import Subject


class UnableToWriteStrategy(Refused):
    """The version is none: nothing is said, nothing is new, or nobody says why."""


@transaction.atomic
def write(
    *,
    subject: Subject,
    version: int,
    word: str,
    text: str,
    language: str = "",
    rhythm: Rhythm | None = None,
    reason: str,
    by: User,
) -> Wording:
    """Write a strategy anew; the version before it stays readable.

    Parameters
    ----------
    version
        The one that was read; 0: what comes with the program.
    language
        What it is written in; empty: the language of this page.
    rhythm
        How often accounts are to be touched and visited; None: as often as until now.

    Raises
    ------
    UnableToWriteStrategy
        There is no word, no text or no reason, or nothing would change.
    EditedMeanwhile
        Somebody has written since; carries the version that holds.
    """
    if not word.strip() or not text.strip():
        raise UnableToWriteStrategy(_("Say it in a word, and then whole. To take it back, restore an earlier version."))
    before = _held(subject, version)
    fields: dict[str, Any] = {"word": word.strip(), "text": text.strip(), "language": language or language_now()}
    asked = rhythm or before.rhythm
    same = fields == {"word": before.word, "text": before.text, "language": before.language}
    if same and asked == before.rhythm:
        raise UnableToWriteStrategy(_("That is what holds already. Change something, or leave it."))
    fields |= {"touch_days": asked.touch, "visit_days": asked.visit}
    return _write(subject, before, fields, reason, by, verb="strategy.written")


@transaction.atomic
def restore(*, old: Strategy, version: int, reason: str, by: User) -> Wording:
    """Let an earlier version hold again, as a new one.

    Raises
    ------
    UnableToWriteStrategy
        Nobody says why, it holds already, or somebody has written since `version` was read.
    """
    try:
        before = _held(old.subject, version)
    except EditedMeanwhile as refusal:
        raise UnableToWriteStrategy(meanwhile(refusal)) from None
    same = (before.is_own, before.text, before.word, before.rhythm) == (old.is_own, old.text, old.word, old.rhythm)
    if old.number == before.number or same:
        raise UnableToWriteStrategy(_("That is what holds already. Change something, or leave it."))
    fields: dict[str, Any] = {"word": "", "text": ""}
    if old.is_own:
        fields = {"word": old.word, "text": old.text, "language": old.language}
        fields |= {"touch_days": old.rhythm.touch, "visit_days": old.rhythm.visit}
    return _write(old.subject, before, fields, reason, by, verb="strategy.restored", restores=old.number)


def _held(subject: Subject, version: int) -> Strategy:
    """Give what holds, if it is what was read."""
    before = in_force([subject.code])[subject.code]
    if before.number == version:
        return before
    if before.wording is None:
        raise UnableToWriteStrategy(_("This form was not made by the page of the strategy. Open it again."))
    raise EditedMeanwhile(before.wording)


def _write(
    subject: Subject,
    before: Strategy,
    fields: dict[str, Any],
    reason: str,
    by: User,
    *,
    verb: str,
    restores: int | None = None,
) -> Wording:
    if not reason.strip():
        raise UnableToWriteStrategy(_("Say why it changes: whoever works by it will ask."))
    rows = Wording.objects.filter(subject=subject.code, number=before.number, current=True)
    if before.wording is not None and not rows.update(current=False):
        raise _overtaken(subject)
    try:
        with transaction.atomic():
            made = Wording.objects.create(
                subject=subject.code,
                number=before.number + 1,
                reason=reason.strip(),
                restores=restores,
                by=by,
                **{"language": language_now(), **fields},
            )
    except IntegrityError:  # somebody has written the same version, a moment before
        raise _overtaken(subject) from None
    was, now = differences(_written(before), _written(in_force([subject.code])[subject.code]))
    if restores is not None:
        now["restores"] = restores
    record(verb, made, by=by, before=was, after=now, reason=made.reason)
    return made


def _overtaken(subject: Subject) -> EditedMeanwhile:
    return EditedMeanwhile(Wording.objects.get(subject=subject.code, current=True))


def _written(strategy: Strategy) -> dict[str, Any]:
    rhythm = {"touch_days": strategy.rhythm.touch, "visit_days": strategy.rhythm.visit}
    return {"number": strategy.number, "word": strategy.word, "text": strategy.text, **rhythm}
