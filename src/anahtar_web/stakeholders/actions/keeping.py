"""What every change of a person does: the account is held, a version is kept, the trail is told."""

from collections.abc import Mapping
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import survivor
from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import TOLD, Stakeholder, StakeholderVersion
from anahtar_web.stakeholders.models.people import search_key_of


class UnableToWritePerson(Refused):
    """What was written of the person cannot be so; `field` names what it is about."""

    field: str | None = None

    def about(self, field: str) -> Self:
        """Say which field it is about."""
        self.field = field
        return self


def hold(who: Stakeholder) -> Account:
    """Hold the account under which a person is kept now: one map has one writer at a time."""
    return held(survivor(who.account))


def superiors(account: Account) -> dict[int, int | None]:
    """Give everybody of an account with whom they report to."""
    return dict(Stakeholder.objects.of(account).order_by("pk").values_list("pk", "reports_to"))


def check_superior(account: Account, who: Stakeholder | None, superior: Stakeholder | None) -> None:
    """Refuse a superior of another account, and one who stands below.

    Raises
    ------
    UnableToWritePerson
        Nobody may report to them.
    """
    if superior is None:
        return
    above = superiors(account)
    if superior.pk not in above:
        raise UnableToWritePerson(
            _("%(person)s is not at this account. Choose somebody who is.") % {"person": superior}
        ).about("reports_to")
    step: int | None = superior.pk
    while step is not None and who is not None:
        if step == who.pk:
            raise UnableToWritePerson(
                _("%(superior)s stands below %(person)s already. Move %(superior)s first.")
                % {"superior": superior, "person": who}
            ).about("reports_to")
        step = above.get(step)


def save(who: Stakeholder, version: int, changes: Mapping[str, Any], *, by: User, verb: str) -> Stakeholder:
    """Write changes over the version that was read, keep the version, and tell the trail what changed, not how.

    The trail cannot be erased, so it names nobody: what was written stands in the versions, which go with the person.
    """
    fields = dict(changes)
    named = [fields.get(name, getattr(who, name)) for name in ("name", "position", "unit")]
    saved = who.save_over(version, {**fields, "search_key": search_key_of(*named)})
    keep(saved, by=by)
    tell(verb, saved, by=by, changed=sorted(changes))
    return saved


def keep(who: Stakeholder, *, by: User) -> StakeholderVersion:
    """Keep what is written of somebody now."""
    return StakeholderVersion.objects.create(
        stakeholder=who,
        number=who.version,
        by=by,
        recorded_at=timezone.now(),
        **{name: getattr(who, name) for name in TOLD},
    )


def tell(verb: str, who: Stakeholder, *, by: User | None, changed: list[str] | None = None, **more: Any) -> None:
    """Tell the trail of the account."""
    after: dict[str, Any] = {"stakeholder": who.pk, **more}
    if changed:
        after["written"] = changed
    account = survivor(who.account)
    record(verb, account, by=by, after=after, account=account.pk)
