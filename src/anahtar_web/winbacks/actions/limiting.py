"""Up to which cost a role may grant changes."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.company.queries import company
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money
from anahtar_web.winbacks.models import ApprovalLimit
from anahtar_web.winbacks.queries import limits


class UnableToLimit(Refused):
    """The limits cannot be changed so."""


@transaction.atomic
def change_limits(*, was: Mapping[str, int | None], now: Mapping[str, int | None], reason: str, by: User) -> None:
    """Say up to which cost each role may grant an offer without asking; offers that wait go on waiting.

    Parameters
    ----------
    was
        The limits that were read.
    now
        Role -> ten-thousandths; None: whatever it costs.

    Raises
    ------
    UnableToLimit
        Somebody has changed them since, nothing would change, nobody says why, or it is beyond the own limit.
    """
    if not reason.strip():
        raise UnableToLimit(_("Say why the limits change: it stays on the trail beside the change."))
    list(ApprovalLimit.objects.select_for_update())
    current = limits()
    if any(current[role] != amount for role, amount in was.items()):
        raise UnableToLimit(_("Somebody else has changed the limits meanwhile. Look at them, and try again."))
    changed = {role: amount for role, amount in now.items() if current[role] != amount}
    if not changed:
        raise UnableToLimit(_("These are the limits that hold already. Change one, or leave them."))
    _within_own(current, changed, by)
    for role, amount in changed.items():
        ApprovalLimit.objects.update_or_create(role=role, defaults={"amount": amount})
    before = {f"offer_limit_{role}": current[role] for role in changed}
    after = {f"offer_limit_{role}": amount for role, amount in changed.items()}
    record("company.offer_limits", company(), by=by, before=before, after=after, reason=reason.strip())


def _within_own(current: Mapping[str, int | None], changed: Mapping[str, int | None], by: User) -> None:
    """Refuse what is beyond the own limit: whoever could raise it would need nobody's approval."""
    mine = current[by.role]
    if mine is None:
        return
    touched = [*changed.values(), *(current[role] for role in changed)]
    if any(amount is None or amount > mine for amount in touched):
        raise UnableToLimit(
            _("You may grant up to %(limit)s, and change limits up to that. Ask somebody who may grant more.")
            % {"limit": money(mine)}
        )
