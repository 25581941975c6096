"""What a column of an export can mean, by kind of file, and which column means it."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from anahtar.words import Message, say


class Role(StrEnum):
    """What a column says. The values are the names of `--map` and of mapping files; new ones go at the end."""

    CUSTOMER = "customer"
    CUSTOMER_NAME = "customer_name"
    GROUP = "group"
    DATE = "date"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    DISCOUNT = "discount"
    COST = "cost"
    MARGIN = "margin"
    PRODUCT = "product"
    PRODUCT_NAME = "product_name"
    DIRECTION = "direction"
    REGION = "region"
    INVOICE = "invoice"
    SALESPERSON = "salesperson"
    CURRENCY = "currency"
    ORDER = "order"
    ORDER_LINE = "order_line"
    PROMISED = "promised"
    MOVED_TO = "moved_to"
    DELIVERED_ON = "delivered_on"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    SITE = "site"

    @property
    def label(self) -> Message:
        """The role in words."""
        return _LABELS[self]


_LABELS: Final = {
    Role.CUSTOMER: say("customer"),
    Role.CUSTOMER_NAME: say("customer's name"),
    Role.GROUP: say("parent company"),
    Role.DATE: say("date"),
    Role.AMOUNT: say("amount"),
    Role.QUANTITY: say("quantity"),
    Role.UNIT_PRICE: say("unit price"),
    Role.DISCOUNT: say("discount"),
    Role.COST: say("cost"),
    Role.MARGIN: say("margin"),
    Role.PRODUCT: say("product"),
    Role.PRODUCT_NAME: say("product's name"),
    Role.DIRECTION: say("direction"),
    Role.REGION: say("region"),
    Role.INVOICE: say("invoice"),
    Role.SALESPERSON: say("salesperson"),
    Role.CURRENCY: say("currency"),
    Role.ORDER: say("order number"),
    Role.ORDER_LINE: say("line of the order"),
    Role.PROMISED: say("promised day"),
    Role.MOVED_TO: say("promise moved to"),
    Role.DELIVERED_ON: say("day of delivery"),
    Role.ORDERED: say("ordered quantity"),
    Role.DELIVERED: say("delivered quantity"),
    Role.SITE: say("site"),
}

CODES: Final = frozenset(
    {
        Role.CUSTOMER,
        Role.GROUP,
        Role.PRODUCT,
        Role.DIRECTION,
        Role.REGION,
        Role.INVOICE,
        Role.SALESPERSON,
        Role.CURRENCY,
        Role.ORDER,
        Role.ORDER_LINE,
        Role.SITE,
    }
)
"""Roles whose cells are codes: kept as text, leading zeros and all."""

NUMBERS: Final = frozenset(
    {
        *(Role.AMOUNT, Role.QUANTITY, Role.UNIT_PRICE, Role.DISCOUNT, Role.COST, Role.MARGIN),
        *(Role.ORDERED, Role.DELIVERED),
    }
)
"""Roles whose cells are numbers."""


class FileKind(StrEnum):
    """What the rows of a file are: each kind has roles of its own."""

    SALES = "sales"
    DELIVERIES = "deliveries"


_DELIVERIES: Final = (
    *(Role.CUSTOMER, Role.CUSTOMER_NAME, Role.ORDER, Role.ORDER_LINE, Role.PROMISED, Role.MOVED_TO),
    *(Role.DELIVERED_ON, Role.ORDERED, Role.DELIVERED, Role.PRODUCT, Role.PRODUCT_NAME, Role.DIRECTION),
)
_ONLY_DELIVERIES: Final = frozenset(
    {
        *(Role.ORDER, Role.ORDER_LINE, Role.PROMISED, Role.MOVED_TO),
        *(Role.DELIVERED_ON, Role.ORDERED, Role.DELIVERED),
    }
)

ROLES: Final[MappingType[FileKind, tuple[Role, ...]]] = {
    FileKind.SALES: tuple(role for role in Role if role not in _ONLY_DELIVERIES),
    FileKind.DELIVERIES: _DELIVERIES,
}
"""The roles of each kind of file, in the order in which people are shown them."""

REQUIRED: Final[MappingType[FileKind, tuple[Role, ...]]] = {
    FileKind.SALES: (Role.CUSTOMER, Role.DATE, Role.AMOUNT),
    FileKind.DELIVERIES: (
        *(Role.CUSTOMER, Role.ORDER, Role.PROMISED),
        *(Role.DELIVERED_ON, Role.ORDERED, Role.DELIVERED),
    ),
}
"""Without these nothing is read; quantity and unit price together stand for an amount."""

DAYS: Final[MappingType[FileKind, tuple[Role, ...]]] = {
    FileKind.SALES: (Role.DATE,),
    FileKind.DELIVERIES: (Role.PROMISED, Role.MOVED_TO, Role.DELIVERED_ON),
}
"""Roles whose cells are days; the first is the one that every row must have."""

ALL_DAYS: Final = frozenset(role for roles in DAYS.values() for role in roles)
"""Roles whose cells are days, in any kind of file."""

FIGURES: Final[MappingType[FileKind, tuple[Role, ...]]] = {
    FileKind.SALES: (Role.AMOUNT, Role.UNIT_PRICE),
    FileKind.DELIVERIES: (Role.ORDERED,),
}
"""Roles whose signs are never guessed: the first of them that a column plays, the others are read beside it."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column plays which role: role -> the column's header as it stands in the file.

    A column without a header is named by its letter in brackets, `[C]`. Where no `AMOUNT` is mapped, the amount
    of a line is quantity x unit price, less the discount. `because` tells why each column was chosen
    (a sentence per role, for the printed mapping), and is not part of a saved mapping.
    """

    columns: MappingType[Role, str]
    because: MappingType[Role, Message] = field(default_factory=dict, compare=False)
    kind: FileKind = FileKind.SALES
