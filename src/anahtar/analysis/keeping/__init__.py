"""Keeping an analysis on disk: whole, or only what one account's page asks for.

    analysis.json      everything but tables, and where the rows of which account stand
    analysis.sha256    the digest of analysis.json
    standings.parquet  in the order of codes
    months.parquet directions.parquet evidence.parquet   in the order of account ids
    problems.parquet   file order
    rankings.parquet   the positive values of all accounts, largest first, for each window and measure
    criteria.toml      the criteria of the run, where it had a file of them

Nothing is pickled. The Parquet files carry page checksums, and reading verifies them.
"""

import hashlib
import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anahtar.analysis.keeping import ranked, values
from anahtar.analysis.keeping.evidence import Told, evidence_table, of_account
from anahtar.analysis.keeping.tables import Shelf
from anahtar.analysis.ranking import Rankings, rankings
from anahtar.analysis.result import STANDINGS, Analysis, KeyAccount, Measure
from anahtar.ledger.files.wire import MalformedWire
from anahtar.ledger.schema import PROBLEMS
from anahtar.ledger.store import durable
from anahtar.words import Refusal, say

FORMAT: Final = 3
"""Raised when an analysis kept before can no longer be read as it is now."""

_SHELVES: Final = {
    "standings": ("code", 2_048),
    "months": ("account_id", 16_384),
    "directions": ("account_id", 16_384),
    "evidence": ("account_id", 4_096),
}
"""Table -> what its rows are in the order of, and rows to a row group."""

_UNREADABLE: Final = (OSError, pa.ArrowException, MalformedWire, LookupError, TypeError, ValueError, AttributeError)
"""What reading a folder fails with that was damaged, or written by another version or by nobody."""


class UnableToKeepAnalysis(Refusal):
    """The folder an analysis is to be kept in exists already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            say("{folder} exists already; an analysis is kept in a folder of its own.", folder=str(folder))
        )


class UnableToLoadAnalysis(Refusal):
    """What is kept in a folder is no analysis, or not what was kept, or of another version."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            say(
                "The analysis kept in {folder} cannot be read: it is missing, damaged, or of another version. "
                "Run the analysis again.",
                folder=str(folder),
            )
        )


