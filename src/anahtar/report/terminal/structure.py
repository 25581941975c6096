"""How much hangs on how few, and the nine cells."""

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from anahtar.analysis import Cell, Concentration
from anahtar.report.amounts import NOTHING, rounded, share
from anahtar.report.figures import band_verdict
from anahtar.report.labels import REGULARITY_MEANING
from anahtar.report.terminal.bricks import band, bar, heading, plain
from anahtar.report.terminal.sheet import Sheet
from anahtar.words import Message, say


def concentration(sheet: Sheet) -> None:
    """The ladder of the largest, accounts beside groups, and the key group against its band."""
    found = sheet.analysis.concentration
    note = say(
        "{half} bring half, {n} customer brings 80 %",
        "{half} bring half, {n} customers bring 80 %",
        half=found.customers_for_50pct,
        n=found.customers_for_80pct,
    )
    heading(sheet.console, sheet.say(say("Concentration")), sheet.say(note) if found.customers_positive else NOTHING)
    levels = [(say("accounts"), found)]
    if sheet.analysis.group_concentration is not None:
        levels.append((say("groups"), sheet.analysis.group_concentration))
    sheet.console.print(_ladder(sheet, levels))
    _key_group(sheet)


def _ladder(sheet: Sheet, levels: Sequence[tuple[Message, Concentration]]) -> Table:
    width = (36 if sheet.roomy else 20) if len(levels) > 1 else 40
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    drawn.add_column("")
    for name, _ in levels:
        drawn.add_column(sheet.say(name))
        drawn.add_column("", justify="right")
    for top in sorted(levels[0][1].top):
        cells: list[Text | str] = [sheet.say(say("top {n}", n=top))]
        for _, found in levels:
            drawn_bar = bar(found.top[top], width, ascii_only=sheet.ascii_only)
            cells += [Text(drawn_bar, style="blue"), share(sheet.words, found.top[top])]
        drawn.add_row(*cells)
    _measures(sheet, drawn, levels)
    return drawn


def _measures(sheet: Sheet, drawn: Table, levels: Sequence[tuple[Message, Concentration]]) -> None:
    for title, written in (
        (say("HHI"), [_index(sheet, found, found.hhi, 4) for _, found in levels]),
        (say("Gini"), [_index(sheet, found, found.gini, 3) for _, found in levels]),
    ):
        drawn.add_row(Text(sheet.say(title), style="dim"), *(cell for one in written for cell in ("", one)))


def _index(sheet: Sheet, found: Concentration, index: float, places: int) -> str:
    return sheet.words.number(index, places=places) if found.customers_positive else NOTHING


def _key_group(sheet: Sheet) -> None:
    low, high = sheet.analysis.key_band
    written = band(sheet.analysis.key_share, low, high, 40 if sheet.roomy else 20, ascii_only=sheet.ascii_only)
    line = Text(sheet.say(say("Key group")) + "  ")
    line.append(written, style="blue").append(f"  {sheet.words.share(sheet.analysis.key_share)}", style="bold")
    sheet.console.print(line.append(f"  {sheet.say(band_verdict(sheet.analysis))}", style="dim"))


def matrix(sheet: Sheet) -> None:
    """The nine cells: customers, share, revenue."""
    heading(sheet.console, sheet.say(say("ABC–XYZ matrix")), sheet.say(say("customers, share, revenue")))
    found = {cell.name: cell for cell in sheet.analysis.cells}
    drawn = Table(
        box=box.ASCII if sheet.ascii_only else box.SIMPLE_HEAD, expand=True, pad_edge=False, header_style="dim"
    )
    drawn.add_column("", width=2)
    for column in "XYZ":
        drawn.add_column(f"{column} · {sheet.say(REGULARITY_MEANING[column])}", ratio=1)
    for line in "ABC":
        drawn.add_row(Text(line, style="bold"), *(_cell(sheet, found[line + column]) for column in "XYZ"))
    sheet.console.print(drawn)


def _cell(sheet: Sheet, cell: Cell) -> Text:
    written = Text(sheet.words.number(cell.customers).rjust(4), style="bold")
    written.append(f" {sheet.words.share(cell.share):>7}", style="blue" if cell.share >= 0.1 else "not bold")
    written.append(f" {rounded(sheet.words, cell.revenue):>9}", style="not bold")
    if not sheet.roomy:
        return written
    # A strategy begins with its point and goes on with advice; the point is what fits here.
    point, _, _ = plain(sheet.say(cell.strategy)).partition(". ")
    return written.append(f"\n{point}", style="not bold dim")
