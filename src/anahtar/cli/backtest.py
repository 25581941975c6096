"""`anahtar backtest`: which way of telling who will stay away has been right on this ledger."""

import argparse
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anahtar.cli.intake import add_batch
from anahtar.cli.progress import progress
from anahtar.cli.reading import UnableToUnderstandOption, add_reading, day, refuse_reading_options
from anahtar.cli.terminal import Terminal
from anahtar.words import Words, say

if TYPE_CHECKING:
    from anahtar.cli.progress import Step
    from anahtar.forecast.backtest.results import Backtest
    from anahtar.ledger.store.store import Ledger


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command."""
    text = words(say("hold every way of telling who will stay away against what happened on your own ledger"))
    command = commands.add_parser("backtest", help=text, description=text)
    command.add_argument(
        "source",
        nargs="+",
        type=Path,
        metavar=words(say("FILE")),
        help=words(say("files or folders of an export (xlsx xls ods csv tsv txt gz zip parquet), or one ledger")),
    )
    group = command.add_argument_group(words(say("backtest")))
    group.add_argument(
        "--horizon",
        type=int,
        metavar=words(say("DAYS")),
        help=words(say("days looked ahead; without it, twice the interval in which your customers buy, at least 90")),
    )
    group.add_argument(
        "--as-of", metavar=words(say("DAY")), help=words(say("later sales do not exist (the ledger's last day)"))
    )
    group.add_argument(
        "--by-group", action="store_true", help=words(say("take the companies of a group as one account"))
    )
    add_reading(command, words)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Read, stand on every day of the backtest, and print what came of it."""
    from anahtar.ledger.store.store import Ledger, is_ledger
    from anahtar.report.terminal.backtest import print_backtest

    sources = arguments.source
    _refuse_horizon(arguments.horizon)
    with tempfile.TemporaryDirectory(prefix="anahtar-") as folder, progress(terminal) as bars:
        if len(sources) == 1 and is_ledger(sources[0]):
            refuse_reading_options(arguments)
            ledger = Ledger.open(sources[0])
        else:
            ledger = Ledger.create(Path(folder) / "ledger")
            add_batch(ledger, sources, arguments, terminal, bars.step)
        found, names = _backtest(ledger, arguments, Path(folder), bars.step)
    print_backtest(found, terminal.screen, terminal.words, names=names)


def _refuse_horizon(days: int | None) -> None:
    if days is not None and days < 1:
        raise UnableToUnderstandOption("--horizon", str(days), "90")


def _backtest(
    ledger: "Ledger", arguments: argparse.Namespace, workspace: Path, step: "Step"
) -> "tuple[Backtest, list[str]]":
    from anahtar.engine import spare_memory
    from anahtar.forecast.backtest.running import backtest
    from anahtar.forecast.ledger import ledger_purchases

    spare_memory()
    ledger.verify()
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    as_of = _as_of(arguments.as_of, [manifest.last_date for _, manifest in batches])
    known = ledger_purchases(batches, as_of=as_of, workspace=workspace, by_group=arguments.by_group, on_progress=step)
    found = backtest(known.purchases, as_of=as_of, horizon=arguments.horizon, on_progress=step)
    codes, named = known.accounts["code"].to_pylist(), known.accounts["name"].to_pylist()
    return found, [name or code for code, name in zip(codes, named, strict=True)]


def _as_of(text: str | None, last: "list[date | None]") -> date:
    if text is None:
        from anahtar.forecast.backtest.cuts import UnableToBacktest

        days = [one for one in last if one is not None]
        if not days:
            raise UnableToBacktest.too_young(0)
        return max(days)
    try:
        return day(text)
    except ValueError as error:
        raise UnableToUnderstandOption("--as-of", text, "2025-12-31") from error