def save(analysis: Analysis, folder: Path) -> None:
    """Keep an analysis in a new folder, which appears whole or not at all.

    What a killed process left of an earlier attempt at the same folder is removed. The folder above must exist.

    Raises
    ------
    UnableToKeepAnalysis
        The folder exists.
    """
    if folder.exists():
        raise UnableToKeepAnalysis(folder)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        _write(analysis, unfinished)
        durable.move_folder(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def load(folder: Path, *, accounts: Collection[str] | None = None) -> Analysis:
    """Read an analysis that was kept.

    Parameters
    ----------
    folder
        Where `save` kept it. The evidence of `further_accounts` is read from it when it is asked for.
    accounts
        Codes: only their rows of `standings`, `months`, `directions` and only their evidence are read, and no
        `problems`. Everything else is that of the whole ledger. None: all of it.

    Returns
    -------
    Analysis
        What was saved; `options.criteria` is the copy of the criteria in the folder.

    Raises
    ------
    UnableToLoadAnalysis
        The folder is missing or holds something else, a file is damaged, or the analysis is of another version.
    """
    try:
        told = _verified(folder)
        criteria = folder / "criteria.toml"
        fields = values.from_json(told["values"], criteria=str(criteria) if criteria.exists() else None)
        shelves = {name: Shelf(folder / f"{name}.parquet", *told["shelves"][name]) for name in _SHELVES}
        tables = _all(shelves, folder) if accounts is None else _some(shelves, sorted(set(accounts)))
    except _UNREADABLE as error:
        raise UnableToLoadAnalysis(folder) from error
    return Analysis(**fields, **tables)


def load_rankings(folder: Path) -> Rankings:
    """Read the rankings of an analysis that was kept: with an account's own rows, all that its passport needs.

    Raises
    ------
    UnableToLoadAnalysis
        As for `load`.
    """
    try:
        told = _verified(folder)
        return ranked.read(folder / "rankings.parquet", told["rankings"], Measure(told["values"]["measure"]))
    except _UNREADABLE as error:
        raise UnableToLoadAnalysis(folder) from error


# Writing --------------------------------------------------------------------------------------------------------


def _write(analysis: Analysis, folder: Path) -> None:
    # Once: of accounts that are not listed, each asking puts them into words anew.
    further = [*analysis.further_accounts.values()]
    tables = {
        "standings": _marked(analysis, further),
        "months": analysis.months,
        "directions": analysis.directions,
        "evidence": evidence_table([*analysis.key_accounts, *further]),
    }
    shelves = {}
    for name, (column, rows) in _SHELVES.items():
        shelf = Shelf.fill(folder / f"{name}.parquet", tables[name], column, rows=rows)
        shelves[name] = [column, shelf.starts]
    pq.write_table(analysis.problems, folder / "problems.parquet", compression="lz4", write_page_checksum=True)
    if analysis.options.criteria is not None:
        shutil.copyfile(analysis.options.criteria, folder / "criteria.toml")
    names = ranked.write(rankings(analysis), folder / "rankings.parquet")
    told = {"format": FORMAT, "values": values.to_json(analysis), "shelves": shelves, "rankings": names}
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    (folder / "analysis.json").write_bytes(content)
    (folder / "analysis.sha256").write_text(f"{hashlib.sha256(content).hexdigest()}  analysis.json\n", encoding="ascii")


def _marked(analysis: Analysis, further: Sequence[KeyAccount]) -> pa.Table:
    """The standings with their own order, and who is told of: the place of each, and what evidence there is."""
    table = analysis.standings
    place = {code: at for at, code in enumerate(table["code"].to_pylist())}
    kinds: list[list[str] | None] = [None] * table.num_rows
    marks = {"place": pa.array(range(table.num_rows), pa.int32())}
    for name, told in (("listed", analysis.key_accounts), ("further", further)):
        places: list[int | None] = [None] * table.num_rows
        for at, account in enumerate(told):
            places[place[account.code]] = at
            kinds[place[account.code]] = list(account.type_evidence)
        marks[name] = pa.array(places, pa.int32())
    marks["evidence_of"] = pa.array(kinds, pa.list_(pa.string()))
    return pa.table({**{name: table[name] for name in table.column_names}, **marks})


# Reading --------------------------------------------------------------------------------------------------------


def _verified(folder: Path) -> Mapping[str, Any]:
    content = (folder / "analysis.json").read_bytes()
    wanted = (folder / "analysis.sha256").read_text(encoding="ascii").split()[0]
    if hashlib.sha256(content).hexdigest() != wanted:
        raise ValueError("analysis.json was changed")
    told: Mapping[str, Any] = json.loads(content)
    if told["format"] != FORMAT:
        raise ValueError(f"format {told['format']}")
    return told


def _all(shelves: Mapping[str, Shelf], folder: Path) -> Mapping[str, Any]:
    marked = shelves["standings"].all().sort_by("place")
    listed = Told(_told(marked, "listed"), partial(of_account, shelves["evidence"].all()))
    return {
        "problems": pq.read_table(folder / "problems.parquet", schema=PROBLEMS, page_checksum_verification=True),
        "standings": marked.select(STANDINGS.names).cast(STANDINGS),
        "months": _oldest_first(shelves["months"].all()),
        "directions": shelves["directions"].all(),
        "key_accounts": list(listed.values()),
        "further_accounts": Told(_told(marked, "further"), lambda account: shelves["evidence"].of([account])),
    }


def _some(shelves: Mapping[str, Shelf], codes: Collection[str]) -> Mapping[str, Any]:
    marked = shelves["standings"].of(codes).sort_by("place")
    ids = marked["account_id"].to_pylist()
    evidence = partial(of_account, shelves["evidence"].of(ids))
    return {
        "problems": PROBLEMS.empty_table(),
        "standings": marked.select(STANDINGS.names).cast(STANDINGS),
        "months": _oldest_first(shelves["months"].of(ids)),
        "directions": shelves["directions"].of(ids),
        "key_accounts": list(Told(_told(marked, "listed"), evidence).values()),
        "further_accounts": Told(_told(marked, "further"), evidence),
    }


def _told(marked: pa.Table, column: str) -> pa.Table:
    """Who is told of, in the order in which they were."""
    return marked.filter(pc.is_valid(marked[column])).sort_by(column)


def _oldest_first(months: pa.Table) -> pa.Table:
    """Rows come by account; a stable sort by month leaves those of each month in that order."""
    return months.take(pa.array(np.argsort(months["month"].cast(pa.int32()).to_numpy(), kind="stable")))
