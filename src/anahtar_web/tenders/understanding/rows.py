"""What one row says: of its account, of its lot, and of its tender."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from anahtar.ledger.files import wire
from anahtar_web.accounts.models import Account
from anahtar_web.tenders.models import LotOutcome, Outcome, Stage
from anahtar_web.tenders.understanding.names import Accounts, people_by_name, reasons_by_name
from anahtar_web.tenders.understanding.states import state_named
from anahtar_web.tenders.understanding.told import BroughtLot
from anahtar_web.ui.templatetags.shown import number, say
from anahtar_web.ui.text import fold

if TYPE_CHECKING:
    from anahtar_web.people.models import User
    from anahtar_web.tenders.understanding.columns import Columns, Row
    from anahtar_web.tenders.understanding.told import Problems

_US: Final = frozenset({"us", "we", "ours", "biz", "bizim", "firmamiz", "kendi", "kendimiz"})
_LOT_OUTCOMES: Final[Mapping[str | None, str]] = {Outcome.WON: LotOutcome.WON, Outcome.LOST: LotOutcome.LOST}
# Asked of every row: Django makes the list of a class anew whenever it is asked for.
_OUTCOMES: Final = frozenset(Outcome.values)
_STAGES: Final = frozenset(Stage.values)
_LONGEST: Final = {"title": 200, "reference": 100, "direction": 120, "lot": 200, "winner": 200}


def broken_rows(broken: Sequence[Sequence[Any]], problems: "Problems") -> None:
    """List the rows that could not be cut into cells: [row, text, why]."""
    what = _("Its cells could not be told apart: %(why)s. Put them right in the file, and bring it again.")
    for row, text, why in broken:
        problems.stop(row, "", what % {"why": say(wire.message_from_json(why))}, text)


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says; a part is None where it cannot be read, which stands among the problems then."""

    account: Account | None
    lot: BroughtLot | None
    fields: dict[str, Any] | None
    reasons: dict[str, tuple[int | None, str]]
    competitors: list[str]


