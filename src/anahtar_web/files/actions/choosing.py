"""The documents that somebody chose in the form of another app: some the account has, some brought along."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.files.actions.attaching import attach
from anahtar_web.files.incoming import IncomingFile
from anahtar_web.files.models import Attachment
from anahtar_web.files.queries import files_of
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User


class UnableToChoose(Refused):
    """A document that was chosen is none of the account's."""

    def __init__(self) -> None:
        super().__init__(_("A chosen file is no longer there. Reload the page and choose again."))


@transaction.atomic
def choose(*, account: Account, asked: Iterable[str], brought: Iterable[IncomingFile], by: User) -> list[Attachment]:
    """Give the documents of a `files/_picker.html`: `POST.getlist(name)` and `FILES.getlist(name + "_new")`.

    What is brought along and has the content of a document the account has is that document.

    Raises
    ------
    UnableToChoose
        One of the chosen ones is not the account's.
    Refused
        One of the new ones is not kept; see `attach`.
    """
    wanted = list(dict.fromkeys(asked))
    if not all(text.isdecimal() and len(text) < 19 for text in wanted):
        raise UnableToChoose
    found = {file.pk: file for file in files_of(account).filter(pk__in=[int(text) for text in wanted])}
    if len(found) != len(wanted):
        raise UnableToChoose
    new = [attach(account=account, name=file.name, content=file, by=by, reuse=True) for file in brought]
    return list(dict.fromkeys([*(found[int(text)] for text in wanted), *new]))
