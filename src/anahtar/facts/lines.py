"""The way down: the lines of the ledger that a figure of an account was made from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.facts.line_files import FOUND, BatchFiles, Wanted
from anahtar.ledger.intake.batch import exact_sum
from anahtar.ledger.manifest import Manifest

NO_DIRECTION: Final = ""
"""Asks for the lines that name no direction."""

NO_PRODUCT: Final = ""
"""Asks for the lines that name no product."""

NO_REGION: Final = ""
"""Asks for the lines that name no region."""

NO_SITE: Final = ""
"""Asks for the lines that name no site."""

LINE: Final = pa.schema(
    [
        pa.field("batch", pa.string(), nullable=False),
        pa.field("file", pa.string(), nullable=False),
        pa.field("sheet", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),  # where a person finds the line in the file
        pa.field("sold_on", pa.date32(), nullable=False),
        pa.field("account", pa.string(), nullable=False),  # the code as the line has it, whatever it was merged into
        pa.field("invoice", pa.string()),
        pa.field("product", pa.string()),
        pa.field("product_name", pa.string()),
        pa.field("direction", pa.string()),
        pa.field("region", pa.string()),
        pa.field("site", pa.string()),
        pa.field("salesperson", pa.string()),
        pa.field("quantity", pa.int64()),  # ten-thousandths of a piece
        pa.field("amount", pa.int64(), nullable=False),  # ten-thousandths, in the ledger's currency
        pa.field("cost", pa.int64()),
        pa.field("currency", pa.string()),  # the line's own; null: the ledger's
        pa.field("own_amount", pa.int64()),  # in the line's own currency; null: equal to amount
    ]
)
"""One line of the ledger, as a person reads it."""

_KEYS: Final = (
    ("invoice_id", "invoices", {"invoice": "code"}),
    ("product_id", "products", {"product": "code", "product_name": "name"}),
    ("direction_id", "directions", {"direction": "code"}),
    ("region_id", "regions", {"region": "code"}),
    ("site_id", "sites", {"site": "code"}),
    ("salesperson_id", "salespeople", {"salesperson": "code"}),
    ("currency_id", "currencies", {"currency": "code"}),
)
"""A column of keys, its dictionary, and which of the dictionary's texts become which columns of `LINE`."""

_READ_LAST: Final = ["account_id", "quantity", "own_amount", *(key for key, _, _ in _KEYS)]


class Order(StrEnum):
    """Which lines come first; equal ones as they were imported: by batch, file and row."""

    LATEST = "latest"
    EARLIEST = "earliest"
    LARGEST = "largest"
    SMALLEST = "smallest"


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Some of the lines asked for, and what all of them come to.

    Parameters
    ----------
    table
        The page (`LINE`).
    total
        How many lines there are on all pages.
    amount
        What they come to, in money units.
    cost
        What those of known cost cost; None where no line has a cost.
    without_cost
        How many lines have none.
    """

    table: pa.Table
    total: int
    amount: int
    cost: int | None
    without_cost: int


def account_lines(
    batches: Sequence[tuple[Path, Manifest]],
    codes: Collection[str],
    *,
    first: date,
    last: date,
    direction: str | None = None,
    product: str | None = None,
    region: str | None = None,
    site: str | None = None,
    order: Order = Order.LATEST,
    limit: int | None = 50,
    offset: int = 0,
) -> LinesPage:
    """List the lines of an account, page by page.

    Only the month files of the interval are read: accounts first, then what is summed and ordered, and the rest for
    the lines of the page.

    Parameters
    ----------
    batches
        Folder and manifest of every batch that counts, in the order of the imports (as for `analyze`).
    codes
        The account's code, and the codes merged into it.
    first, last
        Days, both inside.
    direction
        Its code, `NO_DIRECTION` for the lines that name none, None for all lines.
    product, region, site
        The same of the product, the region and the site.
    order, limit, offset
        Which lines the page has; `limit` None: all from `offset` on.

    Raises
    ------
    DamagedBatch
        A file of a batch is missing or cannot be read.
    """
    sources = [*_sources(batches, first, last)]
    wanted = _wanted(sources, codes, _Asked(direction, product, region, site, first, last))
    found = pa.concat_tables([FOUND.empty_table(), *_found(sources, wanted)]).combine_chunks()
    places = _in_order(found, sources, order)
    page = found.take(pa.array(places[offset : None if limit is None else offset + limit]))
    without_cost = found["cost"].null_count
    return LinesPage(
        table=_told(page, sources, wanted),
        total=found.num_rows,
        amount=_sum(found["amount"]),
        cost=_sum(found["cost"]) if without_cost < found.num_rows else None,
        without_cost=without_cost,
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """One month of one batch."""

    batch: BatchFiles
    month: str


def _sources(batches: Sequence[tuple[Path, Manifest]], first: date, last: date) -> Iterator[_Source]:
    months = [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(_month(first), _month(last) + 1)]
    for place, (folder, manifest) in enumerate(batches):
        batch = BatchFiles(place, folder, manifest)
        yield from (_Source(batch, month) for month in months if batch.has(month))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for beside the accounts."""

    direction: str | None
    product: str | None
    region: str | None
    site: str | None
    first: date
    last: date

    def ids(self, batch: BatchFiles) -> list[list[int] | None] | None:
        """The batch's ids of what is asked for (`_KINDS`); None where it knows one of them not at all."""
        codes = (self.direction, self.product, self.region, self.site)
        found = [_ids(batch, kind, code) for kind, code in zip(_KINDS, codes, strict=True)]
        return found if all(ids or not code for ids, code in zip(found, codes, strict=True)) else None


