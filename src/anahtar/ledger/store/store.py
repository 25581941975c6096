"""The ledger on disk: a folder of batches, and the chain of manifests that says which of them count.

    manifests/0001.json 0002.json …   each names the one before by its SHA-256
    head.json                         names the last one
    batches/0001-3f2a…/               the parts of a batch (anahtar.ledger.schema)
    removed/0001-3f2a…/               what was taken back

A batch counts from the moment its manifest has its name; its data wait beside, as `batches/.incoming-0001-3f2a…`,
and get their own name after that. So a kill at any point leaves the ledger as it was or as it was to be: what has no
manifest is swept by the next opening, what has one is finished. A batch under its own name is never swept; if no
manifest names it, the ledger is damaged and says so.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

from anahtar.ledger.manifest import Draft, Manifest, SourceFile
from anahtar.ledger.store import durable
from anahtar.ledger.store.integrity import HEAD, Chain, check_parts, read_chain
from anahtar.ledger.store.locks import locked
from anahtar.ledger.store.settling import INCOMING, STAGING, append, check_folders, is_blank, sweep, write_head
from anahtar.words import Message, Refusal, say


class UnableToOpen(Refusal):
    """The folder is no ledger, or cannot become one."""


class UnableToFindBatch(Refusal):
    """No live batch has that name."""

    def __init__(self, name: str, live: list[Manifest]) -> None:
        names = ", ".join(manifest.batch for manifest in live) or "–"
        super().__init__(say("There is no batch “{name}”. The batches are: {names}.", name=name, names=names))


class UnableToAdd(Refusal):
    """The batch cannot become part of this ledger."""


class AlreadyImported(UnableToAdd):
    """The same file, or the same lines under another name, are in the ledger."""

    def __init__(self, batch: Manifest, file: SourceFile | None) -> None:
        super().__init__(_known_file(batch, file) if file else _known_content(batch))
        self.manifest = batch


class CurrencyDiffers(UnableToAdd):
    """The ledger is in another currency than the batch."""

    def __init__(self, ledger: str, batch: str) -> None:
        super().__init__(
            say(
                "The ledger is in {ledger}, these lines are in {batch}; the two cannot be added up. Give the ledger's "
                "currency and rates into it: --currency {option} --rates FILE.",
                ledger=_currency(ledger),
                batch=_currency(batch),
                option=ledger or batch,
            )
        )


def _currency(code: str) -> str | Message:
    return code or say("no named currency")


def _known_file(batch: Manifest, file: SourceFile) -> Message:
    return say(
        "{file} is already in the ledger: batch {batch}, imported {made_at}. Nothing was added.",
        file=file.name,
        batch=batch.batch,
        made_at=datetime.fromisoformat(batch.made_at),
    )


def _known_content(batch: Manifest) -> Message:
    return say(
        "The same lines are already in the ledger under the name {files}: batch {batch}, imported {made_at}. "
        "Nothing was added.",
        files=", ".join(file.name for file in batch.files),
        batch=batch.batch,
        made_at=datetime.fromisoformat(batch.made_at),
    )


def is_ledger(folder: Path) -> bool:
    """Whether the folder is a ledger, in whatever state."""
    return (folder / "manifests").is_dir() or (folder / HEAD).is_file()


class Ledger:
    """A ledger in a folder. `Ledger.open` and `Ledger.create` make one; several processes may use it at once.

    Attributes
    ----------
    path
        The ledger's folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, folder: Path) -> "Ledger":
        """Make an empty ledger in a folder that is absent or empty.

        Raises
        ------
        UnableToOpen
            The folder holds something.
        """
        if folder.exists() and not folder.is_dir():
            raise UnableToOpen(say("{folder} is no folder.", folder=str(folder)))
        folder.mkdir(parents=True, exist_ok=True)
        ledger = cls(folder)
        with locked(folder, fcntl.LOCK_EX):
            if not is_blank(folder):
                raise UnableToOpen(
                    say("{folder} is not empty; a ledger wants a folder of its own.", folder=str(folder))
                )
            (folder / "batches").mkdir(exist_ok=True)
            (folder / "manifests").mkdir(exist_ok=True)
            write_head(folder, 0, "")
        durable.sync(folder.parent)
        return ledger

    @classmethod
    def open(cls, folder: Path) -> "Ledger":
        """Open a ledger, and sweep what a killed import left in it, unless somebody is importing right now.

        Raises
        ------
        UnableToOpen
            There is no ledger in the folder.
        DamagedLedger
            The chain of manifests is not what was written.
        """
        if not is_ledger(folder):
            raise UnableToOpen(say("{folder} is no ledger.", folder=str(folder)))
        if is_blank(folder):
            return cls.create(folder)
        ledger = cls(folder)
        ledger._settle()
        return ledger

    def batches(self) -> list[Manifest]:
        """The live batches, oldest first; the chain of manifests is checked, the parts are not (see `verify`).

        Raises
        ------
        DamagedLedger
            The chain of manifests is not what was written.
        """
        self._settle()
        with locked(self.path, fcntl.LOCK_SH):
            return read_chain(self.path).live

    def batch(self, name: str) -> Manifest:
        """The live batch of a name, or of a number (`3` for `0003-…`).

        Raises
        ------
        UnableToFindBatch
            Names the batches there are.
        """
        return _find(name, self.batches())

    def folder(self, manifest: Manifest) -> Path:
        """The folder of a live batch: `lines/`, `dictionaries/`, `aside.parquet`, `problems.parquet`."""
        return self.path / "batches" / manifest.batch

    def verify(self) -> None:
        """Check every byte of every live batch and the chain; call it before any figure is computed.

        Raises
        ------
        DamagedLedger, DamagedBatch
            Names the batch and the part that is missing, too many, cut short or changed.
        """
        self._settle()
        with locked(self.path, fcntl.LOCK_SH):
            chain = read_chain(self.path)
            check_folders(self.path, chain)
            for manifest in chain.live:
                check_parts(self.folder(manifest), manifest.batch, manifest.parts)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Give an empty folder to read an import into, on the ledger's own disk, gone at the end.

        It is held by a lock as long as its process lives, so that the next opening can tell a running import from
        a killed one.
        """
        with ExitStack() as until_the_end:
            # Under the ledger's lock, or a sweep could take the folder for a dead one before it is locked itself.
            with locked(self.path, fcntl.LOCK_EX):
                folder = self.path / f"{STAGING}{os.getpid()}-{os.urandom(4).hex()}"
                (folder / "batch").mkdir(parents=True)
                until_the_end.enter_context(locked(folder, fcntl.LOCK_EX))
            until_the_end.callback(durable.delete, folder)
            yield folder / "batch"

    def refuse_known(self, paths: Iterable[Path]) -> None:
        """Refuse files that are in the ledger already, before they are read.

        A file is hashed only where a live batch came from one of the same size, so a new file costs nothing.
        The same lines in another form are found by `add`.

        Raises
        ------
        AlreadyImported
            Names the batch and when it was imported.
        """
        known = [(manifest, file) for manifest in self.batches() for file in manifest.files]
        for path in filter(Path.is_file, paths):
            size = path.stat().st_size
            candidates = [(manifest, file) for manifest, file in known if file.bytes == size]
            digest = _sha256(path) if candidates else ""
            for manifest, file in candidates:
                if file.sha256 == digest:
                    raise AlreadyImported(manifest, file)

    def add(self, draft: Draft, staging: Path, *, made_at: str) -> Manifest:
        """Make a read batch part of the ledger. A second import at the same time waits for this one.

        Parameters
        ----------
        draft
            What was read.
        staging
            The folder with the draft's parts; it is moved into the ledger, or copied from another disk.
        made_at
            ISO time of the import.

        Raises
        ------
        AlreadyImported
            A file of the draft, or all of its lines, are in a live batch.
        CurrencyDiffers
            The live batches are in another currency.
        DamagedLedger, DamagedBatch
            The ledger, or what was read, is not what was written.
        """
        with locked(self.path, fcntl.LOCK_EX):
            chain = read_chain(self.path)
            sweep(self.path, chain)
            _refuse_known(draft, chain.live)
            check_parts(staging, f"({', '.join(file.name for file in draft.files)})", draft.parts)
            manifest = _manifest(draft, len(chain.manifests) + 1, chain.last, made_at)
            durable.move_folder(staging, self.path / "batches" / (INCOMING + manifest.batch))
            append(self.path, manifest)
            sweep(self.path, read_chain(self.path))
            return manifest

    def remove(self, batch: str, *, made_at: str) -> Manifest:
        """Take a batch back: it counts no more, its data moves to `removed/`, its manifest stays in the chain.

        Returns
        -------
        Manifest
            The entry of the removal; it names the files, rows and sums that are gone.

        Raises
        ------
        UnableToFindBatch
            Names the batches there are.
        """
        with locked(self.path, fcntl.LOCK_EX):
            chain = read_chain(self.path)
            sweep(self.path, chain)
            taken = _find(batch, chain.live)
            number = len(chain.manifests) + 1
            manifest = replace(taken, number=number, removes=True, made_at=made_at, previous=chain.last)
            append(self.path, manifest)
            sweep(self.path, read_chain(self.path))
            return manifest

    def exchange(
        self, gone: Iterable[str], drafts: Sequence[tuple[Draft, Path]], *, again: Iterable[str] = (), made_at: str
    ) -> list[Manifest]:
        """Take batches back and add others in their place, as one import: nobody looks between, and all is asked first.

        A kill in the middle leaves some of it done; whoever does it again leaves out what the chain shows, and finds
        the folders of its drafts as they were: unlike `add`, this one does not move them away.

        Parameters
        ----------
        gone
            Live batches that are taken back.
        drafts
            What was read, and the folder of its parts; as for `add`.
        again
            Batches taken back before that count again, under a name of their own.
        made_at
            ISO time of the import.

        Returns
        -------
        list[Manifest]
            The batches that were added, those that came again last.

        Raises
        ------
        UnableToFindBatch, AlreadyImported, CurrencyDiffers, DamagedLedger, DamagedBatch
            As for `add` and `remove`; then nothing was changed.
        """
        with locked(self.path, fcntl.LOCK_EX), tempfile.TemporaryDirectory(prefix="anahtar-again-") as name:
            chain = read_chain(self.path)
            sweep(self.path, chain)
            taken = list({found.batch: found for found in (_find(batch, chain.live) for batch in gone)}.values())
            coming = [*drafts, *(_copied(self.path, chain, batch, Path(name)) for batch in dict.fromkeys(again))]
            live = [manifest for manifest in chain.live if manifest not in taken]
            for draft, folder in coming:
                _refuse_known(draft, live)
                check_parts(folder, f"({', '.join(file.name for file in draft.files)})", draft.parts)
                live.append(_manifest(draft, 0, "", made_at))
            number, last, added = len(chain.manifests), chain.last, []
            for manifest in taken:
                number += 1
                last = append(self.path, replace(manifest, number=number, removes=True, made_at=made_at, previous=last))
            for draft, folder in coming:
                number += 1
                manifest = _manifest(draft, number, last, made_at)
                durable.copy_folder(folder, self.path / "batches" / (INCOMING + manifest.batch))
                last = append(self.path, manifest)
                added.append(manifest)
            sweep(self.path, read_chain(self.path))
            return added

    def _settle(self) -> None:
        """Sweep what a killed import left, unless somebody is at work, who did so before beginning."""
        with locked(self.path, fcntl.LOCK_EX | fcntl.LOCK_NB) as held:
            if held and os.access(self.path, os.W_OK):
                sweep(self.path, read_chain(self.path))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _find(name: str, live: list[Manifest]) -> Manifest:
    for manifest in live:
        if name == manifest.batch or (name.isdecimal() and int(name) == manifest.number):
            return manifest
    raise UnableToFindBatch(name, live)


def _refuse_known(draft: Draft, live: list[Manifest]) -> None:
    for manifest in live:
        if draft.currency != manifest.currency:
            raise CurrencyDiffers(manifest.currency, draft.currency)
        known = {(file.sha256, file.sheet) for file in manifest.files}
        for file in draft.files:
            if (file.sha256, file.sheet) in known:
                raise AlreadyImported(manifest, file)
        # Imports without a line are all alike, and none of them is counted twice.
        if draft.tally.accepted and draft.content == manifest.content:
            raise AlreadyImported(manifest, None)


def _copied(ledger: Path, chain: Chain, batch: str, to: Path) -> tuple[Draft, Path]:
    """A batch that was taken back, as a draft beside the ledger's own folders."""
    found = next((one for one in chain.manifests if one.batch == batch and batch in chain.dead), None)
    if found is None:
        raise UnableToFindBatch(batch, [one for one in chain.manifests if one.batch in chain.dead])
    shutil.copytree(ledger / "removed" / batch, to / batch)
    told = {field.name: getattr(found, field.name) for field in fields(Draft) if field.name != "because"}
    return Draft(**told, because={}), to / batch


def _manifest(draft: Draft, number: int, previous: str, made_at: str) -> Manifest:
    return Manifest(
        number=number,
        batch=f"{number:04d}-{draft.content[:12]}",
        removes=False,
        made_at=made_at,
        previous=previous,
        content=draft.content,
        files=draft.files,
        parts=draft.parts,
        mapping=draft.mapping,
        tally=draft.tally,
        kinds=draft.kinds,
        oddities=draft.oddities,
        currency=draft.currency,
        accounts=draft.accounts,
        first_date=draft.first_date,
        last_date=draft.last_date,
    )
