"""A document is taken out of the dossier of an account."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.audit.actions import record
from anahtar_web.files import storage
from anahtar_web.files.actions.holding import hold_content
from anahtar_web.files.models import Attachment
from anahtar_web.files.queries import is_needed
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User


class UnableToRemove(Refused):
    """The document stays."""


def may_remove(user: User, attachment: Attachment) -> bool:
    """Whether somebody may remove a document: their own one, or any where they say what dossiers know."""
    return user.may(Right.DEFINE_DOSSIER) or (user.may(Right.WRITE_DOSSIER) and attachment.by_id == user.pk)


@transaction.atomic
def remove(*, attachment: Attachment, reason: str, by: User) -> Attachment:
    """Take a document out. Its row stays, with the reason; its content goes when no other row needs it.

    Backups that were made before hold it until they are thrown away.

    Raises
    ------
    UnableToRemove
        It is somebody else's, there is no reason, or it was removed meanwhile.
    """
    home = held(attachment.account)
    if not may_remove(by, attachment):
        raise UnableToRemove(_("Only who put a file in may remove it, or who says what dossiers know."))
    if not reason.strip():
        raise UnableToRemove(_("Say why the file is removed."))
    rows = Attachment.objects.filter(pk=attachment.pk, removed_at=None)
    if not rows.update(removed_at=timezone.now(), removed_by=by, removal_reason=reason.strip()):
        raise UnableToRemove(_("The file was removed meanwhile."))
    attachment.refresh_from_db()
    record("file.removed", home, by=by, after={"file": attachment.pk}, account=home.pk)
    transaction.on_commit(partial(drop_unneeded, attachment.digest), robust=True)
    return attachment


@transaction.atomic
def drop_unneeded(digest: str) -> bool:
    """Delete a content that no document needs; whether it was deleted."""
    hold_content(digest)
    if is_needed(digest):
        return False
    storage.drop(digest)
    return True
