"""What a pull of a table comes to as one import, and why it waits for a person."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from anahtar.ledger.manifest import Draft, Tally
from anahtar.sources.address import batches_of
from anahtar_web.ledgers import problem_table
from anahtar_web.ledgers.problem_table import Count

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Manifest
    from anahtar.sources.pulling import Haul
    from anahtar.words import Message


class Held(models.TextChoices):
    """Why what was pulled does not go into the ledger by itself."""

    FIRST = "first", _("It is the first import of this table: look at it once.")
    SHRANK = "shrank", _("A month has fewer rows or less money than before.")
    GONE = "gone", _("A month is no longer in the table.")
    REFUSED = "refused", _("Rows are refused that were not refused before.")
    COLUMNS = "columns", _("The columns are read otherwise than before.")
    TAKEN_BACK = "taken_back", _("The import before was taken back or cancelled.")
    OVERLAPS = "overlaps", _("Other imports have lines of the same days; sales that stand in both would count twice.")


def held_by(haul: "Haul", live: "Sequence[Manifest]", source: str, *, taken_back: bool) -> list[Held]:
    """Tell why a person looks at what was pulled before it counts; nothing where it goes on by itself.

    Parameters
    ----------
    live
        The batches that count.
    source
        The table, as manifests name it.
    taken_back
        The import of this table before was taken back, or cancelled.
    """
    pairs = [(one.draft, one.replaces) for one in haul.months.values()]
    changed = [(draft, before) for draft, before in pairs if before is not None]
    mine = batches_of(live, source)
    told = {
        Held.FIRST: not mine,
        Held.SHRANK: any(_shrank(draft.tally, before.tally) for draft, before in changed),
        Held.GONE: bool(haul.gone),
        Held.REFUSED: any(draft.tally.refused > (before.tally.refused if before else 0) for draft, before in pairs),
        Held.COLUMNS: any(dict(draft.mapping) != dict(before.mapping) for draft, before in changed),
        Held.TAKEN_BACK: taken_back,
        Held.OVERLAPS: any(
            _overlaps(draft, one) for draft, _before in pairs for one in live if one not in mine.values()
        ),
    }
    return [reason for reason, holds in told.items() if holds]


def _shrank(now: Tally, before: Tally) -> bool:
    return now.accepted < before.accepted or now.accepted_amount < before.accepted_amount


def _overlaps(draft: Draft, other: "Manifest") -> bool:
    if draft.first_date is None or draft.last_date is None or other.first_date is None or other.last_date is None:
        return False
    return draft.first_date <= other.last_date and other.first_date <= draft.last_date


_ADDED_UP: Final = (
    "unread_cells_beside_the_amount",
    "numbers_rounded_to_four_places",
    "lines_without_currency",
    "total_rows",
    "total_rows_that_fit_nothing",
    "invoices_with_several_dates",
)
"""Oddities of rows; those of accounts cannot be added up over months."""


def combined(drafts: Sequence[Draft], because: "Mapping[str, Message]", staging: Path) -> tuple[Draft, Sequence[Count]]:
    """Make one draft of the months, and one list of their problems beside them.

    Returns
    -------
    tuple
        The draft; and how many rows have which problem.
    """
    tallies = [draft.tally for draft in drafts]
    first, last = [d.first_date for d in drafts if d.first_date], [d.last_date for d in drafts if d.last_date]
    draft = Draft(
        content=sha256("\n".join(draft.content for draft in drafts).encode()).hexdigest(),
        files=tuple(file for draft in drafts for file in draft.files),
        parts=(),
        mapping=drafts[0].mapping if drafts else {},
        because=because,
        tally=Tally(*(sum(getattr(one, name) for one in tallies) for name in Tally.__slots__)),
        kinds=_kinds(drafts),
        oddities={name: total for name in _ADDED_UP if (total := sum(d.oddities.get(name, 0) for d in drafts))},
        currency=drafts[0].currency if drafts else "",
        accounts=len(_codes(staging)),
        first_date=min(first, default=None),
        last_date=max(last, default=None),
    )
    return draft, _problems(staging)


def _kinds(drafts: Sequence[Draft]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for draft in drafts:
        for kind, (rows, amount) in draft.kinds.items():
            had = found.get(kind, (0, 0))
            found[kind] = (had[0] + rows, had[1] + amount)
    return found


def _codes(staging: Path) -> set[str]:
    import pyarrow.parquet as pq

    files = staging.glob("*/dictionaries/accounts.parquet")
    return {code for file in files for code in pq.read_table(file, columns=["code"])["code"].to_pylist()}


def _problems(staging: Path) -> Sequence[Count]:
    import pyarrow.parquet as pq

    files: list[Any] = sorted(staging.glob("*/problems.parquet"))
    if not files:
        return []
    path = staging / "problems.parquet"
    with pq.ParquetWriter(path, pq.read_schema(files[0])) as writer:
        for file in files:
            writer.write_table(pq.read_table(file))
    return problem_table.counts(path)