class Rows:
    """Reads one row after the other."""

    def __init__(self, columns: "Columns", user: "User", problems: "Problems") -> None:
        self._columns, self._problems = columns, problems
        self._accounts = Accounts(columns, user)
        self._people = people_by_name() if "owner" in columns.mapping else {}
        self._reasons = reasons_by_name()

    def read(self, row: "Row") -> Said:
        """Read a row."""
        state = self._state(row)
        return Said(
            account=self._account(row),
            lot=self._lot(row, state),
            fields=self._fields(row, state),
            reasons={name: self._why(name, row) for name in ("their_reason", "our_reason")},
            competitors=[name for part in self._text("competitors", row).split(";") if (name := part.strip())],
        )

    # Cells ---------------------------------------------------------------------------------------------------

    def _text(self, name: str, row: "Row") -> str:
        text, most = self._columns.text(name, row.cells), _LONGEST.get(name)
        if most is None or len(text) <= most:
            return text
        sentence = _("It is longer than the %(most)s signs there is room for; what is beyond is left out.")
        self._problems.remark(row.number, name, sentence % {"most": number(most)}, text)
        return text[:most]

    def _stop(self, row: "Row", name: str, sentence: str) -> None:
        text = self._columns.text(name, row.cells)
        self._problems.stop(row.number, name, sentence % {"text": text}, text)

    def _remark(self, row: "Row", name: str, sentence: str) -> None:
        text = self._columns.text(name, row.cells)
        self._problems.remark(row.number, name, sentence % {"text": text}, text)

    def _account(self, row: "Row") -> Account | None:
        text = self._columns.text("account", row.cells)
        found = self._accounts.called(text) if text else set()
        if len(found) == 1:
            return next(iter(found))
        self._stop(
            row,
            "account",
            _("No account is named. Write its code or name into this cell.")
            if not text
            else _("Several accounts are called “%(text)s”. Write the code of the one that is meant.")
            if found
            else _("You see no account of the code or name “%(text)s”. Correct it, or add the account first."),
        )
        return None

    def _state(self, row: "Row") -> str | None:
        state = state_named(self._columns.text("outcome", row.cells))
        if state is None:
            said = _("“%(text)s” is no outcome. Write won, lost, withdrawn, cancelled, no bid, or a stage.")
            self._stop(row, "outcome", said)
        return state

    # The lot -------------------------------------------------------------------------------------------------

    def _lot(self, row: "Row", state: str | None) -> BroughtLot | None:
        prices = {name: column[row.at] for name, column in self._columns.prices.items()}
        broken = [name for name, (_units, bad) in prices.items() if bad]
        for name in broken:
            self._stop(row, name, _("“%(text)s” is no price. Write a number not below zero, or leave the cell empty."))
        if broken or state is None:
            return None
        winner, winner_price = self._winner(row, state, prices.get("winner_price", (None, False))[0])
        return BroughtLot(
            row=row.number,
            name=self._text("lot", row),
            our_price=prices.get("our_price", (None, False))[0],
            rank=self._rank(row),
            outcome=_LOT_OUTCOMES.get(state, LotOutcome.NONE) if state in _OUTCOMES else "",
            winner=winner,
            winner_price=winner_price,
        )

    def _winner(self, row: "Row", state: str, price: int | None) -> tuple[str, int | None]:
        """Give who else won, and for how much; nobody where we did, or nobody has yet."""
        winner = self._text("winner", row)
        is_ours = fold(winner) in _US
        if state in _OUTCOMES and state != Outcome.WON:
            return "" if is_ours else winner, price
        if winner and not is_ours:
            self._remark(row, "winner", _("“%(text)s” won nothing where we won or nobody has; it is left out."))
        return "", None

    def _rank(self, row: "Row") -> int | None:
        text = self._columns.text("rank", row.cells).rstrip(".")
        if not text:
            return None
        if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 1000:
            return int(text)
        self._remark(row, "rank", _("“%(text)s” is no rank; it is left out."))
        return None

    # The tender ----------------------------------------------------------------------------------------------

    def _fields(self, row: "Row", state: str | None) -> dict[str, Any] | None:
        title = self._text("title", row)
        if not title:
            self._stop(row, "title", _("The tender has no title. Write into this cell what was asked for."))
        days = self._days(row, state)
        if days is None or not title or state is None:
            return None
        return {
            **days,
            "title": title,
            "state": state,
            "reference": self._text("reference", row),
            "direction": self._text("direction", row),
            "currency": self._currency(row),
            "notes": self._columns.text("notes", row.cells),
            "lessons": self._columns.text("lessons", row.cells),
            "owner_id": self._owner(row),
        }

    def _days(self, row: "Row", state: str | None) -> dict[str, Any] | None:
        days = {name: column[row.at] for name, column in self._columns.days.items()}
        broken = [name for name, (_day, bad) in days.items() if bad]
        for name in broken:
            self._stop(row, name, _("“%(text)s” is no day. Write it as 2025-12-31, or leave the cell empty."))
        told = {name: day for name, (day, _bad) in days.items()}
        if not broken and state in _OUTCOMES and told.get("decided_on") is None:
            self._stop(row, "decided_on", _("It is decided, and no day says when. Write the day of the decision."))
            return None
        if state in _STAGES and told.get("decided_on") is not None:
            if not broken:
                self._remark(row, "decided_on", _("It is not decided yet, so “%(text)s” is left out."))
            told["decided_on"] = None
        return None if broken else told

    def _currency(self, row: "Row") -> str:
        text = self._columns.text("currency", row.cells).upper().replace("TL", "TRY")
        if text and not re.fullmatch(r"[A-Z]{3}", text):
            self._remark(row, "currency", _("“%(text)s” is no code of a currency; it is left out."))
            return ""
        return text or self._columns.of.options.get("currency", "")

    def _owner(self, row: "Row") -> int | None:
        text = self._columns.text("owner", row.cells)
        if text and fold(text) not in self._people:
            self._remark(row, "owner", _("Nobody here is called “%(text)s”; the tender is left without an owner."))
        return self._people.get(fold(text)) if text else None

    def _why(self, name: str, row: "Row") -> tuple[int | None, str]:
        """Give a reason of the list by its key; another one keeps its words, as the last resort of the list."""
        text = self._columns.text(name, row.cells)
        key = self._reasons.get(fold(text)) if text else None
        return (key, "") if key or not text else (self._reasons.get("other"), text)
