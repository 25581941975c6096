"""What a column of a sales export can mean, and which column means it."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from anahtar.words import Message, say


class Role(StrEnum):
    """What a column of a ledger says. The values are the names of `--map` and of mapping files."""

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
    }
)
"""Roles whose cells are codes: kept as text, leading zeros and all."""

NUMBERS: Final = frozenset({Role.AMOUNT, Role.QUANTITY, Role.UNIT_PRICE, Role.DISCOUNT, Role.COST, Role.MARGIN})
"""Roles whose cells are numbers."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column plays which role: role -> the column's header as it stands in the file.

    A column without a header is named by its letter in brackets, `[C]`. Where no `AMOUNT` is mapped, the amount
    of a line is quantity x unit price, less the discount. `because` tells why each column was chosen
    (a sentence per role, for the printed mapping), and is not part of a saved mapping.
    """

    columns: MappingType[Role, str]
    because: MappingType[Role, Message] = field(default_factory=dict, compare=False)
