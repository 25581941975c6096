"""Documents as part of another form: those the account has, to be ticked, and a place to drop new ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Self

from anahtar_web.accounts.models import Account
from anahtar_web.files.kinds import ENDINGS
from anahtar_web.files.models import Attachment
from anahtar_web.files.queries import files_of

_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Picker:
    """What `files/_picker.html` shows.

    Parameters
    ----------
    files
        The latest documents of the account, those that are chosen first.
    chosen
        Keys of those that are ticked.
    name
        Of the field; new files come in as `<name>_new`.
    """

    files: Sequence[Attachment]
    chosen: frozenset[int]
    name: str = "documents"
    endings: str = ENDINGS

    @classmethod
    def build(cls, account: Account, *, chosen: Collection[int] = (), name: str = "documents") -> Self:
        """Read the documents of an account that the person sees; two queries."""
        kept = frozenset(chosen)
        rows = files_of(account)
        first, latest = (rows.filter(pk__in=kept) if kept else []), rows.exclude(pk__in=kept)[:_MOST]
        return cls([*first, *latest], kept, name)
