"""The first rows under choices that nobody has sent yet: the files are looked at again, in the child process."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from anahtar.ledger.files.wire import options_from_json
from anahtar.ledger.roles import ROLES, FileKind, Role
from anahtar.words import Refusal
from anahtar_web.ledgers.actions.reading import glance
from anahtar_web.ledgers.forms import ColumnsForm
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.pages.file import peek_of
from anahtar_web.ledgers.pages.mapping import Preview, chosen_columns, one_kind_of_sheet, reasons
from anahtar_web.ledgers.wording import on_screen
from anahtar_web.ui.templatetags.shown import words

_CHILDREN: Final = threading.BoundedSemaphore(2)
"""How many looks one web process has at a time: each is a process of its own."""


def columns_form(of: Import, data: Any) -> ColumnsForm:
    """Make the form of an import that has been looked at."""
    peek = peek_of(of)
    assert peek is not None
    chosen = chosen_columns(of, peek)
    return ColumnsForm(data, initial=chosen, columns=peek.sheets[0].columns, kind=FileKind(of.kind))


def said_with(of: Import, form: ColumnsForm) -> dict[Role, str]:
    """Give what a sent form says of the columns.

    Where all sheets have the same columns, every role is said: what stands on the screen is what is read. Where they
    differ, only what a person changed is; the rest is recognised in each sheet by itself.
    """
    peek = peek_of(of)
    assert peek is not None
    columns = form.columns()
    if one_kind_of_sheet(peek):
        return columns
    known = peek.sheets[0].mapping
    said = options_from_json(of.options).columns
    return {role: name for role, name in columns.items() if name != known.get(role, "") or role in said}


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The preview, or why there is none."""

    preview: Preview | None
    failure: str
    whys: Sequence[str]

    @classmethod
    def build(cls, *, of: Import, choices: Mapping[str, str]) -> Self:
        """Look at the files with these choices."""
        whys = [role.value for role in ROLES[FileKind(of.kind)]]
        form = columns_form(of, {"version": of.version, **dict(choices.items())})
        form.drafting = True
        if not form.is_valid():
            return cls(None, _("These choices make no sense. Reload the page."), whys)
        if not _CHILDREN.acquire(blocking=False):
            return cls(None, _("Too many previews at once. Change a column again in a moment."), whys)
        try:
            options = replace(options_from_json(of.options), columns=said_with(of, form), **form.signs)
            found, looked_at = glance(of, options), peek_of(of)
            assert looked_at is not None
            why = reasons(of, looked_at.sheets[0], found.sheets[0].mapping)
            return cls(Preview.of(found, why, FileKind(of.kind)), "", whys)
        except Refusal as refusal:
            return cls(None, on_screen(words()(refusal.message)), whys)
        finally:
            _CHILDREN.release()