_KINDS: Final = ("directions", "products", "regions", "sites")


def _wanted(sources: Sequence[_Source], codes: Collection[str], asked: _Asked) -> Mapping[int, Wanted]:
    """What to look for in which batch; batches that know none of the accounts, or not the rest, are left out."""
    found = {}
    for place, batch in {source.batch.place: source.batch for source in sources}.items():
        accounts = batch.ids("accounts", codes)
        keys = asked.ids(batch)
        if accounts and keys is not None:
            directions, products, regions, sites = keys
            found[place] = Wanted(accounts, directions, products, asked.first, asked.last, regions, sites)
    return found


def _ids(batch: BatchFiles, dictionary: str, code: str | None) -> list[int] | None:
    """The batch's ids of a code that is asked for: none of them for "", None where nothing is asked."""
    return None if code is None else [*batch.ids(dictionary, [code])] if code else []


def _found(sources: Sequence[_Source], wanted: Mapping[int, Wanted]) -> Iterator[pa.Table]:
    for at, source in enumerate(sources):
        if source.batch.place in wanted:
            yield from source.batch.find(source.month, wanted[source.batch.place], source=at)


def _in_order(found: pa.Table, sources: Sequence[_Source], order: Order) -> npt.NDArray[np.intp]:
    batches = np.array([source.batch.place for source in sources], np.int64)
    source, file, row = (found[name].to_numpy() for name in ("source", "file_id", "row"))
    as_imported = (row, file, batches[source])
    days = found["sold_on"].cast(pa.int32()).to_numpy()
    amounts = found["amount"].to_numpy()
    match order:
        case Order.LATEST:
            return np.lexsort((*as_imported, -days))
        case Order.EARLIEST:
            return np.lexsort((*as_imported, days))
        case Order.LARGEST:
            return np.lexsort((*as_imported, -days, -amounts))
        case Order.SMALLEST:
            return np.lexsort((*as_imported, -days, amounts))


def _sum(column: pa.ChunkedArray) -> int:
    return exact_sum(column.combine_chunks())


def _told(page: pa.Table, sources: Sequence[_Source], wanted: Mapping[int, Wanted]) -> pa.Table:
    """The page as people read it: keys row group by row group, texts batch by batch, both once."""
    placed = page.append_column("place", pa.array(np.arange(page.num_rows)))
    keyed: dict[int, list[pa.Table]] = {}
    for at, group in sorted(set(zip(page["source"].to_pylist(), page["group"].to_pylist(), strict=True))):
        here = placed.filter(pc.and_(pc.equal(page["source"], at), pc.equal(page["group"], group)))
        keys = sources[at].batch.read(sources[at].month, group, here["at"].combine_chunks(), _READ_LAST)
        for name in keys.column_names:
            here = here.append_column(name, keys[name])
        keyed.setdefault(sources[at].batch.place, []).append(here)
    batches = {source.batch.place: source.batch for source in sources}
    told = [_texts(pa.concat_tables(parts), batches[place], wanted[place]) for place, parts in keyed.items()]
    return pa.concat_tables([_PLACED.empty_table(), *told]).sort_by("place").drop_columns("place").combine_chunks()


_PLACED: Final = LINE.append(pa.field("place", pa.int64()))


def _texts(keyed: pa.Table, batch: BatchFiles, wanted: Wanted) -> pa.Table:
    """Lines of one batch with texts in place of keys."""
    files = [batch.manifest.files[at] for at in keyed["file_id"].to_pylist()]
    columns = {name: keyed[name] for name in keyed.column_names}
    for key, dictionary, texts in _KEYS:
        said = batch.texts(dictionary, keyed[key], [*texts.values()])
        columns |= {name: said[text] for name, text in texts.items()}
    columns["batch"] = pa.array([batch.manifest.batch] * keyed.num_rows, pa.string())
    columns["file"] = pa.array([file.name for file in files], pa.string())
    columns["sheet"] = pa.array([file.sheet for file in files], pa.string())
    columns["account"] = pa.array([wanted.accounts[account] for account in keyed["account_id"].to_pylist()])
    return pa.table([columns[name] for name in _PLACED.names], schema=_PLACED)
