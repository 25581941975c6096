"""What was pulled of a table: it becomes an import of several batches, goes into the ledger at once, and comes back."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar.ledger.files import wire
from anahtar.ledger.manifest import Draft
from anahtar.sources.address import batches_of
from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.actions.moving import ask
from anahtar_web.ledgers.models import Change, Import, Portion, State
from anahtar_web.ledgers.pulled import Held, combined
from anahtar_web.ledgers.queries import hindrance, ledger, names_of_batches
from anahtar_web.ledgers.stored_text import storable

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Manifest
    from anahtar.sources.pulling import Haul


class UnableToBringIn(Refused):
    """What was pulled no longer fits the ledger, or is gone from the disk."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The ledger has changed since this was pulled, or what was read is no longer on the disk. Cancel this "
                "import and refresh the source again."
            )
        )


@transaction.atomic
def keep_haul(
    *,
    haul: "Haul",
    table: str,
    title: str,
    staging: Path,
    options: Mapping[str, Any],
    held: Sequence[Held],
    owner: Any,
    by: Any,
) -> Import:
    """Make an import of what was pulled; it waits for a person where something holds it, else it goes on by itself.

    Parameters
    ----------
    table, title
        The table as manifests name it, and as people do.
    staging
        Where the months lie; it becomes the import's own folder.
    owner
        In whose name it is listed.
    by
        Who asked for it; None for the schedule.
    """
    drafts = {month: one.draft for month, one in haul.months.items()}
    draft, problems = combined(list(drafts.values()), haul.because, staging)
    tally = draft.tally
    made = Import.objects.create(
        by=owner,
        title=title[:300],
        table=table,
        state=State.CHECKED,
        held=[str(reason) for reason in held],
        options=dict(options),
        draft=storable(wire.draft_to_json(draft)),
        draft_version=1,
        problems=[[count.kind, count.verdict, count.rows, count.amount] for count in problems],
        rows=tally.rows,
        accepted=tally.accepted,
        set_aside=tally.set_aside,
        refused=tally.refused,
        amount=tally.accepted_amount,
        currency=draft.currency[:20],
        first_date=draft.first_date,
        last_date=draft.last_date,
    )
    Portion.objects.bulk_create(_portions(made, haul))
    home = storage.staging_of(made.pk, made.draft_version)
    storage.drop_staging(made.pk)
    home.parent.mkdir(parents=True, mode=0o700)
    os.rename(staging, home)
    counts = {change: made.portions.filter(change=change).count() for change in Change.values}
    record("import.pulled", made, by=by, after={"table": table, **counts, "rows": made.rows})
    if held:
        return made
    Import.objects.filter(pk=made.pk).update(state=State.IMPORTING, asked_at=timezone.now(), version=made.version + 1)
    made.refresh_from_db()
    return ask(made, "ledgers.import", by=by)


def _portions(of: Import, haul: "Haul") -> list[Portion]:
    made = [
        Portion(
            of=of,
            month=month,
            change=Change.NEW if one.replaces is None else Change.CHANGED,
            draft=storable(wire.draft_to_json(one.draft)),
            rows_before=one.replaces.tally.accepted if one.replaces else None,
            amount_before=one.replaces.tally.accepted_amount if one.replaces else None,
            rows_after=one.draft.tally.accepted,
            amount_after=one.draft.tally.accepted_amount,
            replaces=one.replaces.batch if one.replaces else "",
        )
        for month, one in haul.months.items()
    ]
    made += [
        Portion(
            of=of,
            month=month,
            change=Change.GONE,
            rows_before=manifest.tally.accepted,
            amount_before=manifest.tally.accepted_amount,
            replaces=manifest.batch,
        )
        for month, manifest in haul.gone.items()
    ]
    return made


@dataclass(frozen=True, slots=True)
class Left:
    """What of an import is still to be done in the ledger."""

    drafts: Sequence[tuple[Portion, Draft]]
    gone: Sequence[str]


def left_of(of: Import, live: "Sequence[Manifest]") -> Left:
    """Tell what of an import is not in the ledger yet: all of it, or what a killed run has not come to."""
    there, names = batches_of(live, of.table), {manifest.batch for manifest in live}
    drafts, gone = [], []
    for portion in of.portions.all():
        draft = wire.draft_from_json(portion.draft) if portion.draft is not None else None
        now = there.get(portion.month)
        if draft is not None and (now is None or now.content != draft.content or now.batch == portion.replaces):
            drafts.append((portion, draft))
        if portion.replaces in names:
            gone.append(portion.replaces)
    return Left(drafts, gone)


