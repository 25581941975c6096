"""`anahtar losses`: what was lost, when, where and with whom, what else could be, and whom to win back first."""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from anahtar.cli.analysing import add_analysing, analysis_options, months_asked
from anahtar.cli.intake import add_batch
from anahtar.cli.progress import Step, progress
from anahtar.cli.reading import UnableToUnderstandOption, add_reading, refuse_reading_options
from anahtar.cli.terminal import Terminal
from anahtar.money import to_units
from anahtar.words import Message, Refusal, Words, say

if TYPE_CHECKING:
    from anahtar.analysis import Analysis, AnalysisOptions
    from anahtar.analysis.losing.losses import Losses, LossOptions
    from anahtar.ledger.manifest import Manifest
    from anahtar.ledger.store.store import Ledger
    from anahtar.metrics.loss.lapses import Borders

RHYTHM: Final = "rhythm"
LOST: Final = "lost"
FORETELLING: Final = ("probability", "combined")
"""Criteria that ask a model, how likely no purchase is."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which silence is a loss: a name, and days or the probability where it has one."""

    name: str
    days: int = 0
    lapsed: float = 0.5


class UnableToFindAccounts(Refusal):
    """Options name codes that are no accounts of the ledger."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            say(
                "No such account: {codes}. Write codes as the ledger has them; of a merged account the one left.",
                codes=", ".join(codes),
            )
        )
        self.codes = codes


def add(commands: Any, words: Words) -> None:  # argparse keeps the type of its sub-parser table private
    """Register the command."""
    text = words(say("say what was lost, when, where and with whom, and whom to win back first"))
    command = commands.add_parser("losses", help=text, description=text)
    command.add_argument(
        "source",
        nargs="+",
        type=Path,
        metavar=words(say("FILE")),
        help=words(say("files or folders of an export (xlsx xls ods csv tsv txt gz zip parquet), or one ledger")),
    )
    command.add_argument("--json", type=Path, metavar=words(say("FILE")), help=words(say("write all of it as JSON")))
    command.add_argument(
        "--company", metavar=words(say("NAME")), help=words(say("your company's name, for the title of the page"))
    )
    _add_losses(command, words)
    add_analysing(command, words)
    add_reading(command, words)
    command.set_defaults(run=run)


def _add_losses(to: argparse.ArgumentParser, words: Words) -> None:
    add = to.add_argument_group(words(say("losses"))).add_argument
    pair = words(say("OLD=NEW"))
    add(
        "--before",
        metavar=words(say("MONTHS")),
        help=words(say("months the window is compared with, 2024-01..2024-12 (the same a year before)")),
    )
    add(
        "--criterion",
        default="rhythm",
        metavar=words(say("CRITERION")),
        help=words(
            say(
                "silence that is a loss: rhythm (3 expected intervals), lost (4, and a year), so many days (90), "
                "probability (of no purchase, 50 percent; or probability=60), or combined (probability or 3 intervals)"
            )
        ),
    )
    add(
        "--went-on",
        action="append",
        default=[],
        metavar=pair,
        help=words(say("an account that goes on under another code, and is not lost")),
    )
    add(
        "--apart",
        action="append",
        default=[],
        metavar=pair,
        help=words(say("accounts that are not one, although their baskets are alike")),
    )
    add(
        "--without",
        action="append",
        default=[],
        metavar=words(say("CODE or CODE=DIRECTION")),
        help=words(say("what would be left without this account, or without a direction of it (the largest account)")),
    )
    add(
        "--grow-at-most",
        metavar=words(say("PERCENT")),
        help=words(say("the most a prospective account may grow by to fill that gap")),
    )
    add(
        "--pays-later",
        action="append",
        default=[],
        metavar=words(say("CODE=DAYS")),
        help=words(say("what it ties up that an account pays so many days later")),
    )
    add("--interest", default="0", metavar=words(say("PERCENT")), help=words(say("what capital costs a year (0)")))
    add("--cost", default="0", metavar=words(say("AMOUNT")), help=words(say("cost of one attempt to win back (0)")))
    add(
        "--margin",
        metavar=words(say("PERCENT")),
        help=words(say("profit in revenue, where the ledger knows no cost")),
    )
    add(
        "--closed",
        action="append",
        default=[],
        metavar=words(say("CODE")),
        help=words(say("an account that is no more, and not to be won back")),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Read, analyse, look for losses and print them."""
    from anahtar.report.losses import write_losses
    from anahtar.report.terminal.losses import print_losses

    # What cannot be meant is refused before anything is read.
    asked, options, by = analysis_options(arguments), _options(arguments), _criterion(arguments.criterion)
    with tempfile.TemporaryDirectory(prefix="anahtar-") as folder, progress(terminal) as bars:
        ledger = _ledger(arguments, Path(folder), terminal, bars.step)
        found = _found(ledger, asked, options, by, Path(folder) / "work", bars.step)
    if arguments.json:
        write_losses(found, arguments.json, terminal.words)
    print_losses(found, terminal.screen, terminal.words, company=arguments.company)
    if arguments.json:
        terminal.wrote(arguments.json)


def _ledger(arguments: argparse.Namespace, folder: Path, terminal: Terminal, step: Step) -> "Ledger":
    """The ledger named, or one of the files named, that goes away with the run."""
    from anahtar.ledger.store.store import Ledger, is_ledger

    sources: Sequence[Path] = arguments.source
    if len(sources) == 1 and is_ledger(sources[0]):
        refuse_reading_options(arguments)
        ledger = Ledger.open(sources[0])
    else:
        ledger = Ledger.create(folder / "ledger")
        add_batch(ledger, sources, arguments, terminal, step)
    ledger.verify()
    return ledger


