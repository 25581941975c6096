"""A document is put into the dossier of an account."""

import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.files import pictures, scanning, storage
from anahtar_web.files.actions.holding import hold_content
from anahtar_web.files.incoming import IncomingFile, free_bytes, take_in_stream
from anahtar_web.files.kinds import Kind, kind_of
from anahtar_web.files.models import Attachment
from anahtar_web.files.names import clean_name
from anahtar_web.files.queries import bytes_of, kept_already
from anahtar_web.gate.refusals import Refused
from anahtar_web.ui.templatetags.shown import size


@dataclass(frozen=True, slots=True)
class Checked:
    """A file of our own in the incoming folder that may be kept, and what it is; `attach` uses it up."""

    path: Path
    kind: Kind

    def drop(self) -> None:
        """Delete what nobody has kept."""
        self.path.unlink(missing_ok=True)


Content = Checked | IncomingFile | IO[bytes] | bytes
"""What was checked before, a file of a form, an open file, or bytes."""


class UnableToAttach(Refused):
    """The document does not fit into the dossier."""


class AlreadyAttached(UnableToAttach):
    """The account has a document with the same content.

    Attributes
    ----------
    attachment
        That one.
    """

    def __init__(self, attachment: Attachment) -> None:
        super().__init__(
            _("The same content is here already, as %(name)s. It was not kept twice.") % {"name": attachment.name}
        )
        self.attachment = attachment


@transaction.atomic
def attach(*, account: Account, name: str, content: Content, by: Any, reuse: bool = False) -> Attachment:
    """Keep a document of an account.

    Parameters
    ----------
    name
        As the sender called it; ways, invisible signs and unfitting endings are taken off.
    content
        A file of a form is used up by it.
    by
        None: the mail folder brings it.
    reuse
        Give the document that has the same content, if the account has one, instead of refusing.

    Raises
    ------
    UnableToChangeMerged
        The account goes on under another.
    UnableToTakeKind, UnableToList, UnableToDraw, UnableToPass
        It is nothing that is kept; each says what to do.
    UnableToTakeIn, UnableToAttach
        It is too large, or no more fits.
    AlreadyAttached
        The account has the same content already.
    """
    fresh = held(account)
    checked = content if isinstance(content, Checked) else check(name=name, content=content)
    path, kind = checked.path, checked.kind
    try:
        digest, bytes_ = storage.sha256(path), path.stat().st_size
        hold_content(digest)
        if (same := kept_already(fresh, digest)) is not None:
            if reuse:
                return same
            raise AlreadyAttached(same)
        _refuse_above_quota(fresh, bytes_)
        storage.keep(path, digest)
    finally:
        path.unlink(missing_ok=True)
    made = Attachment.objects.create(
        account=fresh,
        name=clean_name(name, kind),
        digest=digest,
        size=bytes_,
        media_type=kind.media_type,
        by=by,
    )
    # Of the account, by number: a name of a file may be that of a person, and the trail cannot be erased.
    told = {"file": made.pk, "media_type": kind.media_type, "size": bytes_}
    record("file.attached", fresh, by=by, after=told, account=fresh.pk)
    return made


def check(*, name: str, content: IncomingFile | IO[bytes] | bytes) -> Checked:
    """Tell what a file is, have it scanned, and draw it anew if it is a picture; what is refused is deleted.

    It may take half a minute and asks nothing of the database: whoever has a transaction open checks before it.

    Raises
    ------
    UnableToTakeKind, UnableToList, UnableToDraw, UnableToPass
        It is nothing that is kept; each says what to do.
    UnableToTakeIn, UnableToAttach
        It is too large, or the disk is nearly full.
    """
    incoming = _taken(content)
    path = incoming.path
    try:
        kind = kind_of(path, name)
        scanning.scan(path)
        return Checked(pictures.drawn_anew(path, kind.media_type) if kind.is_picture else path, kind)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _taken(content: IncomingFile | IO[bytes] | bytes) -> IncomingFile:
    if isinstance(content, IncomingFile):
        if content.size > settings.ATTACHMENT_BYTES:
            raise UnableToAttach(_("A document may have %(size)s at most.") % {"size": size(settings.ATTACHMENT_BYTES)})
        return content
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    with suppress(AttributeError, OSError):
        source.seek(0)
    return take_in_stream(source, "document", largest=settings.ATTACHMENT_BYTES)


def _refuse_above_quota(account: Account, more: int) -> None:
    if free_bytes() <= more:
        raise UnableToAttach(
            _("There is too little room left on the disk. Nothing was stored; tell whoever looks after this machine.")
        )
    used = bytes_of(account)
    if used + more > settings.ACCOUNT_FILES_BYTES:
        raise UnableToAttach(
            _("The files of this account take %(used)s; more than %(most)s are not kept. Remove some of them first.")
            % {"used": size(used), "most": size(settings.ACCOUNT_FILES_BYTES)}
        )
