"""Everything one run finds of losses."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from anahtar.analysis.changes import change_of
from anahtar.analysis.losing.bridging import Bridge, bridge_of, periods_of
from anahtar.analysis.losing.continuing import Continued, continuations, goes_on
from anahtar.analysis.losing.criterion import OwnRhythm
from anahtar.analysis.losing.months import LostMonth, lapses_of, months_of_loss
from anahtar.analysis.losing.places import DIED, PLACES, PartialLoss, Places, once, owners, partial_losses, places_of
from anahtar.analysis.losing.stressing import Later, Shock, Stress, pays_later, what_if
from anahtar.analysis.losing.winning_back import Attempt, WinningBack, winning_back
from anahtar.analysis.result import Analysis, Window
from anahtar.engine import HERE, Engine, start
from anahtar.facts.building import build_facts
from anahtar.facts.dimensions import Dimension, DimensionLines, dimension_lines
from anahtar.facts.facts import Facts
from anahtar.ledger.manifest import Manifest
from anahtar.metrics.change import Change
from anahtar.metrics.loss.lapses import Borders
from anahtar.metrics.loss.stress import LatePayment
from anahtar.words import Message, say

if TYPE_CHECKING:
    from anahtar.forecast.shutdowns import Shutdowns

TAKEN_APART: Final = 5
"""Accounts whose contraction is taken apart into price, volume and mix: the greatest."""

_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class LossOptions:
    """What the reader decides.

    Parameters
    ----------
    before
        The earlier period of the bridge; None: the months of the window a year before, or, where the ledger is
        younger, its halves.
    criterion
        Which silence is a loss, for the months and the way back (`anahtar.metrics.loss.lapses.Borders`); None: beyond
        three expected intervals of the account's own rhythm.
    closed
        Shutdowns that were taken out of the analysis's states: silences of the past are counted as those are, without
        closed days, and wait for seasons. None: by the calendar, as `analyze` tells states.
    succeeded
        Code -> code under which the account goes on, by a person's word.
    apart
        Pairs (old, new) of which a person said that the one is not the other's successor.
    shocks
        What is taken away in the stress test; none: the account of the greatest revenue.
    late
        Accounts that pay later, and what that is reckoned with.
    most_ppm
        The most that prospective accounts may grow by to fill the gap, in millionths; None: no limit.
    attempt
        What winning back costs, and whom not to win back.
    """

    before: Window | None = None
    criterion: Borders | None = None
    closed: "Shutdowns | None" = None
    succeeded: Mapping[str, str] = field(default_factory=dict)
    apart: Collection[tuple[str, str]] = ()
    shocks: Sequence[Shock] = ()
    late: Sequence[Later] = ()
    most_ppm: int | None = None
    attempt: Attempt = field(default_factory=Attempt)


@dataclass(frozen=True, slots=True)
class Losses:
    """What one run finds of losses; money is int64 in ten-thousandths.

    Parameters
    ----------
    analysis
        The run they belong to.
    criterion
        Which silence is a loss.
    continued
        Accounts that went on under another code: neither lost nor new in anything below.
    bridge
        None where the ledger holds less than two months to compare.
    taken_apart
        Code -> price, volume and mix of the accounts of the greatest contraction.
    lapses
        Every silence that was a loss, ended or not: code, purchases, bought_on, lost_on, returned_on
        (`anahtar.metrics.loss.lapses.LAPSES`), revenue; by account and day.
    months
        Losses month by month.
    places
        By dimension, as far as the ledger names any.
    partial
        Product groups, regions and sites that died while the account lives; what shows one silence counts once.
    stress
        None where no account has revenue in the window.
    late
        What it ties up that accounts pay later.
    way_back
        Whom to win back first.
    """

    analysis: Analysis
    criterion: Borders
    continued: Sequence[Continued]
    bridge: Bridge | None
    taken_apart: Mapping[str, Change]
    lapses: pa.Table
    months: Sequence[LostMonth]
    places: Mapping[Dimension, Places]
    partial: Sequence[PartialLoss]
    stress: Stress | None
    late: Sequence[tuple[Later, LatePayment]]
    way_back: WinningBack

    @property
    def criterion_words(self) -> Message:
        """Which silence is a loss, said."""
        words = getattr(self.criterion, "words", None)
        return words if isinstance(words, Message) else say("a criterion of the program that asked")


def losses(
    batches: Sequence[tuple[Path, Manifest]],
    analysis: Analysis,
    options: LossOptions | None = None,
    *,
    workspace: Path,
    on_progress: Callable[[str, int, int], None] | None = None,
    where: str = HERE,
) -> Losses:
    """Answer of a ledger: what was lost, when, where and with whom, what else could be, and who can be won back.

    Parameters
    ----------
    batches
        As for `analyze`.
    analysis
        Their analysis: accounts, groups, merges, window and as-of day are those of its options.
    options
        What the reader decides.
    workspace
        The folder of the analysis: its facts are used again.
    on_progress
        Called with `losses`, what is done of it and its total.
    where
        The engine that reckons, by its address (`anahtar.engine.start`).

    Raises
    ------
    UnableToCompare
        The ledger begins after the first month of the period asked for.
    UnableToBridge
        The two periods overlap.
    UnableToMerge
        Words of people about successors lead in a circle.
    UnableToStress
        What is to be taken away is not there.
    """
    options = options or LossOptions()
    step = on_progress or _silent
    continued = continuations(batches, analysis, succeeded=options.succeeded, apart=options.apart)
    step("losses", 1, _STEPS)
    with _facts(batches, analysis, continued, workspace, where) as facts:
        criterion = options.criterion or OwnRhythm(analysis.base.interval)
        bridge = _bridge(facts, analysis, options.before)
        valued = lapses_of(facts, criterion, as_of=analysis.as_of, closed=options.closed)
        months = months_of_loss(facts, valued, as_of=analysis.as_of)
        step("losses", 2, _STEPS)
        counts = owners([folder for folder, _ in batches], analysis.options, facts, goes_on(continued))
        found = _dimensions(batches, facts, counts, analysis)
        places = {} if bridge is None else _places(facts, found, bridge)
        step("losses", 3, _STEPS)
        way_back = winning_back(analysis, facts, valued, options.attempt)
        told = Losses(
            analysis=analysis,
            criterion=criterion,
            continued=continued,
            bridge=bridge,
            taken_apart={} if bridge is None else _taken_apart(batches, facts, counts, bridge, analysis),
            lapses=_coded(facts, valued),
            months=months,
            places=places,
            partial=_partial(facts, found, analysis),
            stress=_stress(analysis, options, facts.engine),
            late=[(later, pays_later(analysis, later)) for later in options.late],
            way_back=way_back,
        )
    step("losses", _STEPS, _STEPS)
    return told


@contextmanager
def _facts(
    batches: Sequence[tuple[Path, Manifest]],
    analysis: Analysis,
    continued: Sequence[Continued],
    workspace: Path,
    where: str,
) -> Iterator[Facts]:
    folders, asked = [folder for folder, _ in batches], analysis.options
    with start([*folders, workspace], spill=workspace / "spill", where=where, threads=1) as engine:
        facts = build_facts(
            folders, workspace / "facts", as_of=analysis.as_of, engine=engine, merged=asked.merged
        ).grouped(asked.groups)
        if asked.by_group:
            facts = facts.by_group()
        yield facts.continued(goes_on(continued))


def _bridge(facts: Facts, analysis: Analysis, before: Window | None) -> Bridge | None:
    if before is not None:
        return bridge_of(facts, window=analysis.window, before=before)
    periods = periods_of(analysis.window, analysis.ledger.first_date)
    return None if periods is None else bridge_of(facts, window=periods[0], before=periods[1])


def _coded(facts: Facts, valued: pa.Table) -> pa.Table:
    """Lapses by the codes of their accounts."""
    codes = facts.accounts["code"].take(valued["account_id"])
    return pa.table({"code": codes, **{name: valued[name] for name in valued.column_names if name != "account_id"}})


def _dimensions(
    batches: Sequence[tuple[Path, Manifest]], facts: Facts, counts: Mapping[str, int], analysis: Analysis
) -> dict[Dimension, DimensionLines]:
    folders = [folder for folder, _ in batches]
    found = {
        dimension: dimension_lines(folders, dimension, engine=facts.engine, accounts=counts, as_of=analysis.as_of)
        for dimension in Dimension
    }
    return {dimension: lines for dimension, lines in found.items() if lines is not None}


def _places(facts: Facts, found: Mapping[Dimension, DimensionLines], bridge: Bridge) -> dict[Dimension, Places]:
    return {
        dimension: places_of(facts, lines, window=bridge.window, before=bridge.before)
        for dimension, lines in found.items()
        if dimension in PLACES
    }


def _partial(facts: Facts, found: Mapping[Dimension, DimensionLines], analysis: Analysis) -> Sequence[PartialLoss]:
    table = analysis.standings
    states = dict(zip(table["code"].to_pylist(), table["state"].to_pylist(), strict=True))
    died = [
        loss
        for kind in DIED
        if (lines := found.get(kind)) is not None
        for loss in partial_losses(facts, lines, states, as_of=analysis.as_of)
    ]
    return once(died)


def _taken_apart(
    batches: Sequence[tuple[Path, Manifest]],
    facts: Facts,
    counts: Mapping[str, int],
    bridge: Bridge,
    analysis: Analysis,
) -> dict[str, Change]:
    places = dict(zip(facts.accounts["code"].to_pylist(), facts.accounts["account_id"].to_pylist(), strict=True))
    rows = [row for row in bridge.accounts.to_pylist() if row["bucket"] == "contraction" and row["bought_before"]]
    told = {}
    for row in rows[:TAKEN_APART]:
        codes = [code for code, account in counts.items() if account == places[row["code"]]]
        told[row["code"]] = change_of(batches, codes, window=bridge.window, before=bridge.before, as_of=analysis.as_of)
    return told


def _stress(analysis: Analysis, options: LossOptions, engine: Engine) -> Stress | None:
    shocks = options.shocks
    if not shocks:
        able = [row for row in analysis.standings.select(["code", "revenue"]).to_pylist() if (row["revenue"] or 0) > 0]
        if not able:
            return None
        largest = min(able, key=lambda row: (-row["revenue"], row["code"]))
        shocks = [Shock(largest["code"])]
    return what_if(analysis, shocks, engine=engine, most_ppm=options.most_ppm)


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""
