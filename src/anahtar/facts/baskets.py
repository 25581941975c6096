"""What accounts buy, product by product, over the whole ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.facts.keys import dictionary
from anahtar.facts.line_files import BatchFiles
from anahtar.ledger.manifest import Manifest

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Baskets:
    """How often accounts bought which products, account by account.

    Parameters
    ----------
    codes
        The accounts, in the order asked for.
    starts
        Where each account's rows begin in the arrays below; one entry more than accounts.
    products, lines
        Product (from 0, of all batches together) and how many lines of positive amount sold it.
    product_count
        How many different products there are.
    """

    codes: Sequence[str]
    starts: Numbers
    products: Numbers
    lines: Numbers
    product_count: int


def baskets(
    batches: Sequence[tuple[Path, Manifest]],
    codes: Sequence[str],
    *,
    up_to: date,
    goes_on: Mapping[str, str] | None = None,
) -> Baskets:
    """Count what some accounts bought.

    Every line of the ledger is passed once, three columns of it.

    Parameters
    ----------
    batches
        As for `analyze`.
    codes
        The accounts.
    up_to
        Lines after this day do not exist.
    goes_on
        Code -> the code under which it counts (`anahtar.facts.merging.survivors`).
    """
    place = {code: at for at, code in enumerate(codes)}
    known: dict[str, int] = {}
    months: list[tuple[Numbers, Numbers]] = []
    for at, (folder, manifest) in enumerate(batches):
        batch = BatchFiles(at, folder, manifest)
        owners = _places(dictionary(folder, "accounts"), place, goes_on or {})
        products = _numbered(dictionary(folder, "products"), known)
        for month in batch.months():
            found = _bought(batch, month, owners, products, up_to)
            months.append(np.unique(found, return_counts=True))
    pairs, counts = _together(months)
    owners_of, products_of = pairs >> _PRODUCT_BITS, pairs & ((1 << _PRODUCT_BITS) - 1)
    return Baskets(codes, np.searchsorted(owners_of, np.arange(len(codes) + 1)), products_of, counts, len(known))


_PRODUCT_BITS = 32
"""An account and a product are one number: place of the account, then the product."""


def _places(accounts: pa.Table, place: Mapping[str, int], goes_on: Mapping[str, str]) -> Numbers:
    """For each of the batch's account ids the place of the account asked for; -1 for the others."""
    wanted = [place.get(goes_on.get(code, code), -1) for code in accounts["code"].to_pylist()]
    return _by_id(accounts, wanted)


def _numbered(products: pa.Table, known: dict[str, int]) -> Numbers:
    return _by_id(products, [known.setdefault(code, len(known)) for code in products["code"].to_pylist()])


def _by_id(table: pa.Table, values: Sequence[int]) -> Numbers:
    ids = table["id"].to_numpy()
    found = np.full(int(ids.max(initial=-1)) + 2, -1, np.int64)
    found[ids] = values
    return found


def _bought(batch: BatchFiles, month: str, owners: Numbers, products: Numbers, up_to: date) -> Numbers:
    """One number for each line of positive amount that an account asked for bought."""
    lines = batch.columns(month, ["account_id", "product_id", "amount", "sold_on"])
    # An id of -1, a line without product, finds the -1 at the end.
    owner = owners[lines["account_id"].to_numpy()]
    product = products[pc.fill_null(lines["product_id"], -1).to_numpy()]
    bought = (owner >= 0) & (product >= 0) & (lines["amount"].to_numpy() > 0)
    bought &= pc.less_equal(lines["sold_on"], up_to).to_numpy(zero_copy_only=False)
    pairs: Numbers = (owner[bought] << _PRODUCT_BITS) | product[bought]
    return pairs


def _together(months: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    """The counts of all months by pair, in the order of pairs."""
    every = np.concatenate([np.empty(0, np.int64), *(pairs for pairs, _ in months)])
    counts = np.concatenate([np.empty(0, np.int64), *(counts for _, counts in months)])
    pairs, where = np.unique(every, return_inverse=True)
    return pairs, np.bincount(where, counts, len(pairs)).astype(np.int64)
