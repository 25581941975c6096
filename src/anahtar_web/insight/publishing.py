"""A finished analysis becomes what the pages show. At every moment one whole run is current: this one or the last."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from anahtar_web.accounts import bulk
from anahtar_web.accounts.actions import LedgerAccount, Synced, sync_from_ledger
from anahtar_web.accounts.models import Account, Assignment, Lineage
from anahtar_web.insight import alongside, rows, turning
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.queries import totals_of

if TYPE_CHECKING:
    from anahtar.analysis import Analysis

AT_ONCE: Final = 5000
"""Standings written in one transaction: other writers of SQLite wait for a quarter of a second, not for ten."""

KEPT: Final = 13
"""Runs whose folders stay: a year of monthly ones, and the one before."""

SLICES: Final = "slices"
"""The part of a run's folder that answers filters (`insight.slices`), computed again from the rest."""

Progress = Callable[[int, int], None]


def folder_of(run: Run) -> Path:
    """Where the tables of a run are kept."""
    return runs_folder() / str(run.pk)


def runs_folder() -> Path:
    """Where the folders of all runs are."""
    folder: Path = settings.DATA / "runs"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def follow_ledger(folders: Mapping[str, Path], *, by: Any) -> Synced:
    """Make accounts of the codes of the ledger, merged ones included.

    Parameters
    ----------
    folders
        Batch -> its folder, in the order of the imports.
    """
    from anahtar.facts.keys import accounts, dictionary

    table = accounts(list(folders.values())).select(["code", "name", "group_code"])
    told = (LedgerAccount(*row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True))
    batch_of: dict[str, str] = {}
    for batch, folder in folders.items():
        for code in dictionary(folder, "accounts")["code"].to_pylist():
            batch_of.setdefault(code, batch)
    return sync_from_ledger(told, batch_of=batch_of, by=by)


def publish(
    analysis: "Analysis", run: Run, *, on_rows: Progress, beside: Callable[[dict[str, int]], None] | None = None
) -> None:
    """Write the standings of a run beside those of the current one, then let it take over in one moment.

    Killed before that moment, the rows written so far belong to a run that never was; the next analysis sweeps them.

    Parameters
    ----------
    on_rows
        Called with the standings written and their total.
    beside
        Called once they are all written, with code -> primary key of every account that stands alone: writes what
        is shown from the same moment on.
    """
    accounts = dict(Account.objects.standing_alone().order_by("pk").values_list("code", "pk"))
    below = Lineage.objects.exclude(ancestor=F("account")).filter(account__merged_into=None)
    laid_out = rows.standing_rows(
        analysis,
        run=run.pk,
        accounts=accounts,
        below=below.order_by("pk").values_list("ancestor", "account").iterator(chunk_size=AT_ONCE),
    )
    written = 0
    while chunk := list(islice(laid_out, AT_ONCE)):
        bulk_write(chunk)
        written += len(chunk)
        on_rows(written, len(accounts))
    for name, value in rows.totals(analysis).items():
        setattr(run, name, value)
    run.totals = asdict(totals_of(Standing.objects.filter(run=run)))
    turning.note(run)
    if beside is not None:
        beside(accounts)
    take_over(run)


@transaction.atomic
def bulk_write(chunk: list[tuple[Any, ...]]) -> None:
    """Write some standings."""
    bulk.insert(Standing, rows.COLUMNS, chunk)


@transaction.atomic
def take_over(run: Run) -> None:
    """Make a run the current one."""
    Run.objects.filter(current=True).update(current=False)
    run.current = True
    run.finished_at = timezone.now()
    run.save()


def sweep() -> None:
    """Forget what is no longer shown: rows and slices of former runs, killed runs, folders beyond thirteen."""
    current = Run.objects.filter(current=True).values_list("pk", flat=True).first()
    for model in _of_runs():
        _forget_former(model, current)
    # Last: with all its rows still there, the other writers of SQLite would wait for them to go in one piece.
    Run.objects.filter(finished_at=None).delete()
    kept = {
        str(pk) for pk in Run.objects.filter(refusal__isnull=True).order_by("-pk").values_list("pk", flat=True)[:KEPT]
    }
    for folder in _folders():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.name != str(current):
            # Of a run that is shown no more nobody asks a filter; who still reads one has it mapped, or has it again.
            shutil.rmtree(folder / SLICES, ignore_errors=True)
    _tell_planner()


def _tell_planner() -> None:
    """Count anew what the tables hold.

    Otherwise the planner would take the few merged accounts for many, and sort all accounts to show one page.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        shown: list[type[models.Model]] = [*_of_runs(), Account, Lineage, Assignment]
        for model in shown:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _of_runs() -> list[type[models.Model]]:
    """Tables with rows of a run that only the current one's are read of: ours, and those of the apps above."""
    return [Standing, *(model for step in alongside.steps() for model in step.models)]


def _forget_former(model: type[models.Model], current: int | None) -> None:
    rows = model._default_manager.order_by("pk")
    for run in rows.exclude(run=current).order_by("run").values_list("run", flat=True).distinct():
        while pks := list(rows.filter(run=run).values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                rows.filter(pk__gte=pks[0], pk__lte=pks[-1], run=run).delete()


def _folders() -> Iterator[Path]:
    yield from (path for path in runs_folder().iterdir() if path.is_dir())
