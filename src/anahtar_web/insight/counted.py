"""Which lines of the ledger a run counted for an account: whose, and of which imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import standings_of
from anahtar_web.ledgers.queries import live_batches

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Manifest
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Batches:
    """The imports of a run that are still in the ledger.

    Parameters
    ----------
    older
        Files were imported or taken back since the run.
    """

    folders: "Sequence[tuple[Path, Manifest]]"
    older: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, as part of what is remembered of them."""
        return tuple(manifest.batch for _folder, manifest in self.folders)


def batches_of(run: Run) -> Batches:
    """Find them.

    Raises
    ------
    DamagedLedger
        The ledger is not what was written.
    """
    live, counted = live_batches(), set(run.batches)
    kept = [(folder, manifest) for folder, manifest in live if manifest.batch in counted]
    return Batches(kept, [manifest.batch for _folder, manifest in live] != run.batches)


def companies_below(account: Account, user: "User", run: Run) -> Sequence[str]:
    """Give the codes of the companies below an account that a person sees, as the run counted them.

    One that was merged since the run is among them: its lines are in the group's figures until the next analysis, and
    what is said of the group must come to these.
    """
    below = Lineage.objects.filter(ancestor=account, distance__gt=0).values("account")
    rows = standings_of(user, run).filter(account__in=below).order_by("account")
    # Merging takes an account out of the tree, and leaves where it stood. Who sees a group sees all that is below it.
    merged = Account.objects.filter(merged_into__gt=0, parent__lineage_above__ancestor=account).order_by("pk")
    since = [code for code in merged.values_list("code", flat=True) if code not in run.options.get("merged", {})]
    return [*rows.values_list("account__code", flat=True), *since]


def with_merged(codes: Sequence[str], merged: Mapping[str, str]) -> Sequence[str]:
    """Add the codes that counted for these when the run was made."""
    found = dict.fromkeys(codes)
    while more := [source for source, target in merged.items() if target in found and source not in found]:
        found.update(dict.fromkeys(more))
    return list(found)


def codes_of(account: Account, user: "User", run: Run) -> Sequence[str]:
    """Give all codes whose lines count for an account, its companies and what was merged into them included."""
    return with_merged([account.code, *companies_below(account, user, run)], run.options.get("merged", {}))
