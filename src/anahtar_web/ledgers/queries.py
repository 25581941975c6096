"""Reading imports, their files, and the ledger itself."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Sum

from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import AlreadyImported, CurrencyDiffers, Ledger, UnableToOpen, is_ledger
from anahtar_web.accounts.actions.known import known
from anahtar_web.accounts.actions.leaving import written_on
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import company, today
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.keepers import keeper_of
from anahtar_web.ledgers.models import (
    UNDER_WAY,
    WAITING,
    Import,
    ImportQuerySet,
    Kind,
    Portion,
    Purpose,
    SavedMapping,
    State,
    StoredFile,
)
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import words
from anahtar_web.ui.text import sort_key

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Draft, Manifest


def ledger() -> Ledger:
    """Open the company's ledger; an empty one is made where there is none.

    Raises
    ------
    DamagedLedger
        It is not what was written.
    """
    folder = settings.DATA / "ledger"
    if is_ledger(folder):
        return Ledger.open(folder)
    try:
        return Ledger.create(folder)
    except UnableToOpen:
        # Another process made it between the question and the answer.
        return Ledger.open(folder)


def live_batches() -> "list[tuple[Path, Manifest]]":
    """Give folder and manifest of every batch that counts, oldest first."""
    opened = ledger()
    return [(opened.folder(manifest), manifest) for manifest in opened.batches()]


def known_until() -> date | None:
    """Give the last day of sales in the imports that count, analysed or not; one query."""
    counted = Import.objects.filter(kind=Kind.SALES, imported_at__isnull=False, taken_back_at=None)
    until: date | None = counted.aggregate(last=Max("last_date"))["last"]
    return until


def imports() -> "ImportQuerySet":
    """Every import, the latest first."""
    return Import.objects.select_related("by", "job", "mapping").prefetch_related("files").order_by("-pk")


def uploaders() -> "list[User]":
    """Everybody who uploaded something, in the order of the Turkish alphabet."""
    people = User.objects.filter(pk__in=Import.objects.order_by().values("by"))
    return sorted(people, key=lambda person: (sort_key(person.name), person.pk))


def sales_files(of: Import) -> list[StoredFile]:
    """The files of an import that hold lines, in the order in which they were uploaded."""
    return [file for file in of.files.order_by("pk") if file.purpose != Purpose.RATES]


def rates_file(of: Import) -> StoredFile | None:
    """The latest file of exchange rates of an import."""
    return of.files.filter(purpose=Purpose.RATES).order_by("-pk").first()


def bytes_under_way(user: Any) -> int:
    """How much a person has uploaded that is neither imported nor cancelled."""
    waiting = StoredFile.objects.filter(of__by=user, of__state__in=UNDER_WAY, removed_at=None)
    return int(waiting.aggregate(sum=Sum("bytes"))["sum"] or 0)


def quota_left(user: Any) -> int:
    """How much this person may still upload before some of their imports are finished or cancelled."""
    return max(0, settings.UPLOAD_QUOTA_BYTES - bytes_under_way(user))


@dataclass(frozen=True, slots=True)
class Known:
    """A file that is here already.

    Parameters
    ----------
    name
        As it is called now.
    of
        The import it came with; None where it was added to the ledger by the command line.
    batch
        Its batch, where it is in the ledger.
    imported_at
        When, as the batch's manifest says.
    """

    name: str
    of: Import | None
    batch: str = ""
    imported_at: str = ""

    @property
    def at(self) -> datetime | None:
        """When it was imported."""
        return datetime.fromisoformat(self.imported_at) if self.imported_at else None


def known_files(named: Iterable[tuple[str, str]]) -> list[Known]:
    """Tell which files (name, SHA-256) are in the ledger, or in an import under way.

    Taken back and cancelled imports do not count: their files may come again.
    """
    live = {file.sha256: manifest for _folder, manifest in live_batches() for file in manifest.files}
    found = []
    for name, sha256 in named:
        manifest = live.get(sha256)
        if manifest is not None:
            of = Import.objects.select_related("by", "imported_by").filter(batch=manifest.batch).first()
            found.append(Known(name, of, manifest.batch, manifest.made_at))
        elif (kept := _kept_elsewhere(sha256)) is not None:
            imported = kept.of.imported_at
            found.append(Known(name, kept.of, kept.of.batch, imported.isoformat() if imported else ""))
        elif (file := _under_way(sha256)) is not None:
            found.append(Known(name, file.of))
    return found


def _kept_elsewhere(sha256: str) -> StoredFile | None:
    """The file of an import whose rows an app above keeps."""
    return (
        StoredFile.objects.select_related("of__by", "of__imported_by")
        .filter(sha256=sha256, of__state=State.IMPORTED)
        .exclude(of__kind=Kind.SALES)
        .order_by("-pk")
        .first()
    )


def _under_way(sha256: str) -> StoredFile | None:
    return (
        StoredFile.objects.select_related("of__by")
        .filter(sha256=sha256, of__state__in=UNDER_WAY)
        .exclude(purpose=Purpose.RATES)
        .order_by("pk")
        .first()
    )


def mapping_for(signature: str) -> SavedMapping | None:
    """Give the mapping saved last for these headings."""
    return SavedMapping.objects.filter(signature=signature).order_by("-saved_at", "-pk").first() if signature else None


def mappings() -> "QuerySet[SavedMapping]":
    """Every saved mapping, by name."""
    return SavedMapping.objects.select_related("by").annotate(used=Count("imports")).order_by("name", "pk")


def waiting_count() -> int:
    """How many imports wait for a person."""
    return Import.objects.filter(state__in=WAITING).count()


def batches_of_others() -> list[str]:
    """Name the live batches that no import made: the command line added them to the ledger."""
    live = [manifest.batch for _folder, manifest in live_batches()]
    ours = set(Import.objects.filter(batch__in=live).values_list("batch", flat=True))
    ours |= set(Portion.objects.filter(batch__in=live).values_list("batch", flat=True))
    return [batch for batch in live if batch not in ours]


def completed(of: Import | None, options: ReadOptions) -> ReadOptions:
    """Give decisions as the reader takes them: with what the company says where nobody decided, and paths of ours."""
    rates = rates_file(of) if of is not None else None
    # A day ahead of the clock is no typing error: the branch in the next time zone is already there.
    last = options.last_date if options.last_date != ReadOptions().last_date else today() + timedelta(days=1)
    return replace(
        options,
        last_date=last,
        currency=options.currency or company().currency or _currency_of_ledger(),
        rates=str(storage.path_of(rates)) if rates is not None else None,
    )


def _currency_of_ledger() -> str | None:
    return next((manifest.currency for _folder, manifest in live_batches() if manifest.currency), None)


def corrections_of(of: Import) -> list[Import]:
    """Give the imports that bring refused rows of another one, corrected."""
    return list(of.corrections.select_related("by").order_by("pk"))


def resolved_rows(of: Import, corrections: Iterable[Import]) -> int:
    """Count the refused rows that came in corrected, with imports that are in the ledger now."""
    accepted = sum(other.accepted or 0 for other in corrections if other.state == State.IMPORTED)
    return min(accepted, of.refused or 0)


def leaving_with(of: Import) -> tuple[int, list[Account]]:
    """Tell what becomes of the accounts that only one import has lines of, if it is taken back.

    Returns
    -------
    tuple
        How many go; and those that stay because people have written on them.
    """
    if not of.is_sales:
        return 0, []
    live, ours = live_batches(), names_of_batches(of)
    others = {code for folder, manifest in live if manifest.batch not in ours for code in codes_in(folder)}
    others |= {code for folder in _coming_again(of) for code in codes_in(folder)}
    alone = {code for folder, manifest in live if manifest.batch in ours for code in codes_in(folder)} - others
    accounts = {account.pk: account for code, account in known().items() if code in alone}
    staying = written_on(accounts)
    return len(accounts) - len(staying), list(Account.objects.filter(pk__in=staying).order_by("sort_key", "pk"))


def _coming_again(of: Import) -> list[Path]:
    """Folders of the months of a table that count again once an import of it is taken back."""
    replaced = of.portions.exclude(replaces="").values_list("replaces", flat=True)
    folders = [settings.DATA / "ledger" / "removed" / batch for batch in replaced]
    return [folder for folder in folders if folder.is_dir()]


def names_of_batches(of: Import) -> set[str]:
    """Name the batches an import made, whether they count or not: one, or one for each month of a table."""
    if of.is_pulled:
        return set(of.portions.exclude(batch="").values_list("batch", flat=True))
    return {of.batch} if of.batch else set()


def codes_in(folder: Path) -> list[str]:
    """Read the customer codes of a batch."""
    import pyarrow.parquet as pq

    codes: list[str] = pq.read_table(folder / "dictionaries" / "accounts.parquet", columns=["code"])["code"].to_pylist()
    return codes


def hindrance(
    draft: "Draft", kind: str = Kind.SALES, *, without: Collection[str] = (), live: "Sequence[Manifest] | None" = None
) -> str:
    """Say why the ledger (or who keeps this kind of file) would not take what was read; empty where it would.

    Parameters
    ----------
    without
        Batches that would go for it.
    live
        The batches that count, where somebody has asked for them already.
    """
    if (keeper := keeper_of(kind)) is not None:
        return keeper.hindrance(draft)
    say = words()
    for manifest in live if live is not None else ledger().batches():
        if manifest.batch in without:
            continue
        if draft.currency != manifest.currency:
            return say(CurrencyDiffers(manifest.currency, draft.currency).message)
        known = {(file.sha256, file.sheet) for file in manifest.files}
        for file in draft.files:
            if (file.sha256, file.sheet) in known:
                return say(AlreadyImported(manifest, file).message)
        if draft.content == manifest.content:
            return say(AlreadyImported(manifest, None).message)
    return ""


def overlap(of: Import) -> int:
    """Count the rows of a correction beyond those that were refused and have not come in yet; 0 for other imports."""
    if of.corrects is None or of.accepted is None or not of.is_sales:
        # Lines of deliveries are known by their order: the same line twice is one line.
        return 0
    others = [other for other in corrections_of(of.corrects) if other.pk != of.pk]
    open_rows = (of.corrects.refused or 0) - resolved_rows(of.corrects, others)
    return max(0, of.accepted - open_rows)
