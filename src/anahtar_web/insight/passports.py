"""The passport of an account's class, made from what a run keeps and remembered for a while."""

import logging
from typing import TYPE_CHECKING, Final

from anahtar_web.accounts.models import Account
from anahtar_web.insight.counted import Batches, batches_of, with_merged
from anahtar_web.insight.models import Run
from anahtar_web.insight.publishing import folder_of
from anahtar_web.insight.recent import Recent

if TYPE_CHECKING:
    from anahtar.analysis.passport import ClassPassport
    from anahtar.analysis.ranking import Rankings
    from anahtar.facts.largest_order import LargestOrder

KEPT: Final = 500
"""Passports a process keeps, some kilobytes each."""

RUNS: Final = 2
"""Runs whose rankings it keeps: of 100,000 accounts they are some megabytes."""

log = logging.getLogger("anahtar.insight")

_passports: Final[Recent["ClassPassport"]] = Recent(KEPT)
_rankings: Final[Recent["Rankings"]] = Recent(RUNS)


class NoPassport(Exception):
    """There is none.

    Parameters
    ----------
    damaged
        The tables of the run are damaged or gone; otherwise no line of the account itself was ever read.
    """

    def __init__(self, *, damaged: bool) -> None:
        super().__init__("damaged" if damaged else "no line of its own")
        self.damaged = damaged


def read(run: Run, account: Account) -> "ClassPassport":
    """Give the passport of an account's own class.

    Raises
    ------
    NoPassport
        There is none.
    """
    from anahtar.ledger.store.integrity import DamagedBatch, DamagedLedger

    try:
        batches = batches_of(run)
        key = (run.pk, run.finished_at, batches.names, account.code)
        return _passports.get(key, lambda: _read(run, account, _largest_order(run, account, batches)))
    except (DamagedBatch, DamagedLedger) as refusal:
        # The class stands without the order; the page of its lines tells what is damaged. It may be mended: not kept.
        log.error("run %s: %s", run.pk, refusal)
        return _read(run, account, None)


def forget() -> None:
    """Let go of every passport."""
    _passports.clear()
    _rankings.clear()


def _read(run: Run, account: Account, order: "LargestOrder | None") -> "ClassPassport":
    from anahtar.analysis import keeping
    from anahtar.analysis.keeping import UnableToLoadAnalysis
    from anahtar.analysis.passport import class_passport

    folder = folder_of(run)
    try:
        analysis = keeping.load(folder, accounts=[account.code])
        ranked = _rankings.get((run.pk, run.finished_at), lambda: keeping.load_rankings(folder))
    except UnableToLoadAnalysis as refusal:
        # Its sentence names a folder of the server, which is for the log.
        log.error("run %s: %s", run.pk, refusal)
        raise NoPassport(damaged=True) from refusal
    try:
        return class_passport(analysis, account.code, ranked, largest_order=order)
    except LookupError as missing:
        raise NoPassport(damaged=False) from missing


def _largest_order(run: Run, account: Account, batches: Batches) -> "LargestOrder | None":
    from anahtar.facts.largest_order import largest_order
    from anahtar.facts.merging import survivors

    if run.window_start is None or run.window_end is None or run.as_of is None:
        return None
    if len(batches.names) < len(run.batches):
        return None  # the largest order may have been in an import that was taken back
    merged = run.options.get("merged", {})
    return largest_order(
        batches.folders,
        with_merged([account.code], merged),
        first=run.window_start,
        last=min(run.window_end, run.as_of),
        goes_on=survivors(merged),
    )
