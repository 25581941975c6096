"""Words for what the core writes as codes: verdicts, oddities, stages."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from anahtar.ledger.options import DateOrder
from anahtar.ledger.peek import DecimalSign
from anahtar.ledger.problems import Kind, Verdict
from anahtar_web.ui.templatetags.shown import number

VERDICTS: Final = {
    Verdict.REFUSED: _("refused"),
    Verdict.SET_ASIDE: _("set aside"),
    Verdict.ACCEPTED: _("accepted, noted"),
}

_LEFT_OUT: Final = _("left out")
_TONES: Final = {Verdict.REFUSED: "bad", Verdict.SET_ASIDE: "warn", Verdict.ACCEPTED: "info"}


def did_with(kind: str, verdict: str) -> Any:
    """Say what was done with rows of a problem. A total row is no sale: it is left out, whatever its verdict."""
    return _LEFT_OUT if kind == Kind.TOTAL_ROW else VERDICTS[Verdict(verdict)]


def tone_of(kind: str, verdict: str) -> str:
    """Give the colour beside what was done."""
    return "" if kind == Kind.TOTAL_ROW else _TONES[Verdict(verdict)]


def oddity(name: str, count: int) -> str:
    """Say a count that is worth a look; empty for one that this version has no words for, or that is told elsewhere."""
    match name:
        case "accounts_with_several_names":
            text = ngettext(
                "%(n)s account has several names; the latest counts.",
                "%(n)s accounts have several names; the latest counts.",
                count,
            )
        case "accounts_with_several_groups":
            text = ngettext(
                "%(n)s account stands in several groups; the latest counts.",
                "%(n)s accounts stand in several groups; the latest counts.",
                count,
            )
        case "accounts_with_several_regions":
            text = ngettext("%(n)s account buys in several regions.", "%(n)s accounts buy in several regions.", count)
        case "accounts_sharing_a_name":
            text = ngettext(
                "%(n)s account has the name of another one under another code: perhaps the same company.",
                "%(n)s accounts have the name of another one under another code: perhaps the same companies.",
                count,
            )
        case "products_with_several_names":
            text = ngettext("%(n)s product has several names.", "%(n)s products have several names.", count)
        case "invoices_with_several_dates":
            text = ngettext(
                "%(n)s invoice has lines of several days.", "%(n)s invoices have lines of several days.", count
            )
        case "unread_cells_beside_the_amount":
            text = ngettext(
                "%(n)s cell beside the amount (cost, quantity) could not be read and counts as unknown.",
                "%(n)s cells beside the amount (cost, quantity) could not be read and count as unknown.",
                count,
            )
        case "numbers_rounded_to_four_places":
            text = ngettext(
                "%(n)s number had more than four decimals and was rounded.",
                "%(n)s numbers had more than four decimals and were rounded.",
                count,
            )
        case "lines_without_currency":
            text = ngettext(
                "%(n)s line names no currency and counts in the ledger's.",
                "%(n)s lines name no currency and count in the ledger's.",
                count,
            )
        case "total_rows":
            text = ngettext(
                "%(n)s total row was left out and compared with the rows above it.",
                "%(n)s total rows were left out and compared with the rows above them.",
                count,
            )
        case "total_rows_that_fit_nothing":
            text = ngettext("%(n)s total row fits no rows above it.", "%(n)s total rows fit no rows above them.", count)
        case _:
            return ""
    return text % {"n": number(count)}


_OPTIONS: Final = (
    (r"--decimal ,", _("“decimal comma”")),
    (r"--decimal \.", _("“decimal point”")),
    (r"--date-order dmy", _("“day first”")),
    (r"--date-order mdy", _("“month first”")),
    (r"--date-order ymd", _("“year first”")),
    (r"--encoding(?: utf-16)?", _("“Encoding”")),
    (r"--delimiter(?: ';')?", _("“Separator”")),
    (r"--header-row", _("“Row of the headings”")),
    (r"--sheet", _("“Sheet”")),
    (r"--currency(?: [A-Z]{3}\b)?", _("“Currency”")),
    (r"--rates (?:FILE|DOSYA)", _("“Exchange rates”")),
    (r"--refuse-above", _("“Refused rows allowed”")),
    (r"--duplicates", _("“Exact duplicates”")),
    (r"--map \w+=(?:HEADER|BAŞLIK|\[A\])|--map", _("“Columns”")),
    (r"--reader-memory", _("“memory of the reader”")),
)
"""What the terminal calls an option, and what a page calls it."""


def on_screen(sentence: str) -> str:
    """Give a sentence of the core with the names that stand on our pages instead of the terminal's options."""
    # The point of a last "--decimal ." also ends the sentence.
    sentence = re.sub(r"(--decimal \.)$", r"\1.", sentence)
    for option, name in _OPTIONS:
        sentence = re.sub(option, str(name), sentence)
    return sentence


DECIMALS: Final[dict[DecimalSign, Any]] = {",": _("decimal comma"), ".": _("decimal point")}
DATE_ORDERS: Final = {
    DateOrder.DAY_FIRST: _("day first"),
    DateOrder.MONTH_FIRST: _("month first"),
    DateOrder.YEAR_FIRST: _("year first"),
}

_FACTS: Final = {
    "format": _("Format"),
    "encoding": _("Encoding"),
    "delimiter": _("Separator"),
    "header row": _("Row of the headings"),
    "sheet": _("Sheet"),
    "other sheets": _("Other sheets"),
    "hidden sheets": _("Hidden sheets, not read"),
    "columns not read": _("Columns not read"),
    "formulas": _("Formula cells"),
    "formulas without a value": _("Formula cells without a value"),
    "error cells": _("Cells with an error"),
    "macros": _("Macros"),
    "ignored": _("Left out"),
    "named": _("Named"),
}
_TABULATOR: Final = _("tabulator")


def told_facts(facts: Mapping[str, str]) -> list[tuple[Any, Any]]:
    """Say how a file was opened, name beside value; without what is empty or has no words."""
    said = ((label, facts.get(name, "")) for name, label in _FACTS.items())
    return [(label, _TABULATOR if value == "\t" else value) for label, value in said if value]