def _found(
    ledger: "Ledger",
    asked: "AnalysisOptions",
    options: "LossOptions",
    by: _Asked,
    workspace: Path,
    step: Step,
) -> "Losses":
    from anahtar.analysis import analyze
    from anahtar.analysis.losing.losses import losses
    from anahtar.engine import spare_memory

    spare_memory()
    workspace.mkdir()
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    analysis = analyze(batches, asked, workspace=workspace, on_progress=step)
    _refuse_unknown(analysis, options)
    criterion = _borders(by, analysis, batches, workspace, step)
    return losses(batches, analysis, replace(options, criterion=criterion), workspace=workspace, on_progress=step)


def _borders(
    by: _Asked,
    analysis: "Analysis",
    batches: "Sequence[tuple[Path, Manifest]]",
    workspace: Path,
    step: Step,
) -> "Borders":
    from anahtar.analysis.losing.criterion import FlatDays, OwnRhythm
    from anahtar.rules.lapse_state import State

    if by.days:
        return FlatDays(by.days)
    if by.name in FORETELLING:
        return _likely(by, analysis, batches, workspace, step)
    return OwnRhythm(analysis.base.interval, State.LOST if by.name == LOST else State.LAPSED)


def _likely(
    by: _Asked,
    analysis: "Analysis",
    batches: "Sequence[tuple[Path, Manifest]]",
    workspace: Path,
    step: Step,
) -> "Borders":
    """Stand on days of the past, each with its model; a ledger that allows no backtest is refused, with its reason."""
    from anahtar.analysis.losing.likely import likely
    from anahtar.forecast.backtest.running import backtest
    from anahtar.forecast.foresight import lapse_horizon
    from anahtar.forecast.ledger import ledger_purchases
    from anahtar.forecast.purchases import day_number

    options = analysis.options
    known = ledger_purchases(
        batches,
        as_of=analysis.as_of,
        workspace=workspace,
        by_group=options.by_group,
        merged=options.merged,
        groups=options.groups,
        on_progress=step,
    )
    return likely(
        backtest(known.purchases, as_of=analysis.as_of, on_progress=step),
        lapsed=by.lapsed,
        horizon=lapse_horizon(known.purchases),
        base_interval=analysis.base.interval,
        last_day=day_number(analysis.as_of),
        intervals=by.name == "combined",
    )


def _refuse_unknown(analysis: "Analysis", options: "LossOptions") -> None:
    pairs = [*options.succeeded.items(), *options.apart]
    named = {*(code for pair in pairs for code in pair), *options.attempt.closed}
    unknown = sorted(named - set(analysis.standings["code"].to_pylist()))
    if unknown:
        raise UnableToFindAccounts(unknown)


# What the options say ---------------------------------------------------------------------------------------------


def _options(arguments: argparse.Namespace) -> "LossOptions":
    from anahtar.analysis.losing.losses import LossOptions
    from anahtar.analysis.losing.stressing import Later, Shock
    from anahtar.analysis.losing.winning_back import Attempt

    interest = _ppm("--interest", arguments.interest)
    return LossOptions(
        before=months_asked("--before", arguments.before) if arguments.before else None,
        succeeded=dict(_pair("--went-on", text, say("OLD=NEW")) for text in arguments.went_on),
        apart=[_pair("--apart", text, say("OLD=NEW")) for text in arguments.apart],
        shocks=[Shock(code, direction or None) for code, _, direction in map(_cut, arguments.without)],
        late=[Later(code, days, interest) for code, days in map(_later, arguments.pays_later)],
        most_ppm=None if arguments.grow_at_most is None else _ppm("--grow-at-most", arguments.grow_at_most),
        attempt=Attempt(
            cost=to_units(_number("--cost", arguments.cost, say("an amount, e.g. 2500"))),
            margin_ppm=None if arguments.margin is None else _ppm("--margin", arguments.margin),
            closed=frozenset(arguments.closed),
        ),
    )


def _criterion(text: str) -> _Asked:
    form = say("rhythm, lost, probability, probability=60, combined, or a number of days, e.g. 90")
    if text.isascii() and text.isdigit() and int(text):
        return _Asked("flat", days=int(text))
    name, given, share = text.partition("=")
    if name in FORETELLING and given:
        lapsed = float(_number("--criterion", share, form)) / 100
        if 0.01 <= lapsed < 1:
            return _Asked(name, lapsed=lapsed)
    elif name in (RHYTHM, LOST, *FORETELLING) and not given:
        return _Asked(name)
    raise UnableToUnderstandOption("--criterion", text, form)


def _cut(text: str) -> tuple[str, str, str]:
    return text.partition("=")


def _pair(option: str, text: str, form: Message) -> tuple[str, str]:
    old, _, new = (part.strip() for part in text.partition("="))
    if not old or not new:
        raise UnableToUnderstandOption(option, text, form)
    return old, new


def _later(text: str) -> tuple[str, int]:
    code, days = _pair("--pays-later", text, say("CODE=DAYS"))
    if not (days.isascii() and days.isdigit()):
        raise UnableToUnderstandOption("--pays-later", text, say("CODE=DAYS"))
    return code, int(days)


def _ppm(option: str, text: str) -> int:
    """Millionths of a percentage."""
    return int(_number(option, text, say("a percentage, e.g. 18.5")) * 10_000)


def _number(option: str, text: str, form: Message) -> Decimal:
    try:
        number = Decimal(text.strip().removesuffix("%").replace(",", "."))
    except InvalidOperation as error:
        raise UnableToUnderstandOption(option, text, form) from error
    if not number.is_finite() or number < 0:
        raise UnableToUnderstandOption(option, text, form)
    return number
