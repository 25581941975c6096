"""How imports hand deliveries over to us (`ledgers.keepers`)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.deliveries.actions.keeping import accounts_by_code, bring_in, take_out
from anahtar_web.deliveries.actions.stating import customers
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.keepers import Keeper
from anahtar_web.ledgers.models import Import, Kind, State
from anahtar_web.ui.templatetags.shown import number

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Draft

_NAMED = 8


def hindrance(draft: "Draft") -> str:
    """Say which import holds the same lines already; empty where none does."""
    same = Import.objects.filter(kind=Kind.DELIVERIES, state=State.IMPORTED, draft__content=draft.content).first()
    if same is None:
        return ""
    return _("Import %(number)s holds exactly these lines. Nothing new is in the file.") % {"number": same.number}


def notes(of: Import) -> list[str]:
    """Tell whose lines find no account: they are kept, and shown as soon as an account has the code."""
    unknown = _unknown(of)
    if not unknown:
        return []
    named = ", ".join(unknown[:_NAMED]) + (" …" if len(unknown) > _NAMED else "")
    text = ngettext(
        "%(n)s customer of the file is no account yet: %(codes)s. Its lines are kept and appear once it is one.",
        "%(n)s customers of the file are no accounts yet: %(codes)s. Their lines are kept and appear once they are.",
        len(unknown),
    )
    return [text % {"n": number(len(unknown)), "codes": named}]


def _unknown(of: Import) -> list[str]:
    if of.state in (State.IMPORTED, State.TAKING_BACK, State.TAKEN_BACK):
        rows = DeliveryLine.objects.filter(of=of, account=None, ended_at=None).order_by("customer")
        return list(rows.values_list("customer", flat=True).distinct())
    folder = storage.staging_of(of.pk, of.draft_version)
    if not folder.is_dir():
        return []
    found = customers(folder)
    return sorted(found - accounts_by_code(found).keys())


KEEPER = Keeper(bring_in=bring_in, take_out=take_out, hindrance=hindrance, notes=notes)
