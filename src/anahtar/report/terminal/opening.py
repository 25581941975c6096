"""Who, how much, what to look at first, and how far to trust it."""

from rich.table import Table
from rich.text import Text

from anahtar.report.amounts import rounded
from anahtar.report.attention import Attention, what_to_look_at
from anahtar.report.figures import Headline, Trust, headlines, without_a_sale
from anahtar.report.figures import trust as trusted
from anahtar.report.terminal.bricks import heading, plain
from anahtar.report.terminal.sheet import Sheet
from anahtar.words import say


def title(sheet: Sheet, company: str | None) -> None:
    """Whose ledger, which months, ranked by what."""
    settings = say(
        "{customers} customers · {start} to {end} · by {measure} · as of {as_of}",
        customers=sheet.analysis.ledger.customers,
        start=sheet.analysis.window.start,
        end=sheet.analysis.window.end,
        measure=sheet.measure,
        as_of=sheet.analysis.as_of,
    )
    sheet.console.print()
    sheet.console.print(Text(plain(company or sheet.say(say("Key accounts"))), style="bold cyan"))
    sheet.console.print(Text(sheet.say(settings), style="dim"))
    if (empty := without_a_sale(sheet.analysis)) is not None:
        sheet.console.print(Text(sheet.say(empty), style="bold yellow"))


def figures(sheet: Sheet) -> None:
    """Six figures against the year before."""
    found = headlines(sheet.analysis, sheet.words)
    per_line = 6 if sheet.roomy else 3
    for start in range(0, len(found), per_line):
        line = Table.grid(expand=True, padding=(0, 2, 0, 0))
        for _ in range(per_line):
            line.add_column(ratio=1)
        # Three rows, not one: where a label takes two lines the figures still stand beside each other.
        shown = found[start : start + per_line]
        line.add_row(*(Text(headline.label, style="dim") for headline in shown))
        line.add_row(*(Text(headline.value, style="bold") for headline in shown))
        line.add_row(*map(_note, shown))
        sheet.console.print()
        sheet.console.print(line)


def _note(headline: Headline) -> Text:
    sign, style = {True: ("▲ ", "green"), False: ("▼ ", "red"), None: ("", "dim")}[headline.rising]
    return Text(f"{sign}{headline.note}", style=style)


def attention(sheet: Sheet) -> None:
    """At most seven lines, by the money at stake."""
    lines = what_to_look_at(sheet.analysis)
    heading(sheet.console, sheet.say(say("What to look at first")), sheet.say(say("ranked by the money at stake")))
    if not lines:
        sheet.console.print(Text(sheet.say(say("Nothing stands out.")), style="dim"))
        return
    drawn = Table.grid(padding=(0, 2, 0, 0), expand=True)
    drawn.add_column(justify="right", no_wrap=True)
    drawn.add_column(ratio=1)
    for line in lines:
        drawn.add_row(Text(rounded(sheet.words, line.money, sheet.currency), style="bold"), _concern(sheet, line))
    sheet.console.print(drawn)


def _concern(sheet: Sheet, line: Attention) -> Text:
    written = Text(plain(sheet.say(line.title)), style="bold")
    if line.code and line.code != line.name:
        written.append(f"  {plain(line.code)}", style="not bold dim")
    written.append(f"\n{plain(sheet.say(line.why))}", style="not bold")
    if line.more:
        money = rounded(sheet.words, line.more_money, sheet.currency)
        more = say("And {n} more ({money}).", "And {n} more ({money}).", n=line.more, money=money)
        written.append(f" {sheet.say(more)}", style="not bold dim")
    return written


def trust(sheet: Sheet) -> None:
    """The data-trust strip."""
    heading(sheet.console, sheet.say(say("How far these figures can be trusted")))
    drawn = Table.grid(padding=(0, 2, 0, 0))
    for statement in trusted(sheet.analysis, sheet.words):
        drawn.add_row(*_statement(sheet, statement))
    sheet.console.print(drawn)
    sheet.console.print()


def _statement(sheet: Sheet, statement: Trust) -> tuple[Text, Text, Text]:
    sign, style = ("! ", "yellow") if statement.careful else ("+ ", "green")
    name = Text(sign, style=style).append(statement.label, style="default")
    return name, Text(statement.value, style="bold"), Text(plain(statement.note), style="dim")
