"""The company's logo is put on its letterhead, or taken off."""

from functools import partial
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.company.actions import change_logo
from anahtar_web.files import pictures, scanning, storage
from anahtar_web.files.actions.holding import hold_content
from anahtar_web.files.actions.removing import drop_unneeded
from anahtar_web.files.incoming import IncomingFile
from anahtar_web.files.kinds import UnableToTakeKind, kind_of
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import size

LARGEST: Final = 4 << 20
SIDE: Final = 1200
"""Pixels of its longer side: 60 mm of paper at 500 dots an inch."""
ENDINGS: Final = ".png,.jpg,.jpeg"
_KINDS: Final = ("image/png", "image/jpeg")


class UnableToTakeLogo(Refused):
    """The file is no picture that stands on a letterhead."""


@transaction.atomic
def put_logo(*, file: IncomingFile, was: str, by: User) -> None:
    """Put a picture on the letterhead: drawn anew, as a PNG no larger than paper needs.

    Parameters
    ----------
    was
        Digest of the logo that the page showed; empty for none.

    Raises
    ------
    UnableToTakeLogo, UnableToDraw, UnableToPass
        It is too large, damaged, harmful or no PNG or JPEG; each says what to do.
    UnableToChangeLogo
        Somebody else has put another one there.
    """
    path = file.path
    try:
        path = _drawn(file)
        digest = storage.sha256(path)
        hold_content(digest)
        storage.keep(path, digest)
    finally:
        path.unlink(missing_ok=True)
    change_logo(was=was, now=digest, by=by)
    _forget(was)


@transaction.atomic
def take_logo_off(*, was: str, by: User) -> None:
    """Have the company's name stand on the letterhead again.

    Raises
    ------
    UnableToChangeLogo
        Another logo is there by now.
    """
    change_logo(was=was, now="", by=by)
    _forget(was)


def _drawn(file: IncomingFile) -> Path:
    """Give a small PNG of what may stand on a letterhead."""
    if file.size > LARGEST:
        said = _("A logo may have %(size)s at most. Save it smaller and try again.")
        raise UnableToTakeLogo(said % {"size": size(LARGEST)})
    if _is_drawing(file.path):
        raise UnableToTakeLogo(
            _("An SVG can hold a program, so it is not taken. Save the logo as PNG, 600 pixels wide or more.")
        )
    media_type = _kind(file)
    if media_type not in _KINDS:
        raise UnableToTakeLogo(_("A logo is a PNG or a JPEG. Save it as one of them and try again."))
    scanning.scan(file.path)
    return pictures.drawn_anew(file.path, media_type, side=SIDE)


def _is_drawing(path: Path) -> bool:
    with path.open("rb") as file:
        return b"<svg" in file.read(4096).lower()


def _kind(file: IncomingFile) -> str:
    try:
        return kind_of(file.path, file.name).media_type
    except UnableToTakeKind:
        return ""


def _forget(digest: str) -> None:
    if digest:
        transaction.on_commit(partial(drop_unneeded, digest), robust=True)
