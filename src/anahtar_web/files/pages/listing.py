"""The documents of an account as a list."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.files.actions.removing import may_remove
from anahtar_web.files.kinds import ENDINGS, GROUPS, KINDS
from anahtar_web.files.models import Attachment
from anahtar_web.files.queries import bytes_of, files_of, removed_from
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User
from anahtar_web.ui.written import values

PER_PAGE: Final = 50
_REMOVED: Final = 20

SORTS: Final = {
    "": ("-pk",),
    "name": ("search_key", "pk"),
    "-name": ("-search_key", "pk"),
    "size": ("size", "pk"),
    "-size": ("-size", "pk"),
    "at": ("pk",),
    "-at": ("-pk",),
}
"""Name in the address -> order."""

SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"})
"""Pictures that browsers draw; they were drawn anew by us before."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the list.

    Parameters
    ----------
    of_merged
        The account it came with, merged into this one since.
    """

    file: Attachment
    may_remove: bool
    of_merged: Account | None

    @property
    def shows(self) -> Hashable:
        """Everything that its row shows beside how long ago it came."""
        return (
            values(self.file),
            self.file.by and self.file.by.name,
            self.may_remove,
            self.of_merged and self.of_merged.name,
        )

    @property
    def shown(self) -> bool:
        """Whether the browser can show it."""
        return self.file.media_type in SHOWN


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The list, and the form beside it.

    Parameters
    ----------
    nothing_yet
        Whether the account has no document at all.
    used, room
        Bytes that its documents take, and may take.
    kinds
        Groups of kinds that can be chosen: name, label.
    """

    head: Head
    rows: Sequence[Row]
    page: "Page[Attachment]"
    text: str
    kind: str
    sort: str
    nothing_yet: bool
    removed: Sequence[Attachment]
    used: int
    room: int
    largest: int
    may_attach: bool
    kinds: Sequence[tuple[str, Any]]
    endings: str = ENDINGS

    @classmethod
    def build(cls, account: Account, user: User, filters: Mapping[str, str]) -> Self:
        """Gather the page."""
        text, kind, sort = filters.get("q", "").strip()[:200], filters.get("kind", ""), filters.get("sort", "")
        if sort not in SORTS or (kind and kind not in GROUPS):
            raise BadRequest("no such order or kind")
        found = files_of(account).matching(text).select_related("account").order_by(*SORTS[sort])
        if kind:
            found = found.filter(media_type__in=[one.media_type for one in KINDS if one.group == kind])
        page = Paginator(found, PER_PAGE).get_page(filters.get("page"))
        head, used = Head.build(account, user, "files"), bytes_of(account)
        return cls(
            head=head,
            rows=[_row(file, account, user) for file in page.object_list],
            page=page,
            text=text,
            kind=kind,
            sort=sort,
            nothing_yet=not used and not text and not kind,
            removed=list(removed_from(account)[:_REMOVED]),
            used=used,
            room=settings.ACCOUNT_FILES_BYTES,
            largest=settings.ATTACHMENT_BYTES,
            may_attach=account.merged_into_id is None and user.may(Right.WRITE_DOSSIER),
            kinds=[(name, group.label) for name, group in GROUPS.items() if name != "other"],
        )


def _row(file: Attachment, account: Account, user: User) -> Row:
    merged = file.account_id != account.pk
    may = account.merged_into_id is None and not merged and may_remove(user, file)
    return Row(file, may, file.account if merged else None)


@dataclass(frozen=True, slots=True)
class AttachPage:
    """The form on a page of its own: without a script, and where something was refused."""

    head: Head
    refusals: Sequence[str]
    largest: int
    endings: str = ENDINGS

    @classmethod
    def build(cls, account: Account, user: User, refusals: Sequence[str]) -> Self:
        """Gather the page."""
        return cls(Head.build(account, user, "files"), refusals, settings.ATTACHMENT_BYTES)
