"""Which rows are one tender, what becomes of it, and what holds where its rows contradict each other."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from anahtar_web.tenders.models import LotOutcome, Outcome
from anahtar_web.tenders.understanding.rows import Rows, Said
from anahtar_web.tenders.understanding.told import BroughtTender
from anahtar_web.ui.templatetags.shown import number
from anahtar_web.ui.text import fold

if TYPE_CHECKING:
    from anahtar_web.people.models import User
    from anahtar_web.tenders.understanding.columns import Columns, Row
    from anahtar_web.tenders.understanding.told import Problems

_TEXTS: Final = ("notes", "lessons")
_ONE: Final = ("title", "direction", "currency", "announced_on", "deadline", "decided_on", "owner_id")


def gathered(columns: "Columns", user: "User", problems: "Problems") -> list[BroughtTender]:
    """Make tenders of the rows; rows of one account and reference number are its lots."""
    rows, keys = Rows(columns, user, problems), _Keys(columns)
    found: dict[tuple[int, str], BroughtTender] = {}
    halved: dict[str, list[tuple[int | None, int]]] = {}
    for row in columns.rows():
        said, key = rows.read(row), keys.of(row)
        if said.account is None or said.lot is None or said.fields is None:
            halved.setdefault(key, []).append((said.account.pk if said.account else None, row.number))
            continue
        made = found.get((said.account.pk, key))
        if made is None:
            made = BroughtTender(said.account, key, said.fields, said.reasons, [])
            found[said.account.pk, key] = made
        else:
            _join(made, said, row, problems)
        made.lots.append(said.lot)
        made.competitors += said.competitors
    whole = [one for one in found.values() if not _is_halved(one, halved.get(one.key, ()), problems)]
    return [one for one in whole if _settled(one, problems)]


class _Keys:
    """What rows are known by: their reference number, or all of their cells."""

    def __init__(self, columns: "Columns") -> None:
        self._columns, self._seen = columns, Counter[str]()

    def of(self, row: "Row") -> str:
        """Give the key of a row; of rows that are the same to the letter, each is one."""
        if reference := self._columns.text("reference", row.cells):
            return hashlib.sha256(f"reference {fold(reference[:100])}".encode()).hexdigest()
        whole = json.dumps(row.cells)
        text = json.dumps([row.cells, self._seen[whole]])
        self._seen[whole] += 1
        return hashlib.sha256(text.encode()).hexdigest()


def _join(made: BroughtTender, said: Said, row: "Row", problems: "Problems") -> None:
    """Add what a further row says of the tender as a whole: the first word holds, another one is not lost silently."""
    assert said.fields is not None
    for name in _ONE:
        first, other = made.fields.get(name), said.fields.get(name)
        if first in (None, ""):
            made.fields[name] = other
        elif other not in (None, "", first):
            sentence = _("Row %(row)s says it otherwise for the same tender, and holds.")
            problems.remark(row.number, name.removesuffix("_id"), sentence % {"row": number(made.row)})
    states = {made.fields["state"], said.fields["state"]}
    if len(states) > 1 and not states & {Outcome.WON, Outcome.LOST}:
        sentence = _("Row %(row)s says it otherwise for the same tender, and holds.")
        problems.remark(row.number, "outcome", sentence % {"row": number(made.row)})
    for name in _TEXTS:
        words = [made.fields[name], said.fields[name]]
        made.fields[name] = "\n\n".join(dict.fromkeys(filter(None, words)))
    for name, why in said.reasons.items():
        if made.reasons[name] == (None, ""):
            made.reasons[name] = why
        elif why not in ((None, ""), made.reasons[name]):
            sentence = _("Row %(row)s gives another reason for the same tender, and holds.")
            problems.remark(row.number, name, sentence % {"row": number(made.row)})


def _is_halved(one: BroughtTender, left: Sequence[tuple[int | None, int]], problems: "Problems") -> bool:
    """Leave a tender out of which a row is left out.

    Brought without it, it would be here already when the corrected row comes, which then would go nowhere.
    """
    rows = [row for account, row in left if account in (None, one.account.pk)]
    if not rows:
        return False
    sentence = _("Row %(row)s of the same tender is left out, and a tender comes in whole. Correct that row.")
    for lot in one.lots:
        problems.stop(lot.row, "", sentence % {"row": number(rows[0])})
    return True


def _settled(one: BroughtTender, problems: "Problems") -> bool:
    """Say what became of a tender with several lots, and name its lots apart; False where they contradict."""
    states = {lot.outcome for lot in one.lots}
    if "" in states and len(states) > 1:
        for lot in one.lots:
            sentence = _(
                "Its lots contradict each other: some are decided, others open. Say of each what became of it."
            )
            problems.stop(lot.row, "outcome", sentence)
        return False
    if LotOutcome.WON in states and len(states) > 1:
        one.fields["state"] = Outcome.PARTLY
    elif LotOutcome.LOST in states:
        one.fields["state"] = Outcome.LOST
    if len(one.lots) > 1:
        _name_apart(one.lots)
    return True


def _name_apart(lots: Sequence[Any]) -> None:
    names: Counter[str] = Counter()
    for lot in lots:
        names[fold(lot.name)] += 1
        if not lot.name or names[fold(lot.name)] > 1:
            lot.name = f"{lot.name[:190]} {names[fold(lot.name)]}".strip()
