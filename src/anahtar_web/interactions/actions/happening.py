"""An interaction is written down, changed with what was written kept, or deleted with a reason."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import differences, record
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.interactions.actions.refusals import UnableToTakeTwice, UnableToWriteDown
from anahtar_web.interactions.actions.taking_part import Parts, check_parts, set_parts
from anahtar_web.interactions.actions.touching import recount
from anahtar_web.interactions.models import EarlierInteraction, Interaction, Source
from anahtar_web.interactions.models.happened import CONTENT, LONGEST_NOTES, LONGEST_SUBJECT, content_of
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day as day_words

FARTHEST: Final = timedelta(days=3 * 366)
EARLIEST: Final = date(1950, 1, 1)
_ON_THE_TRAIL: Final = ("kind", "direction", "day", "business")
"""What the trail tells of an interaction; its words stay with it, where a person can be forgotten."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is said of an interaction; names and meanings as in `models.happened.Content`."""

    kind: str
    direction: str
    day: date
    subject: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    last_day: date | None = None
    notes: str = ""
    is_plain: bool = False
    business: str = ""


@transaction.atomic
def write_down(
    *,
    account: Account,
    written: Written,
    parts: Parts,
    by: User | None,
    source: str = Source.TYPED,
    source_key: str = "",
) -> Interaction:
    """Write an interaction down.

    Parameters
    ----------
    by
        None: the mail folder brings it.
    source_key
        Message id or UID; a second one of the same key is refused.

    Raises
    ------
    UnableToWriteDown
        Nothing is said of it, its day is none, or somebody took part who is not of this account.
    UnableToTakeTwice
        The message is an interaction of this account already, or was until it was deleted.
    UnableToChangeMerged
        The account goes on under another.
    """
    fresh = held(account)
    fields = _checked(written)
    check_parts(fresh, parts)
    if source_key and (earlier := _taken(fresh, source_key)):
        raise UnableToTakeTwice(earlier)
    made: Interaction = Interaction.objects.create(
        account=fresh, source=source, source_key=source_key[:300], by=by, written_by=by, **fields
    )
    set_parts(made, parts)
    record("interaction.written", made, by=by, after=_told(fields) | {"source": source}, account=fresh.pk)
    recount([fresh.pk])
    return made


@transaction.atomic
def edit(*, interaction: Interaction, version: int, written: Written, parts: Parts, by: User) -> Interaction:
    """Write an interaction anew; what was written before stays readable.

    Raises
    ------
    UnableToWriteDown
        As when writing it down; also where it was deleted.
    EditedMeanwhile
        Somebody has changed it since `version` was read.
    """
    account = held(interaction.account)
    before: Interaction = Interaction.objects.select_for_update().get(pk=interaction.pk)
    if before.version != version:
        raise EditedMeanwhile(before)
    if before.deleted_at is not None:
        raise UnableToWriteDown(_("It was deleted meanwhile. Write it down anew if it has to be there."))
    fields = _checked(written)
    check_parts(account, parts)
    told_before, old = _told(content_of(before)), content_of(before)
    if old != fields:
        _keep(before, old)
    before.save_over(version, fields | {"written_by": by, "written_at": timezone.now()})
    moved = set_parts(before, parts)
    was, now = differences(told_before, _told(fields))
    words = sorted(name for name in ("subject", "notes") if old[name] != fields[name])
    more = {"changed": words + (["participants"] if moved else [])}
    record("interaction.edited", before, by=by, before=was, after=now | more, account=account.pk)
    recount([account.pk])
    return before


@transaction.atomic
def delete(*, interaction: Interaction, version: int, reason: str, by: User) -> Interaction:
    """Take an interaction out of every list; its row stays with who and why, and its message does not come again.

    Raises
    ------
    UnableToWriteDown
        Nobody says why, or it is deleted already.
    EditedMeanwhile
        Somebody has changed it since `version` was read.
    """
    if not reason.strip():
        raise UnableToWriteDown(_("Say why it is deleted: whoever looks for it will ask."))
    account = held(interaction.account)
    before: Interaction = Interaction.objects.select_for_update().get(pk=interaction.pk)
    if before.deleted_at is not None:
        raise UnableToWriteDown(_("It is deleted already."))
    gone = {"deleted_at": timezone.now(), "deleted_by": by, "delete_reason": reason.strip()}
    before.save_over(version, gone)
    told, why = _told(content_of(before)), reason.strip()
    record("interaction.deleted", before, by=by, before=told, reason=why, account=account.pk)
    recount([account.pk])
    return before


def _taken(account: Account, source_key: str) -> Interaction | None:
    found: Interaction | None = Interaction.objects.of(account).filter(source_key=source_key[:300]).first()
    return found


def _checked(written: Written) -> dict[str, Any]:
    subject, notes = " ".join(written.subject.split()), written.notes.strip()
    if not subject:
        raise UnableToWriteDown(_("Say in a few words what it was about."))
    if not EARLIEST <= written.day <= today() + FARTHEST:
        raise UnableToWriteDown(
            _("%(day)s is no day of an interaction: at most three years from now.") % {"day": day_words(written.day)}
        )
    if written.ends_at and (written.starts_at is None or written.ends_at < written.starts_at):
        raise UnableToWriteDown(_("It cannot end before it begins."))
    last = written.last_day if written.last_day and written.last_day > written.day else None
    fields = asdict(written) | {"subject": subject[:LONGEST_SUBJECT], "notes": notes[:LONGEST_NOTES], "last_day": last}
    return {name: fields[name] for name in CONTENT}


def _keep(before: Interaction, content: dict[str, Any]) -> None:
    EarlierInteraction.objects.create(
        interaction=before,
        number=before.version,
        by=before.written_by,
        at=before.written_at,
        until=timezone.now(),
        **content,
    )


def _told(content: dict[str, Any]) -> dict[str, Any]:
    plain = {name: content[name] for name in _ON_THE_TRAIL}
    return plain | {"day": plain["day"].isoformat()}


def taken_keys(account: Account, keys: Sequence[str]) -> set[str]:
    """Tell which messages are interactions of an account already, or were."""
    return set(Interaction.objects.of(account).filter(source_key__in=keys).values_list("source_key", flat=True))
