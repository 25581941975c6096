"""A person is erased: rows, versions, words of others, index, documents if asked; and stays so after a restore."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.queries import survivor
from anahtar_web.audit.actions import record
from anahtar_web.files.actions.removing import drop_unneeded
from anahtar_web.files.models import Attachment
from anahtar_web.files.queries import files_of
from anahtar_web.gate.refusals import Refused
from anahtar_web.interactions.actions import forget
from anahtar_web.people.models import User
from anahtar_web.privacy import journal
from anahtar_web.privacy.holders import counts, holders
from anahtar_web.privacy.models import Erasure
from anahtar_web.privacy.naming import Naming
from anahtar_web.privacy.places import Place, digest, places, take_out
from anahtar_web.search.actions import look_again
from anahtar_web.stakeholders import actions as stakeholders
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.mentions import words_of_name


class UnableToErase(Refused):
    """The person stays."""


@transaction.atomic
def erase(
    *,
    who: Stakeholder,
    reason: str,
    by: User,
    files: Sequence[int] = (),
    doubtful: Collection[str] = (),
    seen: str | None = None,
) -> Erasure:
    """Erase a person for good.

    Parameters
    ----------
    reason
        Why; without the name of the person, because it stays.
    files
        Keys of documents of the account that go, too.
    doubtful
        Keys of places where somebody who knows says that it is this person.
    seen
        Digest of the places that were looked at; None: nobody looked, and only what is certain goes.

    Raises
    ------
    UnableToErase
        There is no reason, it names the person, a document is none of the account's, or more was written since.
    UnableToChangeMerged
        The account goes on under another.
    """
    if not Stakeholder.objects.select_for_update().filter(pk=who.pk).exists():
        raise UnableToErase(_("The person was erased meanwhile."))
    home, naming = survivor(who.account), Naming.of(who)
    _refuse_telling(naming, reason)
    found = list(places(who, naming))
    if seen is not None and seen != digest(found):
        raise UnableToErase(_("Somebody has written of the person meanwhile. Look at the list of places again."))
    gone = list(files_of(home).filter(pk__in=list(files)))
    if len(gone) != len(set(files)):
        raise UnableToErase(_("A chosen file is no longer there. Reload the page and choose again."))
    made = Erasure.objects.create(
        stakeholder=who.pk,
        written_at=who.recorded_at,
        account=home,
        reason=reason.strip(),
        by=by,
        counts=counts(who),
        files=sorted(file.pk for file in gone),
    )
    line = journal.Line(
        at=timezone.now().isoformat(),
        stakeholder=made.stakeholder,
        written_at=made.written_at.isoformat(),
        account=home.pk,
        files=tuple((file.pk, file.digest) for file in gone),
        places=tuple(sorted(set(doubtful) & {place.key for place in found})),
    )
    made.counts |= _take_out(who, gone, found, naming, line.places, by=by, verb="personal_data.erased")
    made.save(update_fields=["counts"])
    # Last, and before the commit: a line too much erases once more what was meant to go, one too few brings it back.
    journal.append(line)
    return made


def _refuse_telling(naming: Naming, reason: str) -> None:
    if not reason.strip():
        raise UnableToErase(_("Say why the person is erased."))
    alone = {name[0] for name in naming.names if len(name) == 1}
    if any(one.sure for one in naming.named.find(reason)) or alone.intersection(words_of_name(reason)):
        raise UnableToErase(_("The reason stays when the person is gone. Write it without the name."))


def _take_out(
    who: Stakeholder,
    files: Iterable[Attachment],
    found: Sequence[Place],
    naming: Naming,
    doubtful: Collection[str],
    *,
    by: User | None,
    verb: str,
) -> dict[str, int]:
    """Take it out of everything; gives how much that was of what no key leads to, by holder."""
    _overwrite()
    home = survivor(who.account)
    forget(emails=naming.emails, names=naming.names, accounts=naming.home)
    # Before names are taken out of words, by which they find what they hold.
    held = {holder.name: count for holder in holders() if (count := holder.erase(who))}
    changed = take_out(found, naming, doubtful)
    for file in files:
        _blank(file, by or file.by)
    key = who.pk
    stakeholders.erase(who=who, by=by)
    # After the row: the index of the search looks again at what the account holds.
    record(verb, home, by=by, after={"stakeholder": key}, account=home.pk)
    for model, rows in changed.items():
        look_again(model, rows)
    _forget_words()
    return held


def _blank(file: Attachment, by: Any) -> None:
    """Take name and content of a document away. The row stays empty: others may refer to it."""
    ending = file.kind.endings[0]
    Attachment.objects.filter(pk=file.pk).update(
        name=f"{file.pk}.{ending}",
        search_key=f"{file.pk} {ending}",
        digest="",
        removed_at=timezone.now(),
        removed_by=by,
        removal_reason="erased",
    )
    transaction.on_commit(partial(drop_unneeded, file.digest), robust=True)


def _overwrite() -> None:
    """Have SQLite write zeros where something was, instead of only forgetting where it is."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _forget_words() -> None:
    """Have the index of the search forget words of texts that are gone; it would carry them along until a merge."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('optimize')")
        transaction.on_commit(_empty_the_log, robust=True)


def _empty_the_log() -> None:
    """Have SQLite bring the database up to date and cut its log, in which the pages stand as they were."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@transaction.atomic
def replay(lines: Iterable[journal.Line]) -> int:
    """Erase again whom a restore has brought back; how many there were.

    A key alone is not enough: after a restore keys are given anew, and the next person would be taken for the last.
    """
    return sum(_again(line) for line in lines)


def _again(line: journal.Line) -> bool:
    who = Stakeholder.objects.filter(pk=line.stakeholder, recorded_at=line.moment).select_related("account").first()
    files = [
        file
        for key, digest in line.files
        if (file := Attachment.objects.filter(pk=key, digest=digest).select_related("by").first()) is not None
    ]
    if who is None and not files:
        return False
    if who is None:
        for file in files:
            _blank(file, file.by)
        return True
    home = survivor(who.account)
    Erasure.objects.get_or_create(
        stakeholder=who.pk,
        written_at=who.recorded_at,
        defaults={"account": home, "counts": counts(who), "files": sorted(file.pk for file in files)},
    )
    naming = Naming.of(who)
    found = list(places(who, naming))
    _take_out(who, files, found, naming, line.places, by=None, verb="personal_data.erased_again")
    return True
