"""The facts of an account as a workbook: one row each, what it says and how we know it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.dossier.models import Grade
from anahtar_web.dossier.queries import Known
from anahtar_web.ui.templatetags.shown import day, moment, say
from anahtar_web.ui.workbook import content


def facts_file(account: Account, known: Sequence[Known], on: date | None, entry: Entry) -> bytes:
    """Write it."""
    what = _("Facts of %(account)s") % {"account": account}
    if on is not None:
        what += " · " + _("as known on %(day)s") % {"day": day(on)}
    return content(_("Facts"), (what, taken_out(entry)), _heads(), (_row(one) for one in known))


def taken_out(entry: Entry) -> str:
    """Say who took a list out and when: the line that goes with every copy of the file."""
    return _("Taken out by %(who)s on %(when)s · trail %(entry)s") % {
        "who": entry.by_name,
        "when": moment(entry.at),
        "entry": entry.pk,
    }


def _heads() -> list[tuple[str, int]]:
    return [
        *((_("Area"), 22), (_("Kind"), 30), (_("What is known"), 60), (_("How we know it"), 14), (_("Known on"), 12)),
        *((_("How long it holds"), 40), (_("Source"), 30), (_("Link"), 30), (_("Said by"), 22)),
        *((_("Told by a colleague"), 22), (_("Document"), 30), (_("Written by"), 22), (_("Written down"), 17)),
    ]


def _row(one: Known) -> list[Any]:
    fact = one.fact
    return [
        *(one.kind.area.label, one.kind.name, one.value, Grade(fact.grade).label, fact.known_on),
        *(say(one.sentence), fact.source, fact.link, fact.said_by, fact.colleague, fact.document),
        *(fact.by, fact.recorded_at),
    ]
