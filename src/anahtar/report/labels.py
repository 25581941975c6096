"""The words of a report for what the analysis writes as codes: states, types, classes, roles, verdicts."""

from collections.abc import Mapping
from typing import Final

from anahtar.analysis import Measure, Span
from anahtar.ledger.problems import Kind, Verdict
from anahtar.ledger.roles import Role
from anahtar.words import Message, say

MEASURES: Final[Mapping[str, Message]] = {
    Measure.REVENUE: say("revenue"),
    Measure.PROFIT: say("profit"),
}

SPANS: Final[Mapping[str, Message]] = {
    Span.MONTH: say("months"),
    Span.QUARTER: say("quarters"),
}

CLASSES: Final = ("A", "B", "C", "N")

REGULARITY: Final[Mapping[str, Message]] = {
    "X": say("X"),
    "Y": say("Y"),
    "Z": say("Z"),
    "one_off": say("one-off"),
    "new": say("new"),
    "undefined": say("undefined"),
}

REGULARITY_MEANING: Final[Mapping[str, Message]] = {
    "X": say("buys evenly"),
    "Y": say("buys with swings"),
    "Z": say("buys irregularly"),
    "one_off": say("bought on one day only"),
    "new": say("too young to be judged"),
    "undefined": say("no positive average to judge by"),
}

STATES: Final[Mapping[str, Message]] = {
    "active": say("active"),
    "new": say("new"),
    "watch": say("watch"),
    "at_risk": say("at risk"),
    "lapsed": say("lapsed"),
    "lost": say("lost"),
    "returned": say("returned"),
    "never": say("never bought"),
}

TYPES: Final[Mapping[str, Message]] = {
    "breadwinner": say("breadwinner"),
    "prospective": say("prospective"),
    "image_maker": say("image maker"),
    "expert": say("expert"),
}

DEMAND: Final[Mapping[str, Message]] = {
    "smooth": say("smooth"),
    "erratic": say("erratic"),
    "intermittent": say("intermittent"),
    "lumpy": say("lumpy"),
}

PLACES: Final[Mapping[str, Message]] = {
    "new": say("new"),
    "none": say("no purchase"),
}
"""Where an account stood when it stood in no class."""

VERDICTS: Final[Mapping[str, Message]] = {
    Verdict.ACCEPTED: say("accepted"),
    Verdict.SET_ASIDE: say("set aside"),
    Verdict.REFUSED: say("refused"),
}


def done_with(kind: str, verdict: str) -> Message:
    """What happened to a row. A total row is no sale: nothing of it is counted, whatever its verdict."""
    return say("left out") if kind == Kind.TOTAL_ROW else label(VERDICTS, verdict)


ROLES: Final[Mapping[str, Message]] = {
    Role.CUSTOMER: say("customer code"),
    Role.CUSTOMER_NAME: say("customer name"),
    Role.GROUP: say("group"),
    Role.DATE: say("date"),
    Role.AMOUNT: say("amount"),
    Role.QUANTITY: say("quantity"),
    Role.UNIT_PRICE: say("unit price"),
    Role.DISCOUNT: say("discount"),
    Role.COST: say("cost"),
    Role.MARGIN: say("margin"),
    Role.PRODUCT: say("product code"),
    Role.PRODUCT_NAME: say("product name"),
    Role.DIRECTION: say("direction"),
    Role.REGION: say("region"),
    Role.SITE: say("site"),
    Role.INVOICE: say("invoice"),
    Role.SALESPERSON: say("salesperson"),
    Role.CURRENCY: say("currency"),
}
"""The roles of sales; those of deliveries are in no report of the analysis."""


def label(labels: Mapping[str, Message], code: str) -> Message:
    """The word for a code; a code without a word (from a newer ledger or criteria file) stands for itself."""
    return labels[code] if code in labels else Message("{code}", values={"code": code.replace("_", " ")})


def kind_label(kind: str) -> Message:
    """The words for a kind of problem, as a table of problems spells it."""
    return Kind(kind).label if kind in set(Kind) else label({}, kind)
