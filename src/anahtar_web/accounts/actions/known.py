"""The accounts there are, as plain rows: what following the ledger compares with."""

from collections.abc import Mapping
from typing import NamedTuple

from anahtar_web.accounts.models import Account


class Known(NamedTuple):
    """One account; the order is that of the columns read."""

    pk: int
    version: int
    code: str
    name: str
    ledger_name: str
    ledger_group: str
    in_ledger: bool
    parent: int | None
    parent_said_by_person: bool
    payer: int | None
    merged_into: int | None
    origin: str
    created_by_batch: str


def known() -> Mapping[str, Known]:
    """Read every account, by code."""
    rows = Account.objects.order_by("pk").values_list(*Known._fields)
    return {account.code: account for account in map(Known._make, rows.iterator(chunk_size=5000))}
