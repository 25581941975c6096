"""What an analysis foresees, as rows beside its standings: shown from the same moment on."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import models, transaction
from django.utils.translation import gettext_noop as _

from anahtar_web.accounts import bulk
from anahtar_web.foresight.models import Dimension, DirectionOutlook, Forecast, Outlook
from anahtar_web.insight.alongside import Analysed
from anahtar_web.jobs.told import Json, told

if TYPE_CHECKING:
    import pyarrow as pa

    from anahtar.forecast.foresight import Foresight
    from anahtar_web.insight.foreseeing import Foreseen, ForeseenAlong

AT_ONCE: Final = 5000
"""Rows written in one transaction, as standings are (`insight.publishing`)."""

MOST_DIRECTIONS: Final = 200_000
"""Directions written, all of them; of more only those that are late, or were."""

_FELT: Final = ("purchase_days", "gaps", "gap_mean", "gap_p95", "last_purchase", "silence", "closed_days")
_SAID: Final = (
    "silences_as_long",
    "expected_by",
    "days_late",
    "seasonal",
    "state",
    "none_ahead",
    "at_stake",
    "last_gaps",
)
_SILENCE: Final = (*_FELT, *_SAID)
_WORTH: Final = ("purchases_ahead", "worth", "worth_low", "worth_high")

OUTLOOK: Final = ("run_id", "account_id", *_SILENCE, *_WORTH, "why")
DIRECTION: Final = ("run_id", "account_id", "dimension", "direction", *_SILENCE, "why")


def reckon(analysed: Analysed) -> None:
    """Write what a run foresees of accounts that stand alone, and as a whole."""
    foreseen = analysed.foreseen
    outlooks = _rows(foreseen.accounts, (*_SILENCE, *_WORTH))
    whose = [analysed.accounts.get(code) for code in foreseen.codes]
    kept = ((analysed.run.pk, whose[at], *values) for at, values in outlooks if whose[at] is not None)
    total = foreseen.accounts.table.num_rows
    written = _write(Outlook, OUTLOOK, kept, analysed, 0, total)
    for along in foreseen.along:
        total = written + along.foresight.table.num_rows
        written = _write(DirectionOutlook, DIRECTION, _directions(analysed, along), analysed, written, total)
    _whole(analysed)


def _write(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterator[tuple[Any, ...]],
    analysed: Analysed,
    written: int,
    total: int,
) -> int:
    while chunk := list(islice(rows, AT_ONCE)):
        with transaction.atomic():
            bulk.insert(model, columns, chunk)
        written += len(chunk)
        analysed.on_progress(min(written, total), total)
    return written


def _rows(foresight: "Foresight", names: Sequence[str]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Each row's `account_id` and its values as the database takes them, why it has its state behind them."""
    table = foresight.table
    columns = [_plain(table, name) for name in names]
    for at, evidence, *values in zip(table["account_id"].to_pylist(), foresight.evidence, *columns, strict=True):
        yield at, (*values, json.dumps(told(evidence.sentence), separators=(",", ":")))


def _plain(table: "pa.Table", name: str) -> list[Any]:
    values = table[name].to_pylist()
    if name == "last_gaps":
        return [json.dumps(gaps, separators=(",", ":")) for gaps in values]
    return [value.isoformat() if isinstance(value, date) else value for value in values]


# Directions ------------------------------------------------------------------------------------------------------


def _directions(analysed: Analysed, along: "ForeseenAlong") -> Iterator[tuple[Any, ...]]:
    """Rows of the directions in which an account that stands alone has a rhythm."""
    names = _names([folder for folder, _manifest in analysed.batches], along.dimension)
    account, direction = along.pairs["account"].to_pylist(), along.pairs["direction"].to_pylist()
    states = along.foresight.table["state"].to_pylist()
    only_late = len(states) > MOST_DIRECTIONS
    for state, (at, values) in zip(states, _rows(along.foresight, _SILENCE), strict=True):
        whose = analysed.accounts.get(account[at])
        if whose is not None and not (only_late and state == "active"):
            yield (analysed.run.pk, whose, str(along.dimension), names[direction[at]], *values)


def _names(batches: Sequence[Path], dimension: str = Dimension.DIRECTION) -> dict[str, str]:
    """Name of every direction by its code; of several called the same, all but the first carry their code as well."""
    length = DirectionOutlook._meta.get_field("direction").max_length or 0
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code, name in _named(batches, dimension):
        short = name[:length]
        if short in taken:
            behind = f" ({code[:60]})"
            short = name[: length - len(behind)] + behind
        names[code] = short
        taken.add(short)
    return names


def _named(batches: Sequence[Path], dimension: str) -> Iterator[tuple[str, str]]:
    """Code and name, by code; regions and sites are called what their code says."""
    from anahtar.facts.keys import dictionary, directions

    if dimension == Dimension.DIRECTION:
        table = directions(batches)
        yield from zip(table["code"].to_pylist(), table["name"].to_pylist(), strict=True)
        return
    codes = {code for batch in batches for code in dictionary(batch, f"{dimension}s")["code"].to_pylist()}
    yield from ((code, code) for code in sorted(codes))


# The whole -------------------------------------------------------------------------------------------------------


@transaction.atomic
def _whole(analysed: Analysed) -> None:
    foreseen = analysed.foreseen
    fitted = foreseen.accounts.fitted
    Forecast.objects.create(
        run=analysed.run,
        horizon=foreseen.accounts.horizon,
        model=foreseen.kind.value if fitted is not None else "",
        criterion=foreseen.criterion.kind.value,
        notes=[*_notes(foreseen)],
        backtest=_backtest(foreseen),
        refusal=told(foreseen.refusal),
    )


def _notes(foreseen: "Foreseen") -> Iterator[Json]:
    yield from (told(note) for note in foreseen.accounts.notes())
    along = next((one for one in foreseen.along if one.foresight.fitted is not None), None)
    if along is not None:
        yield told(
            _(
                "Probabilities of accounts speak of the next %(days)s days, those of directions of the next "
                "%(further)s: in a single direction everybody buys less often."
            ),
            {"days": foreseen.accounts.horizon, "further": along.foresight.horizon},
        )


def _backtest(foreseen: "Foreseen") -> Json:
    if foreseen.backtest is None:
        return None
    # Only who analyses loads the models.
    from anahtar.forecast.backtest.keeping import to_json

    return to_json(foreseen.backtest, foreseen.codes)
