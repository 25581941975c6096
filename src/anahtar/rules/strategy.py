"""Strategy: how we behave towards the accounts of one cell of the ABC-XYZ matrix.

Each text answers three questions a manager has on a Monday: what do we do, how often, what do we never do. It is a
beginning for the account's own strategy, not a replacement: type, lapse and people overrule it.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from anahtar.words import Message, say

CellName: TypeAlias = Literal["AX", "AY", "AZ", "BX", "BY", "BZ", "CX", "CY", "CZ"]

CELLS: Final[tuple[CellName, ...]] = ("AX", "AY", "AZ", "BX", "BY", "BZ", "CX", "CY", "CZ")
"""By value, then by regularity."""

_STRATEGIES: Final[Mapping[CellName, Message]] = {
    "AX": say(
        "Protect. One manager with a deputy, annual agreement, stock held for them; a visit every month and a review "
        "with their decision makers every quarter. Never a late delivery without our call first, never a price change "
        "they learn from an invoice."
    ),
    "AY": say(
        "Keep and even out. Learn what moves their orders (season, projects, budgets) and plan the year together; "
        "a contact every two weeks, a visit every month before their season. Never take a weak month as normal "
        "without asking."
    ),
    "AZ": say(
        "Understand before the next order. Find out what makes them buy: projects, tenders, a second supplier; "
        "a contact every two weeks, an offer in the hands of the decision maker before the need. Never build stock on "
        "hope, never give a discount for a promise of volume."
    ),
    "BX": say(
        "Grow. Reliable and larger than it looks: offer the product lines they buy elsewhere; a visit every quarter "
        "with one concrete proposal, orders by standing agreement. Never treat them as settled because they do not "
        "complain."
    ),
    "BY": say(
        "Develop with care. A call every month, a visit every quarter; one proposal a season for the next direction. "
        "Watch the trend: this cell feeds the key accounts. Never spend on them the hours that class A is due."
    ),
    "BZ": say(
        "Find the reason. A call every quarter and after every large order: what was it for, what comes next? "
        "Offers tied to their projects. Never plan with their turnover, never drop them after one silence."
    ),
    "CX": say(
        "Serve without effort. Standing orders, web shop or inside sales, a call every half year: small, regular and "
        "inexpensive to serve. Never let a good payer wait because the orders are small."
    ),
    "CY": say(
        "Keep simple. Inside sales, price list, minimum order; one look a year for those that grow. Never a visit "
        "without a reason, never special terms by habit."
    ),
    "CZ": say(
        "Let them come. Self-service and prepayment, news with the season; ask the new ones once what they need. Never "
        "special stock, never credit without a check: the next key account may be here, but it shows itself by "
        "buying."
    ),
}


def strategy(cell: CellName) -> Message:
    """Say how we behave towards the accounts of a cell: what we do, how often, what we never do."""
    return _STRATEGIES[cell]
