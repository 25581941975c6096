"""Those who moved in the matrix as a file: the list of the page, whole."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anahtar.money import to_decimal
from anahtar_web.insight.actions.exporting import MovesTaken
from anahtar_web.insight.columns import Kind
from anahtar_web.insight.exports import AT_ONCE, Sheet, remark
from anahtar_web.insight.pages.matrix.moves import moved_of
from anahtar_web.insight.pages.matrix.ways import kinds_in_words

_KINDS: Final = (Kind.NAME, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.MONEY, Kind.MONEY, Kind.MONEY, Kind.KEY)


def sheet_of(taken: MovesTaken) -> Sheet:
    """Give the list as it was taken out."""
    heads = [
        *(
            _("Account"),
            _("Code"),
            pgettext("in the matrix", "Move"),
            pgettext("in the matrix", "From"),
            pgettext("in the matrix", "To"),
        ),
        *(_("A year ago"), _("Now"), _("Difference"), _("Key account")),
    ]
    about = _("Who moved in a year") + (f" · {taken.filter}" if taken.filter else "")
    return Sheet(_("Moves"), heads, _KINDS, _rows(taken), (remark(taken), about), str(taken.by))


def _rows(taken: MovesTaken) -> Iterator[list[Any]]:
    words = kinds_in_words()
    for at in range(0, taken.moves.num_rows, AT_ONCE):
        for one in moved_of(taken.moves.slice(at, AT_ONCE).to_pylist(), taken.by, taken.run):
            amounts = (one.value_year_ago, one.value, one.difference)
            key = _("yes") if one.key else _("no")
            yield [one.name, one.code, words[one.kind], one.before, one.after, *map(to_decimal, amounts), key]
