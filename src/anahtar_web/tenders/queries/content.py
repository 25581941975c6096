"""Everything of a tender as plain values, which is what is recorded of it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from anahtar_web.tenders.models import Criterion, Lot, Participant, Tender

DAYS: Final = ("announced_on", "questions_until", "deadline", "expected_on", "decided_on")
TEXTS: Final = (
    *("title", "reference", "direction", "stage", "currency", "notes", "lessons"),
    *("outcome", "their_words", "our_words"),
)
KEYS: Final = ("owner_id", "their_reason_id", "our_reason_id")


def content_of(tender: Tender) -> dict[str, Any]:
    """Give everything of a tender as plain values; four queries."""
    return content_from(
        tender,
        tender.lots.order_by("place", "pk"),
        tender.criteria.order_by("place", "pk"),
        tender.participants.order_by("rank", "pk"),
        tender.papers.order_by("pk").values_list("attachment", flat=True),
    )


def content_from(
    tender: Tender,
    lots: Iterable[Lot],
    criteria: Iterable[Criterion],
    participants: Iterable[Participant],
    papers: Iterable[int],
) -> dict[str, Any]:
    """Give a tender and its parts as plain values."""
    head: dict[str, Any] = {name: getattr(tender, name) for name in (*TEXTS, *KEYS, "estimate")}
    days = {name: value.isoformat() if (value := getattr(tender, name)) else None for name in DAYS}
    return {
        **head,
        **days,
        "lots": [
            {
                "name": lot.name,
                "quantity": _plain(lot.quantity),
                "unit": lot.unit,
                "our_price": lot.our_price,
                "rank": lot.rank,
                "outcome": str(lot.outcome),
                "won_by": str(lot.won_by),
                "winner": lot.winner_id,
                "winner_price": lot.winner_price,
            }
            for lot in lots
        ],
        "criteria": [{"name": one.name, "weight": _plain(one.weight)} for one in criteria],
        "participants": [
            {
                "competitor": one.competitor_id,
                "lots": one.lots,
                "price": one.price,
                "rank": one.rank,
                "remark": one.remark,
            }
            for one in participants
        ],
        "papers": list(papers),
    }


def _plain(number: Decimal | None) -> str | None:
    # Not normalized: 1000 would be "1E+3".
    return None if number is None else f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"
