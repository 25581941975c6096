"""Files come in: they are kept, and a job has a first look at them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.ledger.files.wire import options_from_json, options_to_json
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import FileKind
from anahtar_web.audit.actions import record
from anahtar_web.files.incoming import IncomingFile
from anahtar_web.gate.refusals import Refused
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.actions.moving import ask
from anahtar_web.ledgers.models import Import, Kind, Purpose, State, StoredFile
from anahtar_web.ledgers.queries import Known, known_files


class UnableToUpload(Refused):
    """The files cannot become an import."""


class FilesAreKnown(UnableToUpload):
    """Files of the form are in the ledger, or in an import under way.

    Attributes
    ----------
    known
        Which, and where.
    """

    def __init__(self, known: Sequence[Known]) -> None:
        names = ", ".join(file.name for file in known)
        super().__init__(
            ngettext("%(names)s is here already.", "%(names)s are here already.", len(known)) % {"names": names}
        )
        self.known = known


@transaction.atomic
def upload(
    *,
    files: Sequence[IncomingFile],
    by: Any,
    corrects: Import | None = None,
    again: bool = False,
    options: ReadOptions | None = None,
    rates: IncomingFile | None = None,
    kind: str = Kind.SALES,
) -> Import:
    """Keep uploaded files as a new import, and have a job look at them.

    Parameters
    ----------
    files
        One import is made of all of them.
    corrects
        The import whose refused rows they bring, corrected; its decisions about reading are used again.
    options, rates
        What is decided already (at the terminal).
    kind
        What their rows are; those that correct an import are what its rows were.
    again
        The person knows that these files are here (another sheet of a workbook, for one).

    Raises
    ------
    UnableToUpload
        There is no file, or one of them is there twice.
    FilesAreKnown
        A file is in the ledger or in an import under way.
    """
    _refuse_twice(files)
    if not again and (known := known_files([(file.name, file.sha256) for file in files])):
        raise FilesAreKnown(known)
    kind = corrects.kind if corrects else kind
    made = Import.objects.create(
        kind=kind,
        by=by,
        title=", ".join(file.name for file in files)[:300],
        state=State.LOOKING,
        options=options_to_json(options or (_meanings(corrects) if corrects else ReadOptions(kind=FileKind(kind)))),
        mapping=corrects.mapping if corrects else None,
        corrects=corrects,
    )
    for file in files:
        keep_file(made, file, Purpose(kind))
    if rates is not None:
        keep_file(made, rates, Purpose.RATES)
    after: dict[str, Any] = {"files": [file.name for file in files]}
    if corrects is not None:
        after["corrects"] = corrects.number
    record("import.uploaded", made, by=by, after=after)
    return ask(made, "ledgers.peek", by=by)


def _meanings(corrected: Import) -> ReadOptions:
    """What was decided about columns, signs and rows; how the file was opened belongs to that file."""
    options = options_from_json(corrected.options)
    return replace(options, encoding=None, delimiter=None, sheet=None, header_row=None, refuse_above=None)


def _refuse_twice(files: Sequence[IncomingFile]) -> None:
    if not files:
        raise UnableToUpload(_("Choose at least one file."))
    seen: dict[str, IncomingFile] = {}
    for file in files:
        if file.sha256 in seen:
            sentence = _("%(one)s and %(other)s are the same file. Leave one of them out.")
            raise UnableToUpload(sentence % {"one": seen[file.sha256].name, "other": file.name})
        seen[file.sha256] = file


def keep_file(of: Import, file: IncomingFile, purpose: Purpose) -> StoredFile:
    """Keep an uploaded file of an import under the random name it came in with."""
    kept = StoredFile.objects.create(
        of=of,
        purpose=purpose,
        name=file.name,
        stored=file.path.name,
        bytes=file.size,
        sha256=file.sha256,
    )
    storage.keep(file, storage.path_of(kept))
    return kept
