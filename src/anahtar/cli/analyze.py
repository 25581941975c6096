"""`anahtar analyze`: from an export, or a ledger folder, to the whole report."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anahtar.cli.analysing import Run, add_analysing, add_engine, analysis_options
from anahtar.cli.intake import add_batch, add_table, files_of, one_table
from anahtar.cli.lapse import add_lapse, lapse_criterion
from anahtar.cli.progress import progress
from anahtar.cli.reading import add_reading, refuse_reading_options
from anahtar.cli.terminal import Terminal
from anahtar.sources.address import refuse_secret, source
from anahtar.words import Refusal, Words, say

if TYPE_CHECKING:
    from anahtar.analysis import Analysis
    from anahtar.ledger.store.store import Ledger


class UnableToWriteReport(Refusal):
    """The output folder holds something that is not ours to replace."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            say(
                "{folder} is no report of Anahtar, so nothing was written. Name another with --out.", folder=str(folder)
            )
        )


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command."""
    text = words(say("read a sales ledger and report on its customers"))
    command = commands.add_parser("analyze", help=text, description=text)
    command.add_argument(
        "source",
        nargs="+",
        metavar=words(say("FILE")),
        help=words(
            say(
                "files or folders of an export (xlsx xls ods csv tsv txt gz zip parquet), one ledger, or one table "
                "of a database (postgresql://user@host/database?table=sales, spark://host:7077?path=/data/sales.parquet)"
            )
        ),
    )
    command.add_argument(
        "--out",
        type=Path,
        default=Path("anahtar-report"),
        metavar=words(say("FOLDER")),
        help=words(say("folder of the report (anahtar-report)")),
    )
    command.add_argument(
        "--company", metavar=words(say("NAME")), help=words(say("your company's name, for the title of the report"))
    )
    add_analysing(command, words)
    add_engine(command, words)
    add_lapse(command, words)
    add_reading(command, words)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Read, analyse, write the report and print its page."""
    # Everything heavy (Arrow, DuckDB, Ibis) is imported when a command needs it: `anahtar --help` must not wait.
    from anahtar.engine.starting import refuse_unknown
    from anahtar.ledger.store.store import Ledger, is_ledger
    from anahtar.report.terminal import print_page

    sources = [source(text) for text in arguments.source]
    refuse_secret(arguments.engine)
    refuse_unknown(arguments.engine)
    options, lapse = analysis_options(arguments), lapse_criterion(arguments)
    with _report_folder(arguments.out) as unfinished, progress(terminal) as bars:
        if (table := one_table(sources)) is not None:
            ledger = _ledger_before(arguments.out, unfinished)
            add_table(ledger, table, arguments, terminal, bars.step)
        elif len(files := files_of(sources)) == 1 and is_ledger(files[0]):
            refuse_reading_options(arguments)
            ledger = Ledger.open(files[0])
        else:
            ledger = Ledger.create(unfinished / "ledger")
            add_batch(ledger, files, arguments, terminal, bars.step)
        this = Run(ledger.path, options, arguments.company, lapse)
        analysis = this.analyse(bars.step, where=arguments.engine)
        written = write_report(analysis, unfinished, this.company, terminal)
        _publish(this, unfinished, arguments.out)
    print_page(analysis, terminal.screen, terminal.words, company=this.company)
    terminal.tell(say("The report:"), "bold")
    for path in written:
        terminal.wrote(arguments.out / path.name)


def _ledger_before(out: Path, unfinished: Path) -> "Ledger":
    """The ledger of the report that is replaced, to be brought up to date; a new one where there is none.

    Its files are shared with the report, not copied: none of them is ever written again.
    """
    from anahtar.ledger.store.store import Ledger, is_ledger

    if not is_ledger(out / "ledger"):
        return Ledger.create(unfinished / "ledger")
    shutil.copytree(out / "ledger", unfinished / "ledger", copy_function=os.link)
    return Ledger.open(unfinished / "ledger")


@contextmanager
def _report_folder(out: Path) -> Iterator[Path]:
    """A place to write in, inside a folder that is new, empty or a report written before.

    A run that is refused or interrupted leaves no trace: an earlier report keeps the ledger it was made from, and a
    folder made for this run goes away with it.
    """
    new = not out.exists()
    if not new and (not out.is_dir() or (any(out.iterdir()) and not (out / "run.json").exists())):
        raise UnableToWriteReport(out)
    out.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=out))
    try:
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        if new and not any(out.iterdir()):
            out.rmdir()


def _publish(run: Run, unfinished: Path, out: Path) -> None:
    """Put a finished report where the person asked for it, over the one before."""
    made_here = run.ledger == unfinished / "ledger"
    if (out / "ledger").exists() and run.ledger.resolve() != (out / "ledger").resolve():
        shutil.rmtree(out / "ledger")
    for path in unfinished.iterdir():
        path.replace(out / path.name)
    (replace(run, ledger=out / "ledger") if made_here else run).remember(out)


def write_report(analysis: "Analysis", out: Path, company: str | None, terminal: Terminal) -> list[Path]:
    """Write every file of the report; the ones a person opens first come first."""
    from anahtar.report.files import write_problems, write_standings
    from anahtar.report.page import write_page
    from anahtar.report.summary import write_summary
    from anahtar.report.workbook import write_workbook

    words = terminal.words
    page, workbook = out / "report.html", out / "report.xlsx"
    write_page(analysis, page, words, company=company)
    write_workbook(analysis, workbook, words, company=company)
    return [
        page,
        workbook,
        *write_standings(analysis, out, words),
        write_problems(analysis, out, words),
        write_summary(analysis, out, words),
    ]
