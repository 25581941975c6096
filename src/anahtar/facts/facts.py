"""The facts of a ledger as of a day: where they stand and whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import ibis
import pyarrow as pa

from anahtar.engine import Engine
from anahtar.facts.keys import is_identity
from anahtar.facts.months import sums


@dataclass(frozen=True, slots=True)
class Facts:
    """Paths of the monthly files and the dictionaries of their keys.

    Parameters
    ----------
    engine
        Where the facts are read.
    account_months, account_days, direction_months
        The files, oldest month first.
    months
        Month numbers (year * 12 + month - 1) with at least one line, ascending.
    accounts
        account_id, code, name, group_code; account_id is the order of the codes, so ties by id are ties by code.
    account_order
        key (as in the files) and id (account_id as the metrics see it; two keys may share one: a group).
    directions
        direction_id, code, name.
    direction_order
        key and id, as for accounts.
    """

    engine: Engine
    account_months: Sequence[Path]
    account_days: Sequence[Path]
    direction_months: Sequence[Path]
    months: Sequence[int]
    accounts: pa.Table
    account_order: pa.Table
    directions: pa.Table
    direction_order: pa.Table

    def account_month(self) -> ibis.Table:
        """One row per account and month with a line (see `anahtar.facts.months.account_month`)."""
        table = self._with_accounts(self.engine.files(self.account_months, "account_month_files"))
        if not self._merged:
            return table
        # An order belongs to one member, a purchase day may be shared by several: days are counted again.
        shared = self.account_day()
        days = shared.group_by(
            account_id=shared.account_id, month=(shared.sold_on.year() * 12 + shared.sold_on.month() - 1).cast("int32")
        ).agg(purchase_days=shared.count())
        columns = [name for name in table.columns if name not in ("account_id", "month", "purchase_days")]
        summed = table.group_by("account_id", "month").agg(**sums(table, *columns))
        joined = summed.left_join(days, ["account_id", "month"])
        return joined.select(*summed.columns, purchase_days=ibis.coalesce(joined.purchase_days, 0))

    def account_day(self) -> ibis.Table:
        """One row per account and day with an order: account_id, sold_on, orders, amount."""
        table = self._with_accounts(self.engine.files(self.account_days, "account_day_files"))
        if not self._merged:
            return table
        return table.group_by("account_id", "sold_on").agg(**sums(table, "orders", "amount"))

    def direction_month(self) -> ibis.Table | None:
        """One row per account, direction and month with a line; None where the ledger names no directions."""
        if not self.direction_months:
            return None
        table = self._with_accounts(self.engine.files(self.direction_months, "direction_month_files"))
        if is_identity(self.direction_order, "key", "id"):
            return table
        order = self.engine.arrow(self.direction_order, "direction_order")
        joined = table.left_join(order, table.direction_id == order.key)
        return joined.select(*(name for name in table.columns if name != "direction_id"), direction_id=joined.id)

    def grouped(self, groups: Mapping[str, str]) -> Self:
        """The same facts with groups that people named instead of the ledger's; "" takes an account out of its group.

        Codes that the ledger does not hold say nothing.
        """
        said = [
            (groups[code] or None) if code in groups else group
            for code, group in zip(
                self.accounts["code"].to_pylist(), self.accounts["group_code"].to_pylist(), strict=True
            )
        ]
        at = self.accounts.column_names.index("group_code")
        return replace(self, accounts=self.accounts.set_column(at, "group_code", pa.array(said, pa.string())))

    def by_group(self) -> Self:
        """The same facts with the accounts of one group as one account, under the group's code."""
        codes = [
            group if group is not None else code
            for code, group in zip(
                self.accounts["code"].to_pylist(), self.accounts["group_code"].to_pylist(), strict=True
            )
        ]
        return self._merged_as(codes)

    def continued(self, goes_on: Mapping[str, str]) -> Self:
        """The same facts with an account and the one under whose code it goes on as one account, under that code.

        For a look at the ledger only: an invoice of both stays two orders. What people decided for good is built that
        way (`build_facts(merged=…)`). Codes that are no account say nothing; groups are none any more.

        Parameters
        ----------
        goes_on
            Code -> the code that is left in the end (`anahtar.facts.merging.survivors`).
        """
        codes = self.accounts["code"].to_pylist()
        known = set(codes)
        told = [goes_on[code] if goes_on.get(code) in known else code for code in codes]
        return self if told == codes else self._merged_as(told)

    def _merged_as(self, codes: Sequence[str]) -> Self:
        names = dict(zip(self.accounts["code"].to_pylist(), self.accounts["name"].to_pylist(), strict=True))
        groups = sorted(set(codes))
        place = {code: at for at, code in enumerate(groups)}
        accounts = pa.table(
            {
                "account_id": pa.array(range(len(groups)), pa.int32()),
                "code": pa.array(groups, pa.string()),
                "name": pa.array([names.get(code) or code for code in groups], pa.string()),
                "group_code": pa.array([None] * len(groups), pa.string()),
            }
        )
        ids = [place[codes[account]] for account in self.account_order["id"].to_pylist()]
        order = pa.table({"key": self.account_order["key"], "id": pa.array(ids, pa.int32())})
        return replace(self, accounts=accounts, account_order=order)

    @property
    def _merged(self) -> bool:
        return bool(self.account_order.num_rows > self.accounts.num_rows)

    def _with_accounts(self, table: ibis.Table) -> ibis.Table:
        if is_identity(self.account_order, "key", "id"):
            return table
        order = self.engine.arrow(self.account_order, "account_order")
        joined = table.join(order, table.account_id == order.key)
        return joined.select(*(name for name in table.columns if name != "account_id"), account_id=joined.id)
