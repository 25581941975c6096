"""Whom and what the names in a file of tenders stand for: accounts, people, reasons."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from django.utils import translation

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User
from anahtar_web.tenders.models import Reason
from anahtar_web.tenders.models.reason import SHIPPED
from anahtar_web.ui.text import fold, sort_key

if TYPE_CHECKING:
    from anahtar_web.tenders.understanding.columns import Columns

AT_ONCE: Final = 500


class Accounts:
    """The accounts that a person sees of those a file names, by code and by name."""

    def __init__(self, columns: "Columns", user: User) -> None:
        self._found: dict[str, set[Account]] = {}
        for account in _named(columns.texts("account"), user):
            kept = account.merged_into or account
            for key in (f"code {account.code.casefold()}", f"name {account.sort_key}"):
                self._found.setdefault(key, set()).add(kept)

    def called(self, text: str) -> set[Account]:
        """Give those of a code, or else of a name."""
        return self._found.get(f"code {text.casefold()}") or self._found.get(f"name {sort_key(text)[:300]}") or set()


def _named(texts: set[str], user: User) -> Iterator[Account]:
    visible = Account.objects.visible_to(user).select_related("merged_into").order_by("pk")
    ordered = sorted(texts)
    for at in range(0, len(ordered), AT_ONCE):
        some = ordered[at : at + AT_ONCE]
        yield from visible.filter(code__in=some)
        yield from visible.filter(sort_key__in=[sort_key(text)[:300] for text in some])


def people_by_name() -> Mapping[str, int]:
    """Give those who work here by name; of two of one name the first."""
    rows = User.objects.filter(is_active=True).order_by("-pk")
    return {fold(name): pk for pk, name in rows.values_list("pk", "name")}


def reasons_by_name() -> Mapping[str, int]:
    """Give reasons by what a file may call them: their names in both languages, and the code of those we ship."""
    found: dict[str, int] = {}
    for reason in Reason.objects.order_by("-place", "-pk"):
        for language in ("tr", "en"):
            with translation.override(language):
                found[fold(str(reason))] = reason.pk
        if reason.code in SHIPPED:
            found[reason.code] = reason.pk
    return found
