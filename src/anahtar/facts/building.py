"""Building facts: one pass over the lines of each month that is not built yet."""

import calendar
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from anahtar.engine import Engine, Statement, unbound
from anahtar.facts import months
from anahtar.facts.facts import Facts
from anahtar.facts.keys import KEYS, Keys, accounts, dictionary, directions, fingerprint, is_identity, merges
from anahtar.facts.merging import survivors
from anahtar.ledger.schema import DICTIONARY, LINES

FORMAT = 3
"""Raised when the columns or their meaning change: facts built before are built again."""

_TABLES = ("account_month", "account_day", "direction_month")


@dataclass(frozen=True, slots=True)
class _Batch:
    """One batch on its way into the facts: its folder, and its keys told in those of the whole ledger."""

    number: int
    folder: Path
    accounts: pa.Table
    directions: pa.Table

    @property
    def same_keys(self) -> bool:
        """Whether the batch's own keys happen to be the ledger's (always so in a ledger of one import)."""
        return is_identity(self.accounts, "id", "key") and is_identity(self.directions, "id", "key")

    def lines(self, month: str) -> Path:
        return self.folder / "lines" / f"{month}.parquet"


def build_facts(
    batches: Sequence[Path],
    folder: Path,
    *,
    as_of: date | None,
    engine: Engine,
    on_month: Callable[[int, int], None] | None = None,
    merged: Mapping[str, str] | None = None,
) -> Facts:
    """Bring the batches of a ledger together as monthly facts, building only what is not in `folder` yet.

    Parameters
    ----------
    batches
        Batch folders (anahtar.ledger.schema) in the order of their imports.
    folder
        Where the facts are kept between runs. A month's files are named after everything that went into them
        (batches, keys, the as-of day where it cuts the month), so a stale file is never read; it is removed.
    as_of
        Lines after this day do not exist; None: all lines do.
    engine
        Must be allowed to read the batches and to write into `folder`.
    on_month
        Called with the months built and the months to build.
    merged
        Code -> code under which the account goes on: as if its lines carried that code. Not by adding up facts
        already built: an invoice of both is one document. The months of batches with such an account are built anew.

    Raises
    ------
    UnableToMerge
        Merges lead in a circle.
    """
    goes_on = survivors(merged or {})
    own_accounts = [dictionary(batch, "accounts") for batch in batches]
    own_directions = [dictionary(batch, "directions") for batch in batches]
    account_keys, direction_keys = Keys.of(own_accounts, goes_on), Keys.of(own_directions)
    known = [
        _Batch(number, batch, account_keys.told(own_accounts[number]), direction_keys.told(own_directions[number]))
        for number, batch in enumerate(batches)
    ]
    plan = _plan(known, as_of, with_directions=bool(direction_keys.codes))
    _sweep(folder, plan)
    _Builder(engine, folder).build(plan, on_month)
    paths = {table: [_path(folder, table, part) for part in plan if table in part.tables] for table in _TABLES}
    return Facts(
        engine,
        paths["account_month"],
        paths["account_day"],
        paths["direction_month"],
        [part.number for part in plan],
        accounts(batches, goes_on),
        account_keys.order(),
        directions(batches),
        direction_keys.order(),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One month to be built: its batches, the day that cuts it, and the stamp of all that."""

    month: str
    batches: Sequence[_Batch]
    cut: date | None
    tables: Sequence[str]
    stamp: str

    @property
    def number(self) -> int:
        return int(self.month[:4]) * 12 + int(self.month[5:]) - 1


def _plan(batches: Sequence[_Batch], as_of: date | None, *, with_directions: bool) -> list[_Part]:
    by_month: dict[str, list[_Batch]] = {}
    for batch in batches:
        for path in (batch.folder / "lines").glob("*.parquet"):
            by_month.setdefault(path.stem, []).append(batch)
    tables = _TABLES if with_directions else _TABLES[:2]
    plan = []
    for month, holding in sorted(by_month.items()):
        cut = _cut(month, as_of)
        if cut is not None and cut < date(int(month[:4]), int(month[5:]), 1):
            continue
        plan.append(_Part(month, holding, cut, tables, _stamp(month, holding, cut)))
    return plan


def _cut(month: str, as_of: date | None) -> date | None:
    """The as-of day where it leaves something of this month (or all of it) out."""
    if as_of is None:
        return None
    year, number = int(month[:4]), int(month[5:])
    return as_of if as_of < date(year, number, calendar.monthrange(year, number)[1]) else None


def _stamp(month: str, batches: Sequence[_Batch], cut: date | None) -> str:
    told = [str(FORMAT), str(cut)]
    for batch in batches:
        # A batch never changes after its import; size and time tell a batch from another of the same name.
        file = batch.lines(month).stat()
        told += [str(batch.lines(month).absolute()), str(file.st_size), str(file.st_mtime_ns)]
        told += [fingerprint(batch.accounts), fingerprint(batch.directions)]
    return sha256("\n".join(told).encode()).hexdigest()[:16]


def _path(folder: Path, table: str, part: _Part) -> Path:
    return folder / table / f"{part.month}-{part.stamp}.parquet"


def _sweep(folder: Path, plan: Sequence[_Part]) -> None:
    """Remove what was built from batches taken back: their sums must not outlive them."""
    wanted = {_path(folder, table, part) for part in plan for table in _TABLES}
    last = max((part.month for part in plan), default="")
    for table in _TABLES:
        (folder / table).mkdir(parents=True, exist_ok=True)
        for path in (folder / table).glob("*.parquet"):
            # Later months are not in the plan of an earlier as-of day, and still good for a later one.
            if path not in wanted and path.stem[:7] <= last:
                path.unlink()


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the statements of a month depend on; months of one shape share them.

    Parameters
    ----------
    same_keys
        One entry per batch with lines in the month: its keys are those of the ledger.
    cut
        The day that cuts the month.
    every_cost
        No line of the month lacks its cost.
    merges
        Accounts of one batch are merged into one.
    """

    same_keys: tuple[bool, ...]
    cut: date | None
    every_cost: bool
    merges: bool


def has_every_cost(lines: Path) -> bool:
    """Whether the file itself says that no cost is missing; where it does not say, one may be."""
    metadata = pq.read_metadata(lines)
    at = metadata.schema.names.index("cost")
    counts = [metadata.row_group(group).column(at).statistics for group in range(metadata.num_row_groups)]
    return all(one is not None and one.has_null_count and one.null_count == 0 for one in counts)


_READ = pa.schema(
    [LINES.field(name) for name in ("account_id", "sold_on", "amount", "cost", "direction_id", "invoice_id")]
)
"""What months are made of; statements name no other column, which an older batch may not have."""

_AT_ONCE = 2
"""Months built side by side, each by one thread: two threads on each month in turn cost a third more."""


class _Builder:
    """Writes the files of the months that are missing; statements are compiled once and run on every month alike."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._compiled: dict[_Shape, Mapping[str, Statement]] = {}

    def build(self, plan: Sequence[_Part], on_month: Callable[[int, int], None] | None) -> None:
        missing = [part for part in plan if not all(_path(self._folder, table, part).exists() for table in part.tables)]
        if not missing:
            return
        # Here and not in the threads: Ibis promises nothing about being asked by two at a time.
        tasks = [(part, self._statements(_shape(part))) for part in missing]
        with self._hands(missing) as hands, ThreadPoolExecutor(_AT_ONCE) as threads:
            try:
                building = [threads.submit(self._build, hands, part, statements) for part, statements in tasks]
                for done, built in enumerate(as_completed(building), 1):
                    built.result()
                    if on_month is not None:
                        on_month(done, len(missing))
            finally:
                threads.shutdown(cancel_futures=True)

    @contextmanager
    def _hands(self, missing: Sequence[_Part]) -> Iterator["SimpleQueue[Engine]"]:
        """Connections that each know the keys of every batch, one for each month in work."""
        batches = {batch.number: batch for part in missing for batch in part.batches}.values()
        hands: SimpleQueue[Engine] = SimpleQueue()
        with ExitStack() as until_the_end:
            for _ in range(_AT_ONCE):
                engine = until_the_end.enter_context(self._engine.beside())
                for batch in batches:
                    _keep_keys(engine, batch)
                hands.put(engine)
            yield hands

    def _build(self, hands: "SimpleQueue[Engine]", part: _Part, statements: Mapping[str, Statement]) -> None:
        engine = hands.get()
        try:
            for slot, batch in enumerate(part.batches):
                _place(engine, slot, batch, part)
            for kept in ("documents", "days"):
                engine.keep_statement(statements[kept], f"{kept}_of_month")
            for table in part.tables:
                engine.write(statements[table], _path(self._folder, table, part))
        finally:
            hands.put(engine)

    def _statements(self, shape: _Shape) -> Mapping[str, Statement]:
        if shape not in self._compiled:
            self._compiled[shape] = _statements(self._engine, shape)
        return self._compiled[shape]


def _shape(part: _Part) -> _Shape:
    return _Shape(
        tuple(batch.same_keys for batch in part.batches),
        part.cut,
        all(has_every_cost(batch.lines(part.month)) for batch in part.batches),
        any(merges(batch.accounts) for batch in part.batches),
    )


def _keep_keys(engine: Engine, batch: _Batch) -> None:
    if not batch.same_keys:
        engine.arrow(batch.accounts, f"account_keys_of_{batch.number}")
        engine.arrow(batch.directions, f"direction_keys_of_{batch.number}")


def _place(engine: Engine, slot: int, batch: _Batch, part: _Part) -> None:
    """Let the names of the statements stand for the files of this batch and month."""
    engine.files([batch.lines(part.month)], f"lines_{slot}")
    if not batch.same_keys:
        engine.alias(f"account_keys_of_{batch.number}", f"account_keys_{slot}")
        engine.alias(f"direction_keys_of_{batch.number}", f"direction_keys_{slot}")
    if len(part.batches) > 1:
        invoices = batch.folder / "dictionaries" / "invoices.parquet"
        if invoices.exists():
            engine.files([invoices], f"invoices_{slot}")
        else:
            engine.arrow(dictionary(batch.folder, "invoices"), f"no_invoices_{slot}")
            engine.alias(f"no_invoices_{slot}", f"invoices_{slot}")


def _statements(engine: Engine, shape: _Shape) -> Mapping[str, Statement]:
    """The statements that build a month of this shape."""
    same_keys, slots = shape.same_keys, range(len(shape.same_keys))
    lines = [months.up_to(unbound(_READ, f"lines_{slot}"), shape.cut) for slot in slots]
    parts = [
        _keyed(months.documents(lines[slot], every_cost=shape.every_cost), slot, same_keys[slot]) for slot in slots
    ]
    if len(parts) == 1:
        documents = months.met_documents(parts[0]) if shape.merges else parts[0]
    else:
        invoices = [unbound(DICTIONARY, f"invoices_{slot}") for slot in slots]
        documents = months.shared_documents(parts, invoices)
    kept = unbound(documents.schema().to_pyarrow(), "documents_of_month")
    days = months.account_day(kept)
    kept_days = unbound(days.schema().to_pyarrow(), "days_of_month")
    directed = [_keyed(_directed(lines[slot], slot, same_keys[slot]), slot, same_keys[slot]) for slot in slots]
    return {
        "documents": engine.statement(documents),
        "days": engine.statement(days),
        "account_month": engine.statement(months.account_month(kept, kept_days)),
        "account_day": engine.statement(kept_days),
        "direction_month": engine.statement(months.direction_month(ibis.union(*directed, distinct=False))),
    }


def _keyed(table: ibis.Table, slot: int, same: bool) -> ibis.Table:
    """Replace the batch's account ids by those of the ledger."""
    if same:
        return table
    keys = unbound(KEYS, f"account_keys_{slot}")
    joined = table.join(keys, table.account_id == keys.id)
    return joined.select(*(name for name in table.columns if name != "account_id"), account_id=joined.key)


def _directed(lines: ibis.Table, slot: int, same: bool) -> ibis.Table:
    """Replace the batch's direction ids by those of the ledger."""
    needed = lines.select("account_id", "direction_id", "sold_on", "amount", "cost")
    if same:
        return needed
    keys = unbound(KEYS, f"direction_keys_{slot}")
    joined = needed.left_join(keys, needed.direction_id == keys.id)
    return joined.select("account_id", "sold_on", "amount", "cost", direction_id=joined.key)
