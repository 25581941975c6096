"""How the trail writes what happens to documents: by their number, since the trail outlives an erasure."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.files.kinds import known_as
from anahtar_web.ui.templatetags.shown import size


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    # What happens to a document is told of the account, beside what the app below tells of accounts.
    labels = {"file": _("number of the file"), "media_type": _("kind of file"), "size": _("size")}
    LABELS.setdefault("account", {}).update(labels)
    WRITERS.setdefault("account", {}).update({"file": _number, "media_type": _kind, "size": size})


def _number(stored: Any) -> str:
    return _now("no. %(number)s") % {"number": stored}


def _kind(stored: Any) -> str:
    return str(known_as(str(stored)).label)
