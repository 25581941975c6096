"""Facts as tests write them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.dossier.actions import Evidence, write_fact
from anahtar_web.dossier.kinds import every
from anahtar_web.dossier.models import Fact
from anahtar_web.dossier.queries import stood_in
from anahtar_web.people.models import User


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def write(
    account: Account,
    by: User,
    code: str,
    value: Any,
    grade: str = "confirmed",
    *,
    on: date | None = None,
    item: int | None = None,
    at: datetime | None = None,
    **more: Any,
) -> Fact:
    """Write a fact down over whatever stands there."""
    kind = every()[code]
    stands = stood_in(account, kind, item) if item is not None or not kind.many else None
    evidence = Evidence(grade=grade, known_on=on, **more)
    seen = stands.fact.pk if stands else None
    return write_fact(
        account=account, kind=kind, value=columns(code, value), evidence=evidence, seen=seen, item=item, by=by, at=at
    )


def columns(code: str, value: Any) -> dict[str, Any]:
    """Give the columns of a value by its kind."""
    form = every()[code].form
    if form == "number":
        return {"number": Decimal(value)}
    if form == "money":
        return {"money": value * 10_000, "currency": "TRY"}
    if form == "event":
        return {"day": value[0], "text": value[1]}
    if form == "yes_no":
        return {"flag": value}
    if form == "date":
        return {"day": value}
    return {"text": value}
