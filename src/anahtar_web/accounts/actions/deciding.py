"""Whether an account is key: a person decides, with a reason, and what was decided before stays readable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar.rules.account_type import AccountType
from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day

_FARTHEST: Final = timedelta(days=3 * 366)


class UnableToDecide(Refused):
    """The decision is none, or contradicts itself, or rests on one that holds no more."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided.

    Parameters
    ----------
    types
        What the account is to the company; none for an account that is not key.
    tier
        `1`, `2` or `3` for a key account, or empty.
    review_on
        When it is to be looked at again; None: nobody said.
    """

    status: KeyStatus
    reason: str
    types: Sequence[AccountType] = ()
    tier: str = ""
    review_on: date | None = None

    @property
    def written_types(self) -> str:
        """The types as rows carry them, in the order of the field."""
        chosen = [one.value for one in AccountType if one in self.types]
        return f" {' '.join(chosen)} " if chosen else ""


@transaction.atomic
def decide_key(
    *, account: Account, verdict: Verdict, by: User, seen: int | None = None, computed: Mapping[str, Any] | None = None
) -> KeyDecision:
    """Decide whether an account is key; the decision before it stays as history.

    Parameters
    ----------
    seen
        The decision that held when the person looked; None: none did.
    computed
        What the ledger says now, kept beside the decision.

    Raises
    ------
    UnableToDecide
        There is no reason, the parts contradict each other, nothing would change, or somebody decided meanwhile.
    """
    _check(verdict)
    fresh = held(account)
    before = KeyDecision.objects.select_related("by").filter(account=fresh, current=True).first()
    if (before.pk if before else None) != seen:
        raise UnableToDecide(_decided_meanwhile(before, fresh))
    if before is not None and _told(before) == _told_of(verdict):
        raise UnableToDecide(_("That is what holds already. Change something, or leave it."))
    if before is not None:
        KeyDecision.objects.filter(pk=before.pk).update(current=False)
    decision = KeyDecision.objects.create(
        account=fresh,
        status=verdict.status,
        types=verdict.written_types,
        tier=verdict.tier,
        reason=verdict.reason.strip(),
        review_on=verdict.review_on,
        by=by,
        computed=dict(computed or {}),
    )
    was, now = _told(before) if before else {}, _told(decision)
    record(
        "account.key_decided",
        fresh,
        by=by,
        before={name: value for name, value in was.items() if (value or None) != (now[name] or None)},
        after={name: value for name, value in now.items() if (value or None) != (was.get(name) or None)},
        reason=decision.reason,
        account=fresh.pk,
    )
    return decision


def _check(verdict: Verdict) -> None:
    if not verdict.reason.strip():
        raise UnableToDecide(_("Say why. Whoever reads the decision in a year was not there."))
    if verdict.tier and verdict.status != KeyStatus.KEY:
        raise UnableToDecide(_("Only a key account has a tier."))
    if verdict.types and verdict.status == KeyStatus.NOT_KEY:
        raise UnableToDecide(_("An account that is not key has no type. Take the types out, or watch it."))
    if verdict.review_on is not None and not today() < verdict.review_on <= today() + _FARTHEST:
        raise UnableToDecide(
            _("%(day)s is no day to look at it again: choose one after today, within three years.")
            % {"day": day(verdict.review_on)}
        )


def _decided_meanwhile(before: KeyDecision | None, account: Account) -> str:
    if before is None:
        return _("The decision on %(account)s is gone. Look at it again.") % {"account": account}
    return _("%(person)s has decided meanwhile: “%(decision)s”, because: %(reason)s. Look at it, and decide again.") % {
        "person": before.by,
        "decision": before.get_status_display(),
        "reason": before.reason,
    }


def _told(decision: KeyDecision) -> dict[str, str | None]:
    return _written(decision.status, decision.type_list, decision.tier, decision.review_on)


def _told_of(verdict: Verdict) -> dict[str, str | None]:
    return _written(verdict.status, verdict.written_types.split(), verdict.tier, verdict.review_on)


def _written(status: str, types: Sequence[str], tier: str, review_on: date | None) -> dict[str, str | None]:
    return {
        "key_status": str(status),
        "types": " ".join(types),
        "tier": tier,
        "review_on": review_on.isoformat() if review_on else None,
    }
