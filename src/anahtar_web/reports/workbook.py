"""The report as a workbook: the portfolio of the filter in the sheets of the command line's."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from anahtar.report.figures import Headline
from anahtar.report.workbook import KeyRow, Selection, write_selection
from anahtar.rules.strategy import CELLS
from anahtar_web.gate.rights import Field
from anahtar_web.insight.models import Standing
from anahtar_web.insight.pages.portfolio.headline import Figure
from anahtar_web.reports.document import Made, contents
from anahtar_web.reports.rows import ROWS
from anahtar_web.strategies.queries import in_force
from anahtar_web.ui.templatetags.shown import words

if TYPE_CHECKING:
    from anahtar_web.people.models import User
    from anahtar_web.reports.gathering import Gathered

_FACTS: Final = ("state", "last_purchase", "first_purchase", "expected_by", "days_late", "gap_median", "silence", "key")
"""What a standing says of an account whatever the months of the filter."""


def write(found: "Gathered", made: Made, path: Path) -> None:
    """Write the workbook of what a person may see."""
    reckoned, told = found.asking.reckoned, contents(found, made)
    codes = _codes(found)
    selection = Selection(
        portfolio=reckoned.portfolio,
        facts=_facts(found, codes),
        figures=[_headline(one) for one in found.figures.headline],
        remarks=_remarks(told),
        key=reckoned.decided if reckoned.is_decided else reckoned.key,
        keys=[_key(one, row) for one, row in zip(found.keys.rows, told["keys"]["rows"], strict=True)],
        more_keys=found.keys.more,
        left_out=_left_out(made.by, found),
        whole=not found.own and not found.asking.asked.narrowed,
        most=ROWS,
        strategies={code: one.short for code, one in in_force(CELLS).items() if one.is_own},
    )
    write_selection(selection, path, words(), company=made.company)


def _codes(found: "Gathered") -> Sequence[str]:
    portfolio = found.asking.reckoned.portfolio
    codes: list[str] = portfolio.slice.table["code"].take(portfolio.rows[:ROWS]).to_pylist()
    return codes


def _facts(found: "Gathered", codes: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    rows = Standing.objects.filter(run=found.run, account__code__in=codes).select_related("account")
    return {row.account.code: _facts_of(row) for row in rows.order_by("account")}


def _facts_of(row: Standing) -> Mapping[str, Any]:
    told = {name: getattr(row, name) for name in _FACTS if getattr(row, name) is not None}
    return {**told, "types": row.type_list, "candidate_for": row.candidate_list}


def _headline(figure: Figure) -> Headline:
    rising = {"good": True, "bad": False}.get(figure.tone)
    note = " · ".join(part for part in (figure.delta, figure.note, figure.beside) if part)
    return Headline(figure.label, figure.value, note, rising)


def _remarks(told: Mapping[str, Any]) -> Sequence[str]:
    asked = " · ".join(f"{label}: {value}" for label, value in told["filter"])
    return [f"{told['months']} {told['against']}", asked, told["of"], *told["trust"]["lines"], *told["made"]]


def _key(one: Any, row: Mapping[str, Any]) -> KeyRow:
    decided = f"{row['decided']} {row['on']}".strip()
    return KeyRow(
        one.standing.account.code, row["name"], decided, row["ledger"], row["manager"], one.value, one.share, one.change
    )


def _left_out(user: "User", found: "Gathered") -> frozenset[str]:
    """Say which columns are not for a person; without a cost there is nothing in them either."""
    known = found.run.profit is not None
    profit = () if known and user.sees(Field.PROFIT) else ("profit",)
    margin = () if known and user.sees(Field.MARGIN) else ("margin",)
    return frozenset((*profit, *margin))
