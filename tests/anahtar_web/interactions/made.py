"""Interactions as tests need them."""

from datetime import date, timedelta
from typing import Any

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.interactions.actions import Parts, Written, agree, write_down
from anahtar_web.interactions.models import AccountTouch, Interaction, NextTouch
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def happened(
    account: Account, by: User, days: int = 1, *, kind: str = "call", direction: str = "out", **more: Any
) -> Interaction:
    """A call of ours some days ago."""
    parts = more.pop("parts", Parts(ours=[by]))
    keys = {name: more.pop(name) for name in ("source", "source_key") if name in more}
    told = {"subject": "Yearly prices", **more}
    written = Written(kind=kind, direction=direction, day=ago(days), **told)
    return write_down(account=account, written=written, parts=parts, by=by, **keys)


def agreed(account: Account, by: User, days: int = 7, *, what: str = "Send the offer", **more: Any) -> NextTouch:
    """A step that is due in some days."""
    return agree(account=account, what=what, due_on=ago(-days), owner=more.pop("owner", by), by=by, **more)


def person_of(account: Account, by: User, name: str = "Ayşe Demir", email: str = "") -> Stakeholder:
    made: Stakeholder = Stakeholder.objects.create(account=account, name=name, by=by)
    if email:
        ContactPoint.objects.create(stakeholder=made, kind="email", value=email)
    return made


def touch(account: Account) -> AccountTouch:
    found: AccountTouch = AccountTouch.objects.get(account=account)
    return found
