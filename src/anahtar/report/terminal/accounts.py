"""The key accounts with their evidence, and the silent ones with theirs."""

from collections.abc import Iterable
from typing import Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from anahtar.analysis import KeyAccount
from anahtar.report.amounts import NOTHING, change, rounded, share
from anahtar.report.attention import compared_with_own_gaps
from anahtar.report.evidence import decisive
from anahtar.report.labels import STATES, TYPES, label
from anahtar.report.rows import Standing, at_stake, silent, with_codes
from anahtar.report.terminal.bricks import course, heading, plain
from anahtar.report.terminal.sheet import Sheet
from anahtar.rules.lapse_criterion import CRITERION_NAMES
from anahtar.words import say

_KEYS: Final = 8
_REASONS: Final = 2
_SILENT: Final = 10
_STYLES: Final = {
    "active": "green", "returned": "green", "new": "green",
    "watch": "yellow", "at_risk": "yellow", "lapsed": "red", "lost": "red",
}  # fmt: skip


def key_accounts(sheet: Sheet) -> None:
    """The largest key accounts with the evidence that made them so."""
    standings = with_codes(sheet.analysis, (one.code for one in sheet.analysis.key_accounts))
    keys = [one for one in sheet.analysis.key_accounts if standings[one.code]["key"]]
    note = say(
        "{n} account, {share} of the {measure}",
        "{n} accounts, {share} of the {measure}",
        n=len(keys),
        share=sheet.words.share(sheet.analysis.key_share),
        measure=sheet.measure,
    )
    heading(sheet.console, sheet.say(say("Key accounts")), sheet.say(note))
    for one in keys[:_KEYS]:
        _key(sheet, one, standings[one.code])
    if len(keys) > _KEYS:
        more = say("and {n} more in the report", "and {n} more in the report", n=len(keys) - _KEYS)
        sheet.console.print(Text(sheet.say(more), style="dim"))


def _key(sheet: Sheet, one: KeyAccount, row: Standing) -> None:
    line = Text(share(sheet.words, one.share).rjust(7), style="bold")
    line.append(f"  {plain(one.name)}").append(
        f"  {plain(one.code)}" if one.code != one.name else "", style="not bold dim"
    )
    types = " · ".join(sheet.say(label(TYPES, kind)) for kind in one.types)
    line.append(f"  {types}" if types else "", style="magenta")
    if sheet.roomy:
        line.append(f"  {course(row['last12'], ascii_only=sheet.ascii_only)}", style="not bold blue")
    sheet.console.print(line)
    sheet.console.print(Padding(_evidence(sheet, one, row), (0, 0, 0, 9)))


def _evidence(sheet: Sheet, one: KeyAccount, row: Standing) -> Text:
    """The verdicts of an account and the first criteria it meets; the report holds all of them."""
    state = Text(sheet.say(label(STATES, row["state"])), style=_STYLES.get(row["state"], ""))
    met = [plain(sheet.say(reason.sentence)) for reason in decisive(one.reasons) if reason.met][:_REASONS]
    sure = [row["cell"] or NOTHING, change(sheet.words, row["change"], 0), *met]
    return state.append(" · " + " · ".join(sure), style="dim")


def silence(sheet: Sheet) -> None:
    """Who is quiet beyond their own rhythm, by what hangs on them."""
    waiting = [row for row in silent(sheet.analysis) if row["state"] != "lost"]
    counted = (
        f"{sheet.say(label(STATES, state))} {sheet.words.number(n)}"
        for state in STATES
        if (n := sheet.analysis.silence.get(state))
    )
    heading(sheet.console, sheet.say(say("Silence")), " · ".join(counted))
    if by := sheet.analysis.lapse:
        told = say("States by {criterion}, shutdowns and seasons taken out.", criterion=CRITERION_NAMES[by.kind])
        sheet.console.print(Text(sheet.say(told), style="dim"))
    if not waiting:
        sheet.console.print(Text(sheet.say(say("No account is beyond its rhythm.")), style="dim"))
        return
    sheet.console.print(_waiting(sheet, waiting[:_SILENT]))
    if len(waiting) > _SILENT:
        more = say("and {n} more in the report", "and {n} more in the report", n=len(waiting) - _SILENT)
        sheet.console.print(Text(sheet.say(more), style="dim"))


def _waiting(sheet: Sheet, waiting: Iterable[Standing]) -> Table:
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    drawn.add_column(sheet.say(say("at stake")), justify="right", no_wrap=True)
    drawn.add_column(sheet.say(say("account")), ratio=1, no_wrap=True, overflow="ellipsis")
    drawn.add_column(sheet.say(say("expected by")), no_wrap=True)
    drawn.add_column(sheet.say(say("late")), justify="right", no_wrap=True)
    if sheet.roomy:
        drawn.add_column(sheet.say(say("against its own gaps")), no_wrap=True)
    drawn.add_column(sheet.say(say("state")), no_wrap=True)
    for row in waiting:
        drawn.add_row(*_silent(sheet, row))
    return drawn


def _silent(sheet: Sheet, row: Standing) -> list[Text]:
    expected = sheet.words.day(row["expected_by"]) if row["expected_by"] else NOTHING
    late = sheet.words.number(row["days_late"]) if row["days_late"] else NOTHING
    gaps = (
        [Text(sheet.say(compared_with_own_gaps(row)) if row["gaps"] else NOTHING, style="dim")] if sheet.roomy else []
    )
    state = Text(sheet.say(label(STATES, row["state"])), style=_STYLES.get(row["state"], ""))
    return [
        Text(rounded(sheet.words, at_stake(row)), style="bold"),
        Text(plain(row["name"])),
        Text(expected),
        Text(late),
        *gaps,
        state,
    ]
