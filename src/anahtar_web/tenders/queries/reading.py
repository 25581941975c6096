"""Recorded contents as a reader may know them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from anahtar_web.gate.rights import Field
from anahtar_web.people.models import User
from anahtar_web.tenders.models import Record
from anahtar_web.tenders.queries.content import DAYS, TEXTS
from anahtar_web.tenders.queries.known import Known, KnownCriterion, KnownLot, KnownParticipant
from anahtar_web.tenders.queries.names import Names


def known(records: Sequence[Record], user: User) -> list[Known]:
    """Put recorded contents into names, for one reader."""
    names, sees = Names.among([record.content for record in records]), user.sees(Field.OFFER)
    return [_known(record, names, sees) for record in records]


def _known(record: Record, names: Names, sees: bool) -> Known:
    told = record.content
    days: dict[str, Any] = {name: date.fromisoformat(told[name]) if told[name] else None for name in DAYS}

    def price(value: int | None) -> int | None:
        return value if sees else None

    return Known(
        pk=record.tender_id,
        account=record.tender.account,
        version=record.number,
        recorded_at=record.at,
        sees_prices=sees,
        owner=names.people.get(told["owner_id"]),
        their_reason=names.reasons.get(told["their_reason_id"]),
        our_reason=names.reasons.get(told["our_reason_id"]),
        estimate=price(told["estimate"]),
        lots=[
            KnownLot(
                **{
                    **lot,
                    "quantity": _decimal(lot["quantity"]),
                    "winner": names.competitors.get(lot["winner"]),
                    "our_price": price(lot["our_price"]),
                    "winner_price": price(lot["winner_price"]),
                }
            )
            for lot in told["lots"]
        ],
        criteria=[KnownCriterion(one["name"], _decimal(one["weight"])) for one in told["criteria"]],
        participants=[
            KnownParticipant(
                **{**one, "competitor": names.competitors.get(one["competitor"]), "price": price(one["price"])}
            )
            for one in told["participants"]
        ],
        papers=[names.papers[pk] for pk in told["papers"] if pk in names.papers],
        **{name: told[name] for name in TEXTS},
        **days,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
