"""How much one person may upload for imports."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anahtar_web.files.incoming import Allowance, allow
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.queries import bytes_under_way, quota_left
from anahtar_web.ui.templatetags.shown import size


def allow_imports() -> None:
    """Register the limits; called when the program starts."""
    allow(Right.IMPORT, Allowance(lambda: settings.UPLOAD_BYTES, _above_quota))


def _above_quota(user: Any, length: int) -> str:
    if length <= quota_left(user):
        return ""
    return _(
        "You have %(size)s of files waiting to be imported; no more fits beside them. Finish or cancel those "
        "imports first."
    ) % {"size": size(bytes_under_way(user))}
