"""Mails of the folder become interactions, or wait for a word where nobody knows whose they are; each comes once."""

import io
import shutil
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import company
from anahtar_web.config.mail import Imap
from anahtar_web.files.incoming import UnableToTakeIn, take_in_stream
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.interactions.actions.dropping import written_of
from anahtar_web.interactions.actions.enclosing import Looked, drop_unkept, enclose, look_at, path_of
from anahtar_web.interactions.actions.happening import write_down
from anahtar_web.interactions.actions.refusals import UnableToTakeTwice
from anahtar_web.interactions.actions.taking_part import Stranger
from anahtar_web.interactions.actions.waiting import Opened, keep_dropped, open_dropped
from anahtar_web.interactions.models import FetchedMail, MailFolder, Outcome, Source
from anahtar_web.interactions.queries.matching import Known, known
from anahtar_web.interactions.reading.child import refused_as
from anahtar_web.interactions.reading.folder import Folder, UnableToReadFolder, opened
from anahtar_web.interactions.reading.told import LARGEST_FILE
from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job
from anahtar_web.people.models import User

KIND: Final = "interactions.fetch_mail"
_NOTHING: Final = ""


def look_into(imap: Imap) -> bool:
    """Ask for the job that reads the folder, if there is anything new in it and none is at it; whether it was asked.

    A job of its own for every look would fill the list of jobs with nothing.
    """
    with translation.override(company().language):
        try:
            with opened(imap) as folder:
                new = bool(_new(folder, _state(imap, folder), imap))
        except UnableToReadFolder as refusal:
            _note_fault(imap, str(refusal))
            return False
    # One at a time: two would write the same mail down.
    new = new and not Job.objects.under_way().filter(kind=KIND).exists()
    if new:
        enqueue(KIND, by=None, label=imap.name)
    return new


def fetch(imap: Imap, check: Callable[[], None] = lambda: None) -> dict[str, int]:
    """Take every new message of the folder; begun again after a kill, it goes on where it was.

    Raises
    ------
    UnableToReadFolder
        The server does not let us at the folder.
    """
    became: Counter[str] = Counter()
    try:
        with opened(imap) as folder:
            state = _state(imap, folder)
            for uid in _new(folder, state, imap):
                check()
                if not state.mails.filter(uidvalidity=folder.uidvalidity, uid=uid).exists():
                    became[_fetch_one(folder, uid, state)] += 1
                if imap.move_to:
                    folder.move(uid)
    except UnableToReadFolder as refusal:
        _note_fault(imap, str(refusal))
        raise
    return dict(became)


def _new(folder: Folder, state: MailFolder, imap: Imap) -> list[int]:
    """Where mails are moved away, all that is there is new, or was read and could not be moved."""
    return folder.after(0 if imap.move_to else state.last_uid)


@transaction.atomic
def _state(imap: Imap, folder: Folder) -> MailFolder:
    """Give how far the folder was read; from its beginning where the server counts anew."""
    state, _made = MailFolder.objects.get_or_create(name=imap.name[:300])
    if state.uidvalidity != folder.uidvalidity:
        state.uidvalidity, state.last_uid = folder.uidvalidity, 0
    state.looked_at, state.fault, state.faulty_since = timezone.now(), "", None
    state.save()
    return state


def _note_fault(imap: Imap, fault: str) -> None:
    state, _made = MailFolder.objects.get_or_create(name=imap.name[:300])
    if state.fault != fault:
        state.fault, state.faulty_since = fault, state.faulty_since or timezone.now()
        state.save(update_fields=["fault", "faulty_since"])


def _fetch_one(folder: Folder, uid: int, state: MailFolder) -> str:
    """Read a message while no transaction is open, then say in one transaction what became of it."""
    try:
        content = _opened(folder, uid)
    except UnableToTakeIn:
        # The disk is nearly full: the mail is as good as before, and is read when there is room.
        raise
    except Refused as refusal:
        return _note(state, uid, Outcome.REFUSED, reason=str(refusal))
    if content is None:
        return _note(state, uid, Outcome.REFUSED, reason=_("It was gone before it could be read."))
    outcome = _NOTHING
    try:
        outcome = _become(content, uid, state)
    finally:
        if outcome != Outcome.WAITING:
            shutil.rmtree(path_of(content.folder), ignore_errors=True)
    return outcome


def _opened(folder: Folder, uid: int) -> Opened | None:
    name = _("The mail no. %(number)s") % {"number": uid}
    size = folder.size(uid)
    if size > LARGEST_FILE:
        raise refused_as("too_large", name)
    if not size:
        return None
    incoming = take_in_stream(io.BytesIO(folder.content(uid)), name, largest=LARGEST_FILE)
    try:
        return open_dropped(path=incoming.path, name=name)
    finally:
        incoming.close()


def _become(content: Opened, uid: int, state: MailFolder) -> str:
    told = content.items[0]
    key = str(told["key"])[:300]
    if FetchedMail.objects.filter(folder=state, key=key).exists():
        return _note(state, uid, Outcome.TWICE, key=key)
    addresses = [address for _name, address in told["people"]]
    whose = known(addresses, None, with_houses=True)
    account = whose.surely_for(addresses) if told["kind"] == "mail" and len(content.items) == 1 else None
    if account is None:
        return _wait(content, uid, state, key, whose)
    looked = look_at(content.folder, told)
    try:
        return _write_down(told, account, whose, looked, uid, state)
    except UnableToTakeTwice as twice:
        return _note(state, uid, Outcome.TWICE, key=key, reason=str(twice))
    except Refused as refusal:
        return _wait(content, uid, state, key, whose, reason=str(refusal))
    finally:
        drop_unkept({0: looked})


@transaction.atomic
def _write_down(
    told: dict[str, Any], account: Account, whose: Known, looked: list[Looked], uid: int, state: MailFolder
) -> str:
    strangers = [Stranger(address, name) for name, address in told["people"]]
    made = write_down(
        account=account,
        written=written_of(told, whose),
        parts=whose.parts(strangers, account),
        by=None,
        source=Source.IMAP,
        source_key=told["key"],
    )
    enclose(interaction=made, looked=looked, by=None)
    return _note(state, uid, Outcome.TAKEN, key=str(told["key"])[:300], interaction=made)


@transaction.atomic
def _wait(content: Opened, uid: int, state: MailFolder, key: str, whose: Known, reason: str = "") -> str:
    """Let a mail wait for who of ours took part, else for who defines dossiers."""
    kept = keep_dropped(opened=content, by=_ours(content.items[0], whose), from_folder=True)
    return _note(state, uid, Outcome.WAITING, key=key, reason=reason, dropped=kept)


def _ours(told: dict[str, Any], whose: Known) -> User | None:
    found = (whose.ours.get(address) for _name, address in told["people"])
    return next((one for one in found if one is not None and one.may(Right.WRITE_DOSSIER)), None)


@transaction.atomic
def _note(state: MailFolder, uid: int, outcome: Outcome, **more: Any) -> str:
    FetchedMail.objects.create(folder=state, uidvalidity=state.uidvalidity, uid=uid, outcome=outcome, **more)
    state.last_uid = max(state.last_uid, uid)
    state.save(update_fields=["last_uid"])
    return outcome.value
