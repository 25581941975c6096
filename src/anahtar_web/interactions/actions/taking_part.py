"""Who took part in an interaction, on both sides; and who an address turned out to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any, Self

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.audit.actions import record
from anahtar_web.interactions.actions.refusals import UnableToSayWho, UnableToWriteDown
from anahtar_web.interactions.models import Interaction, Participant
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions as stakeholders
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder, key_of

MOST: int = 200
"""So many take part at most."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """An address of whom nobody knows yet."""

    address: str
    name: str = ""

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what was typed: an address, a name, or both."""
        name, address = parseaddr(text) if "@" in text else ("", "")
        return cls(*_fitting(address or text, name))


def _fitting(address: str, name: str) -> tuple[str, str]:
    plain = " ".join(address.split())
    return (plain.lower() if "@" in plain else plain)[:320], " ".join(name.split())[:200]


@dataclass(frozen=True, slots=True)
class Parts:
    """Who took part.

    Parameters
    ----------
    theirs
        People of the account or of its group.
    ours
        People who work here.
    strangers
        Everybody else.
    """

    theirs: Sequence[Stakeholder] = ()
    ours: Sequence[User] = ()
    strangers: Sequence[Stranger] = ()

    def _wanted(self) -> dict[tuple[int | None, int | None, str], str]:
        wanted: dict[tuple[int | None, int | None, str], str] = {}
        wanted |= {(one.pk, None, ""): "" for one in self.theirs}
        wanted |= {(None, one.pk, ""): "" for one in self.ours}
        wanted |= {(None, None, _fitting(one.address, "")[0]): _fitting("", one.name)[1] for one in self.strangers}
        return {key: name for key, name in wanted.items() if key != (None, None, "")}


def check_parts(account: Account, parts: Parts) -> None:
    """Refuse people of another house: whoever reads this account would read of theirs.

    Raises
    ------
    UnableToWriteDown
        Somebody belongs to another group, or they are too many.
    """
    if len(parts.theirs) + len(parts.ours) + len(parts.strangers) > MOST:
        raise UnableToWriteDown(_("More than %(most)s took part? Name those who matter.") % {"most": MOST})
    if strange := {one.account_id for one in parts.theirs} - family(account):
        name = next(one.name for one in parts.theirs if one.account_id in strange)
        raise UnableToWriteDown(_("%(person)s belongs to another account.") % {"person": name})


def family(account: Account) -> set[int]:
    """Give the keys of every account of the group an account stands in, itself and merged ones with it."""
    above = Lineage.objects.filter(account=account).values("ancestor")
    return set(Lineage.objects.filter(ancestor__in=above).values_list("account", flat=True))


def set_parts(interaction: Interaction, parts: Parts) -> bool:
    """Let exactly these take part; who is left out keeps a row that says until when. Whether anything changed."""
    wanted = parts._wanted()
    have = {
        (row.stakeholder_id, row.user_id, row.address): row for row in interaction.participants.filter(removed_at=None)
    }
    gone = [row.pk for key, row in have.items() if key not in wanted]
    Participant.objects.filter(pk__in=gone).update(removed_at=timezone.now())
    new = [_participant(interaction, key, name) for key, name in wanted.items() if key not in have]
    Participant.objects.bulk_create(new)
    return bool(gone or new)


def _participant(interaction: Interaction, key: tuple[int | None, int | None, str], name: str) -> Participant:
    stakeholder, user, address = key
    return Participant(
        interaction=interaction, stakeholder_id=stakeholder, user_id=user, address=address, name=name if address else ""
    )


@transaction.atomic
def say_who(*, participant: Participant, stakeholder: Stakeholder, by: User) -> int:
    """Say that an address is a person's, in every interaction of the account; returns in how many.

    The address becomes the person's own, so that the next mail finds them.

    Raises
    ------
    UnableToSayWho
        It is somebody's already, or the person belongs to another group.
    """
    account = held(participant.interaction.account)
    fresh = Participant.objects.select_for_update().get(pk=participant.pk)
    if not fresh.address or fresh.removed_at is not None:
        raise UnableToSayWho(_("Somebody has said meanwhile who this is."))
    if stakeholder.account_id not in family(account):
        raise UnableToSayWho(_("%(person)s belongs to another account.") % {"person": stakeholder.name})
    rows = Participant.objects.filter(interaction__account=account, address=fresh.address, removed_at=None)
    known = {row.interaction_id for row in Participant.objects.filter(stakeholder=stakeholder, removed_at=None)}
    doubled = rows.filter(interaction__in=known)
    doubled.update(removed_at=timezone.now())
    changed: int = rows.exclude(interaction__in=known).update(stakeholder=stakeholder, address="", name="")
    if "@" in fresh.address:
        add_address(stakeholder, fresh.address, by=by)
    record("interaction.person_named", participant.interaction, by=by, after=_named(changed), account=account.pk)
    return changed


def _named(changed: int) -> dict[str, Any]:
    return {"interactions": changed}


def add_address(stakeholder: Stakeholder, address: str, *, by: User) -> None:
    """Give somebody an e-mail address, if they do not have it."""
    kind = ContactPoint.Kind.EMAIL
    have = ContactPoint.objects.filter(stakeholder=stakeholder, kind=kind, key=key_of(kind, address), ended_at=None)
    if not have.exists():
        stakeholders.add_address(who=stakeholder, kind=kind, value=address, by=by)
