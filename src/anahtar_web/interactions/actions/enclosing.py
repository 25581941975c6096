"""Files that came inside mails: laid aside while somebody thinks, checked, and kept with what became of their mail."""

import re
import shutil
import time
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.files import actions as files
from anahtar_web.gate.refusals import Refused
from anahtar_web.interactions.models import Enclosed, Interaction
from anahtar_web.people.models import User

_NAME: Final = re.compile(r"[0-9a-f]{32}")
_LEFT_OVER: Final = 86_400.0
"""Seconds after which a folder of no row belongs to no request any more."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file of a mail that was looked at: it may be kept, or the reason why not."""

    name: str
    checked: files.Checked | None
    refusal: str = ""


def new_folder() -> str:
    """Make a folder for the files of what is read; gives its name."""
    name = uuid.uuid4().hex
    path_of(name).mkdir(mode=0o700)
    return name


def path_of(folder: str) -> Path:
    """Tell where a folder lies; its name is one of ours."""
    if not _NAME.fullmatch(folder):
        raise ValueError(folder)
    above: Path = settings.DATA / "dropped"
    above.mkdir(exist_ok=True, mode=0o700)
    return above / folder


def drop_folders(folders: Collection[str]) -> None:
    """Delete folders once their rows are gone for all to see."""
    for folder in folders:
        if folder:
            transaction.on_commit(partial(shutil.rmtree, path_of(folder), ignore_errors=True), robust=True)


def sweep(known: Collection[str]) -> int:
    """Delete folders that belong to no row, of a process that was killed; returns how many."""
    before = time.time() - _LEFT_OVER
    above: Path = settings.DATA / "dropped"
    found = [path for path in above.iterdir() if path.name not in known] if above.is_dir() else []
    old = [path for path in found if path.stat().st_mtime < before]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)


def look_at(folder: str, told: Mapping[str, Any]) -> list[Looked]:
    """Check every file of a mail: its kind, the virus scanner, pictures drawn anew. Not while a transaction is open."""
    return [_looked(folder, one) for one in told.get("attachments", ())]


def _looked(folder: str, one: Mapping[str, Any]) -> Looked:
    name = str(one["name"])
    try:
        with (path_of(folder) / str(int(one["file"]))).open("rb") as content:
            return Looked(name, files.check(name=name, content=content))
    except FileNotFoundError:
        return Looked(name, None, _("It is no longer there. Take it from the mail."))
    except Refused as refused:
        return Looked(name, None, str(refused))


@transaction.atomic
def enclose(*, interaction: Interaction, looked: Sequence[Looked], by: User | None) -> list[str]:
    """Keep the files of a mail as documents of its account; gives a sentence for each that is not kept."""
    said = []
    for one in looked:
        refusal = one.refusal
        if one.checked is not None:
            try:
                _keep(interaction, one.name, one.checked, by)
            except Refused as refused:
                refusal = str(refused)
            finally:
                one.checked.drop()
        if refusal:
            name = one.name or _("file without a name")
            Enclosed.objects.create(interaction=interaction, name=name[:200], refusal=refusal)
            said.append(f"{name}: {refusal}")
    return said


@transaction.atomic
def _keep(interaction: Interaction, name: str, checked: files.Checked, by: User | None) -> None:
    # The same logo stands below every mail of a company: it is one document.
    document = files.attach(account=interaction.account, name=name, content=checked, by=by, reuse=True)
    Enclosed.objects.get_or_create(interaction=interaction, attachment=document)


def drop_unkept(looked: Mapping[int, Sequence[Looked]]) -> None:
    """Delete what was checked and not kept after all."""
    for every in looked.values():
        for one in every:
            if one.checked is not None:
                one.checked.drop()
