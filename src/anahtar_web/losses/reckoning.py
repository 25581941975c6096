"""What the core is asked of losses: by which criterion, and what people said of accounts that went on."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from anahtar.analysis.losing.criterion import FlatDays, OwnRhythm
from anahtar.analysis.losing.losses import Losses, LossOptions, losses
from anahtar.facts.merging import UnableToMerge, survivors
from anahtar.rules.lapse_criterion import Criterion
from anahtar_web.losses.models import Succession

if TYPE_CHECKING:
    from anahtar.analysis import Analysis
    from anahtar.metrics.loss.lapses import Borders
    from anahtar_web.insight.alongside import Analysed
    from anahtar_web.insight.foreseeing import Foreseen


def reckon(analysed: "Analysed") -> Losses:
    """Find the losses of a run that is about to take over."""
    options = options_of(analysed.analysis, analysed.foreseen)
    return losses(
        analysed.batches,
        analysed.analysis,
        options,
        workspace=analysed.workspace,
        on_progress=lambda _stage, done, total: analysed.on_progress(done, total),
    )


def options_of(analysis: "Analysis", foreseen: "Foreseen") -> LossOptions:
    """What to ask for by the company's criterion, with the words of people about accounts that went on.

    Silences of the past are counted as states count them: shutdowns taken out, seasons waited for.
    """
    succeeded, apart = said(analysis.options.merged)
    return LossOptions(
        criterion=borders_of(analysis, foreseen), closed=foreseen.accounts.closed, succeeded=succeeded, apart=apart
    )


def borders_of(analysis: "Analysis", foreseen: "Foreseen") -> "Borders":
    """Which silence of the past was a loss, by the company's criterion.

    A probability is told by the models of the backtest, each of the days from its own on; a ledger that allows none is
    told by the own rhythm, as its states are.
    """
    criterion = foreseen.criterion
    if criterion.kind is Criterion.FLAT:
        return FlatDays(criterion.flat_days)
    if criterion.kind is Criterion.RHYTHM or foreseen.backtest is None:
        return OwnRhythm(analysis.base.interval)
    # Only who analyses by it loads the models.
    from anahtar.analysis.losing.likely import likely
    from anahtar.forecast.purchases import day_number

    return likely(
        foreseen.backtest,
        lapsed=criterion.lapsed,
        horizon=foreseen.accounts.horizon,
        base_interval=analysis.base.interval,
        last_day=day_number(analysis.as_of),
        intervals=criterion.kind is Criterion.COMBINED,
    )


def said(merged: Mapping[str, str]) -> tuple[Mapping[str, str], Sequence[tuple[str, str]]]:
    """Give what people said: old code -> new code, and pairs that are not one.

    Both by the codes that are left once accounts were merged. A word that leads in a circle since then is left out:
    one of the two was merged, and nobody is to wait for figures because of it.
    """
    ends, goes_on, apart = survivors(merged), dict[str, str](), list[tuple[str, str]]()
    rows = Succession.objects.order_by("pk").values_list("old__code", "new__code", "goes_on")
    for old, new, one in rows:
        pair = ends.get(old, old), ends.get(new, new)
        if pair[0] == pair[1]:
            continue
        if not one:
            apart.append(pair)
        elif pair[0] not in goes_on and not _turns_round({**goes_on, pair[0]: pair[1]}):
            goes_on[pair[0]] = pair[1]
    return goes_on, apart


def _turns_round(words: Mapping[str, str]) -> bool:
    try:
        survivors(words)
    except UnableToMerge:
        return True
    return False
