"""An analysis by a company's lapse criterion: its states taken from a foresight of the same ledger on the same day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis import totals
from anahtar.analysis.result import Analysis, Choice
from anahtar.engine import DuckdbEngine
from anahtar.forecast.backtest.running import backtest
from anahtar.forecast.foresight import Foresight, foresee
from anahtar.forecast.ledger import ledger_purchases
from anahtar.forecast.models import Kind
from anahtar.forecast.purchases import Purchases
from anahtar.ledger.manifest import Manifest
from anahtar.rules.lapse_criterion import Criterion, LapseCriterion, flat_borders
from anahtar.rules.lapse_state import FLOOR_DAYS, YEAR_DAYS
from anahtar.words import Message, Refusal, Share, say

if TYPE_CHECKING:
    from anahtar.forecast.backtest.results import Backtest

Progress = Callable[[str, int, int], None]

_TAKEN: Final = ("state", "expected_by", "days_late")
_FORETELLS: Final = (Criterion.PROBABILITY, Criterion.COMBINED)


def told_by(
    criterion: LapseCriterion,
    analysis: Analysis,
    batches: Sequence[tuple[Path, Manifest]],
    *,
    workspace: Path,
    on_progress: Progress,
) -> Analysis:
    """Tell the states of an analysis by a criterion: read its ledger again, and foresee each account.

    Parameters
    ----------
    criterion
        The company's choice. Where it asks for probabilities, a backtest of the ledger chooses the model.
    analysis
        By the own rhythm, as `analyze` gives it.
    batches, workspace
        Those it was made with.
    on_progress
        Called with `facts`, `backtest` or `foresight`, what is done and its total.
    """
    options, as_of = analysis.options, analysis.as_of
    known = ledger_purchases(
        batches,
        as_of=as_of,
        workspace=workspace,
        by_group=options.by_group,
        merged=options.merged,
        groups=options.groups,
        on_progress=on_progress,
    )
    kind = Kind.MIXTURE
    if criterion.kind in _FORETELLS:
        found, _refusal = tested(known.purchases, as_of, on_progress)
        kind = kind if found is None else found.chosen
    with DuckdbEngine([workspace], spill=workspace / "spill", threads=1) as engine:
        told = foresee(
            known.purchases, as_of=as_of, engine=engine, criterion=criterion, kind=kind, on_progress=on_progress
        )
    return by_criterion(analysis, told, known.accounts["code"].to_pylist(), criterion=criterion)


def tested(purchases: Purchases, as_of: date, on_progress: Progress) -> "tuple[Backtest, None] | tuple[None, Message]":
    """Hold the models against a ledger; one that is too short or has too few accounts says so instead."""
    try:
        return backtest(purchases, as_of=as_of, on_progress=on_progress), None
    except Refusal as refusal:
        return None, refusal.message


def by_criterion(
    analysis: Analysis, foresight: Foresight, codes: Sequence[str], *, criterion: LapseCriterion
) -> Analysis:
    """Give the same analysis with the states that the criterion gives.

    Only `state`, `expected_by`, `days_late`, the counts of states, and what notes, method, `lapse` and `silences` tell
    of them are otherwise. Accounts that never bought are in no foresight and keep their state. Gaps and silence stay
    those of the calendar: they are facts, and what is taken out of them is said in the notes.

    By the own rhythm, on a ledger without shutdowns and without seasons, all figures are the very same.

    Parameters
    ----------
    foresight
        Of the accounts of this ledger, up to the analysis's as-of day, by the criterion.
    codes
        Code of each `account_id` of the foresight.
    criterion
        By which it was reckoned.
    """
    own, told = analysis.standings, foresight.table
    whose = pa.array(codes, pa.string()).take(told["account_id"].combine_chunks())
    place = pc.index_in(own["code"], value_set=whose)
    table = own
    for name in _TAKEN:
        column = pc.if_else(pc.is_valid(place), told[name].take(place), own[name])
        at = own.schema.get_field_index(name)
        table = table.set_column(at, own.schema.field(at), column.cast(own.schema.field(at).type))
    return replace(
        analysis,
        standings=table,
        silence=totals.silences(table),
        notes=[*analysis.notes, *_notes(foresight, criterion)],
        method=_method(analysis.method, foresight, criterion),
        lapse=criterion,
        silences=dict(zip(whose.to_pylist(), (one.sentence for one in foresight.evidence), strict=True)),
    )


def _notes(foresight: Foresight, criterion: LapseCriterion) -> Iterator[Message]:
    if criterion.kind in _FORETELLS:
        yield from foresight.without_model()
    yield from foresight.shut_down()


def _method(method: Sequence[Choice], foresight: Foresight, criterion: LapseCriterion) -> Sequence[Choice]:
    told = [
        replace(choice, setting=_setting(criterion, foresight.horizon) or choice.setting)
        if choice.topic == say("State")
        else choice
        for choice in method
    ]
    if foresight.closed.runs or pc.any(foresight.table["seasonal"]).as_py():
        told.append(
            Choice(
                say("Shutdowns and seasons"),
                say(
                    "days on which nobody bought for a week or longer are taken out of every gap and silence before "
                    "the state is told; an account that buys in one season of the year is late only after its next"
                ),
            )
        )
    return told


def _setting(criterion: LapseCriterion, horizon: int) -> Message | None:
    """What the criterion is, with its borders; None for the own rhythm, which the method tells already."""
    match criterion.kind:
        case Criterion.RHYTHM:
            return None
        case Criterion.FLAT:
            border = flat_borders(criterion.flat_days)
            return say(
                "{days} days of silence are allowed to everybody: lapsed beyond them, watch beyond {watch}, at risk "
                "beyond {at_risk}, lost beyond {lost}",
                watch=int(border.watch),
                at_risk=int(border.at_risk),
                days=int(border.lapsed),
                lost=int(border.lost),
            )
        case Criterion.PROBABILITY:
            return say(
                "by the probability of no purchase within {horizon} days: at risk from {at_risk}, lapsed from "
                "{lapsed}; never below {floor} days of silence, lost beyond 4 expected intervals and {year} days; the "
                "own rhythm where no model tells it",
                horizon=horizon,
                at_risk=Share(criterion.at_risk, 0),
                lapsed=Share(criterion.lapsed, 0),
                floor=FLOOR_DAYS,
                year=YEAR_DAYS,
            )
    return say(
        "watch beyond the own 95th percentile; by the probability of no purchase within {horizon} days at risk from "
        "{at_risk}, lapsed from {lapsed} or beyond 3 expected intervals; never below {floor} days of silence, lost "
        "beyond 4 expected intervals and {year} days; the own rhythm where no model tells it",
        horizon=horizon,
        at_risk=Share(criterion.at_risk, 0),
        lapsed=Share(criterion.lapsed, 0),
        floor=FLOOR_DAYS,
        year=YEAR_DAYS,
    )