def bring(of: Import, *, made_at: str) -> str:
    """Bring the months of an import into the ledger, all at once; what an earlier run has done is left out.

    Parameters
    ----------
    made_at
        The moment its batches carry.

    Returns
    -------
    str
        What the import is called among the batches.

    Raises
    ------
    UnableToBringIn
        Another month stands in the ledger than the one that goes for it.
    UnableToAdd
        The ledger has these lines by another import, or is in another currency.
    """
    opened = ledger()
    live = opened.batches()
    left, there = left_of(of, live), batches_of(live, of.table)
    home = storage.staging_of(of.pk, of.draft_version)
    for portion, _draft in left.drafts:
        now = there.get(portion.month)
        if (now is not None and now.batch != portion.replaces) or not folder_of(home, portion.month).is_dir():
            raise UnableToBringIn
    pairs = [(draft, folder_of(home, portion.month)) for portion, draft in left.drafts]
    if (home / "problems.parquet").is_file():
        storage.keep_problems(of)
    opened.exchange(left.gone, pairs, made_at=made_at)
    return note_batches(of, opened.batches())


@transaction.atomic
def note_batches(of: Import, live: "Sequence[Manifest]") -> str:
    """Note which batches the months of an import became; gives what the import is called among them."""
    there = batches_of(live, of.table)
    for portion in of.portions.exclude(change=Change.GONE):
        Portion.objects.filter(pk=portion.pk).update(batch=there[portion.month].batch)
    return name_of(of)


def give_back(of: Import) -> None:
    """Take the months of an import out of the ledger, and let those count again that went for them.

    A month that a later import replaced stays as that import has it. What an earlier run has done is left out.
    """
    opened = ledger()
    live = opened.batches()
    there, names = batches_of(live, of.table), {manifest.batch for manifest in live}
    portions = list(of.portions.all())
    gone = sorted(names_of_batches(of) & names)
    again = [one.replaces for one in portions if _comes_again(one, there)]
    opened.exchange(gone, [], again=again, made_at=timezone.localtime().isoformat())
    there = batches_of(opened.batches(), of.table)
    with transaction.atomic():
        for portion in portions:
            _follow(portion, there.get(portion.month))


def _follow(portion: Portion, now: "Manifest | None") -> None:
    """Let the import whose month counts again own it under the name that it has now."""
    if now is None or not portion.replaces or Portion.objects.filter(batch=now.batch).exists():
        return
    earlier = Portion.objects.filter(batch=portion.replaces).first()
    if earlier is not None and earlier.draft is not None and earlier.draft["content"] == now.content:
        Portion.objects.filter(pk=earlier.pk).update(batch=now.batch)


def is_given_back(of: Import, live: "Sequence[Manifest]") -> bool:
    """Whether nothing of an import counts, and all counts again that went for it."""
    there = batches_of(live, of.table)
    portions = list(of.portions.all())
    mine = names_of_batches(of) & {manifest.batch for manifest in live}
    return not mine and not any(_comes_again(portion, there) for portion in portions)


def _comes_again(portion: Portion, there: "Mapping[str, Manifest]") -> bool:
    """Whether what a month had before counts again: nothing later stands there, and it was not taken back itself."""
    now = there.get(portion.month)
    if not portion.replaces or (now is not None and now.batch != portion.batch):
        return False
    earlier = Portion.objects.filter(batch=portion.replaces).select_related("of").first()
    return earlier is None or earlier.of.state != State.TAKEN_BACK


def hindrance_of(of: Import) -> str:
    """Say why the ledger would not take what was pulled, in words; empty where it would."""
    portions = list(of.portions.all())
    without = {portion.replaces for portion in portions}
    drafts = [wire.draft_from_json(portion.draft) for portion in portions if portion.draft is not None]
    live = ledger().batches()
    return next((said for draft in drafts if (said := hindrance(draft, without=without, live=live))), "")


def name_of(of: Import) -> str:
    """What an import of several batches is called where others name their batch."""
    return f"table-{of.pk}"


def folder_of(home: Path, month: str) -> Path:
    """Where a month of an import waits."""
    return home / (month or "whole")
