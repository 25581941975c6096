"""The people of an account as a workbook: what their table shows, and where they are reached.

Preferences and birthdays stay in the house: who needs them for one person finds them on the person's page, and the
export of all that is held of somebody is another one, for who may (`privacy`).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.stakeholders.models import ContactPoint
from anahtar_web.stakeholders.pages.table import Row
from anahtar_web.ui.templatetags.shown import day, moment
from anahtar_web.ui.workbook import content

Addresses = Mapping[int, Mapping[str, Sequence[str]]]


def people_file(account: Account, rows: Sequence[Row], addresses: Addresses, on: date | None, entry: Entry) -> bytes:
    """Write it."""
    what = _("People of %(account)s") % {"account": account}
    if on is not None:
        what += " · " + _("as known on %(day)s") % {"day": day(on)}
    said = {"who": entry.by_name, "when": moment(entry.at), "entry": entry.pk}
    taken = _("Taken out by %(who)s on %(when)s · trail %(entry)s") % said
    table = (_row(row, addresses.get(row.who.pk, {})) for row in rows)
    return content(_("People"), (what, taken), _heads(), table)


def _heads() -> list[tuple[str, int]]:
    return [
        *((_("Name"), 26), (_("Position"), 28), (_("Unit"), 20), (_("Reports to"), 26), (_("Role"), 16)),
        *((_("Further roles"), 24), (_("Influence"), 10), (_("Stance"), 14), (_("How sure"), 14), (_("Since"), 12)),
        *((_("Known to us"), 11), (_("E-mail"), 30), (_("Phone"), 20), (_("Language"), 12), (_("Left on"), 12)),
        *((_("Went to"), 24), (_("Purpose"), 30), (_("Legal ground"), 22)),
    ]


def _row(row: Row, addresses: Mapping[str, Sequence[str]]) -> list[Any]:
    who = row.who
    return [
        *(who.shown, who.position, who.unit, row.superior.shown if row.superior else None, who.get_role_display()),
        *(", ".join(str(role.label) for role in who.roles[1:]), who.influence, who.get_stance_display()),
        *(who.get_stance_grade_display(), who.stance_since, row.known),
        *(", ".join(addresses.get(kind, ())) for kind in (ContactPoint.Kind.EMAIL, ContactPoint.Kind.PHONE)),
        *(who.get_language_display(), who.left_on, who.went_to, who.purpose, who.get_legal_ground_display()),
    ]
