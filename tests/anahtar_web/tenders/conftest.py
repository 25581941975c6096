"""Tenders of Acme and Birch, written by their managers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User
from anahtar_web.tenders import actions
from anahtar_web.tenders.actions.deciding import DecidedLot, Decision
from anahtar_web.tenders.actions.writing import SaidLot, SaidParticipant
from anahtar_web.tenders.models import Reason, Tender

UNITS = 10_000
DECIDED = date(2025, 3, 1)

Start = Callable[..., Tender]


def started(account: Account, by: User, title: str = "Bearings 2025", **fields: Any) -> Tender:
    """A tender as somebody writes it down."""
    told = {"announced_on": date(2025, 1, 1), "deadline": date(2025, 2, 1), "currency": "TRY", "owner": by}
    return actions.start(account=account, by=by, title=title, **(told | fields))


def priced(tender: Tender, by: User, *prices: int) -> Tender:
    """Its lots with our prices in whole liras."""
    names = [""] if len(prices) == 1 else [f"Lot {number}" for number, _price in enumerate(prices, 1)]
    lots = [
        SaidLot(place=int(at == 0), name=name, our_price=price * UNITS)
        for at, (name, price) in enumerate(zip(names, prices, strict=True))
    ]
    return actions.write_lots(tender=tender, version=tender.version, lots=lots, by=by)


def against(tender: Tender, by: User, *rivals: str) -> Tender:
    """Who takes part."""
    said = [SaidParticipant(rival) for rival in rivals]
    return actions.write_participants(tender=tender, version=tender.version, participants=said, by=by)


def reason(code: str = "price") -> Reason:
    return Reason.objects.get(code=code)


def lost(
    tender: Tender, by: User, *, to: str = "Rival", price: int = 0, why: str = "price", on: date = DECIDED
) -> Tender:
    """A tender with one lot that somebody else won."""
    ours = tender.lots.get().our_price
    lot = DecidedLot(1, winner=to, winner_price=price * UNITS or None, our_price=ours, rank=2)
    decision = Decision("lost", on, [lot], our_reason=reason(why), our_words="As we see it")
    return actions.decide(tender=tender, version=tender.version, decision=decision, by=by)


def won(tender: Tender, by: User, *, on: date = DECIDED) -> Tender:
    """A tender whose one lot we won."""
    lot = DecidedLot(1, our_price=tender.lots.get().our_price, rank=1)
    return actions.decide(tender=tender, version=tender.version, decision=Decision("won", on, [lot]), by=by)


@pytest.fixture
def bearings(acme: Account, ana: User) -> Tender:
    return started(acme, ana)


def days_ago(days: int) -> date:
    from anahtar_web.company.queries import today

    return today() - timedelta(days=days)
