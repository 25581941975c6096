"""The terminal page: who, how much, what to look at first, and how far to trust it, in 80 columns or 120.

Colour repeats what words and signs say already, so the page reads the same in a file or a pipe.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from anahtar.analysis import Analysis, Cell, Concentration, KeyAccount
from anahtar.report.amounts import NOTHING, change, rounded, share
from anahtar.report.attention import Attention, compared_with_own_gaps, what_to_look_at
from anahtar.report.figures import Headline, Trust, band_verdict, headlines, trust
from anahtar.report.labels import MEASURES, REGULARITY_MEANING, STATES, TYPES, label
from anahtar.report.rows import Standing, at_stake, silent, with_codes
from anahtar.report.terminal.bricks import band, bar, course, heading, plain
from anahtar.words import Message, Words, say

WIDEST: Final = 120
_ROOMY: Final = 110
_KEYS: Final = 8
_SILENT: Final = 10
_STYLES: Final = {
    "active": "green", "returned": "green", "new": "green",
    "watch": "yellow", "at_risk": "yellow", "lapsed": "red", "lost": "red",
}  # fmt: skip


def print_page(analysis: Analysis, console: Console, words: Words, *, company: str | None = None) -> None:
    """Print the analysis as a page.

    Parameters
    ----------
    analysis
        One run, whole.
    console
        Where it goes; at most 120 columns of it are used. Without a terminal no colour is written.
    words
        The language of the page, its numbers and its dates.
    company
        Whose report it is, for the title.
    """
    with _narrowed(console):
        page = _Page(analysis, console, words)
        page.title(company)
        page.figures()
        page.attention()
        page.concentration()
        page.matrix()
        page.key_accounts()
        page.silence()
        page.trust()


@contextmanager
def _narrowed(console: Console) -> Iterator[None]:
    """Hold the console to a line the eye can follow, and give it its width back."""
    width = console.width
    console.width = min(width, WIDEST)
    try:
        yield
    finally:
        console.width = width


class _Page:
    """The parts of the page, in the order they are printed."""

    def __init__(self, analysis: Analysis, console: Console, words: Words) -> None:
        self.analysis = analysis
        self.console = console
        self.words = words
        self.currency = analysis.ledger.currency
        self.measure = words(MEASURES[analysis.measure])
        self.ascii_only = console.options.ascii_only
        self.roomy = console.width >= _ROOMY

    def title(self, company: str | None) -> None:
        """Whose ledger, which months, ranked by what."""
        settings = say(
            "{customers} customers · {start} to {end} · by {measure} · as of {as_of}",
            customers=self.analysis.ledger.customers,
            start=self.analysis.window.start,
            end=self.analysis.window.end,
            measure=self.measure,
            as_of=self.analysis.as_of,
        )
        self.console.print()
        self.console.print(Text(plain(company or self.words(say("Key accounts"))), style="bold cyan"))
        self.console.print(Text(self.words(settings), style="dim"))

    def figures(self) -> None:
        """Six figures against the year before."""
        found = headlines(self.analysis, self.words)
        per_line = 6 if self.roomy else 3
        for start in range(0, len(found), per_line):
            line = Table.grid(expand=True, padding=(1, 2, 0, 0))
            for _ in range(per_line):
                line.add_column(ratio=1)
            line.add_row(*(self._figure(headline) for headline in found[start : start + per_line]))
            self.console.print(line)

    def _figure(self, headline: Headline) -> Text:
        sign, style = {True: ("▲ ", "green"), False: ("▼ ", "red"), None: ("", "dim")}[headline.rising]
        written = Text(f"{headline.label}\n", style="dim")
        written.append(f"{headline.value}\n", style="not dim bold")
        return written.append(f"{sign}{headline.note}", style=f"not dim {style}" if sign else style)

    def attention(self) -> None:
        """At most seven lines, by the money at stake."""
        lines = what_to_look_at(self.analysis)
        heading(self.console, self.words(say("What to look at first")), self.words(say("ranked by the money at stake")))
        if not lines:
            self.console.print(Text(self.words(say("Nothing stands out.")), style="dim"))
            return
        drawn = Table.grid(padding=(0, 2, 0, 0), expand=True)
        drawn.add_column(justify="right", no_wrap=True)
        drawn.add_column(ratio=1)
        for line in lines:
            drawn.add_row(Text(rounded(self.words, line.money, self.currency), style="bold"), self._concern(line))
        self.console.print(drawn)

    def _concern(self, line: Attention) -> Text:
        written = Text(plain(self.words(line.title)), style="bold")
        if line.code and line.code != line.name:
            written.append(f"  {plain(line.code)}", style="not bold dim")
        written.append(f"\n{plain(self.words(line.why))}", style="not bold")
        if line.more:
            money = rounded(self.words, line.more_money, self.currency)
            more = say("And {n} more ({money}).", "And {n} more ({money}).", n=line.more, money=money)
            written.append(f" {self.words(more)}", style="not bold dim")
        return written

    def concentration(self) -> None:
        """The ladder of the largest, accounts beside groups, and the key group against its band."""
        found = self.analysis.concentration
        note = say(
            "{half} customers bring half, {most} bring 80 %",
            half=found.customers_for_50pct,
            most=found.customers_for_80pct,
        )
        heading(self.console, self.words(say("Concentration")), self.words(note))
        levels = [(say("accounts"), found)]
        if self.analysis.group_concentration is not None:
            levels.append((say("groups"), self.analysis.group_concentration))
        self.console.print(self._ladder(levels))
        self._key_group()

    def _ladder(self, levels: Sequence[tuple[Message, Concentration]]) -> Table:
        width = (36 if self.roomy else 20) if len(levels) > 1 else 40
        drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        drawn.add_column("")
        for name, _ in levels:
            drawn.add_column(self.words(name))
            drawn.add_column("", justify="right")
        for top in sorted(levels[0][1].top):
            cells: list[Text | str] = [self.words(say("top {n}", n=top))]
            for _, found in levels:
                drawn_bar = bar(found.top[top], width, ascii_only=self.ascii_only)
                cells += [Text(drawn_bar, style="blue"), share(self.words, found.top[top])]
            drawn.add_row(*cells)
        self._measures(drawn, levels)
        return drawn

    def _measures(self, drawn: Table, levels: Sequence[tuple[Message, Concentration]]) -> None:
        for title, written in (
            (say("HHI"), [self.words.number(found.hhi, places=4) for _, found in levels]),
            (say("Gini"), [self.words.number(found.gini, places=3) for _, found in levels]),
        ):
            drawn.add_row(Text(self.words(title), style="dim"), *(cell for one in written for cell in ("", one)))

    def _key_group(self) -> None:
        low, high = self.analysis.key_band
        written = band(self.analysis.key_share, low, high, 40 if self.roomy else 20, ascii_only=self.ascii_only)
        line = Text(self.words(say("Key group")) + "  ")
        line.append(written, style="blue").append(f"  {self.words.share(self.analysis.key_share)}", style="bold")
        self.console.print(line.append(f"  {self.words(band_verdict(self.analysis))}", style="dim"))

    def matrix(self) -> None:
        """The nine cells: customers, share, revenue."""
        heading(self.console, self.words(say("ABC–XYZ matrix")), self.words(say("customers, share, revenue")))
        found = {cell.name: cell for cell in self.analysis.cells}
        drawn = Table(
            box=box.ASCII if self.ascii_only else box.SIMPLE_HEAD, expand=True, pad_edge=False, header_style="dim"
        )
        drawn.add_column("", width=2)
        for column in "XYZ":
            drawn.add_column(f"{column} · {self.words(REGULARITY_MEANING[column])}", ratio=1)
        for line in "ABC":
            drawn.add_row(Text(line, style="bold"), *(self._cell(found[line + column]) for column in "XYZ"))
        self.console.print(drawn)

    def _cell(self, cell: Cell) -> Text:
        written = Text(self.words.number(cell.customers).rjust(4), style="bold")
        written.append(f" {self.words.share(cell.share):>7}", style="blue" if cell.share >= 0.1 else "not bold")
        written.append(f" {rounded(self.words, cell.revenue):>9}", style="not bold")
        return written.append(f"\n{plain(self.words(cell.strategy))}", style="not bold dim") if self.roomy else written

    def key_accounts(self) -> None:
        """The largest key accounts with the evidence that made them so."""
        standings = with_codes(self.analysis, (one.code for one in self.analysis.key_accounts))
        keys = [one for one in self.analysis.key_accounts if standings[one.code]["key"]]
        note = say(
            "{n} account, {share} of the {measure}",
            "{n} accounts, {share} of the {measure}",
            n=len(keys),
            share=self.words.share(self.analysis.key_share),
            measure=self.measure,
        )
        heading(self.console, self.words(say("Key accounts")), self.words(note))
        for one in keys[:_KEYS]:
            self._key(one, standings[one.code])
        if len(keys) > _KEYS:
            more = say("and {n} more in the report", "and {n} more in the report", n=len(keys) - _KEYS)
            self.console.print(Text(self.words(more), style="dim"))

    def _key(self, one: KeyAccount, row: Standing) -> None:
        line = Text(share(self.words, one.share).rjust(7), style="bold")
        line.append(f"  {plain(one.name)}").append(f"  {plain(one.code)}", style="not bold dim")
        types = " · ".join(self.words(label(TYPES, kind)) for kind in one.types)
        line.append(f"  {types}" if types else "", style="magenta")
        if self.roomy:
            line.append(f"  {course(row['last12'], ascii_only=self.ascii_only)}", style="not bold blue")
        self.console.print(line)
        self.console.print(Padding(self._evidence(one, row), (0, 0, 0, 9)))

    def _evidence(self, one: KeyAccount, row: Standing) -> Text:
        """The verdicts of an account and every criterion it meets."""
        state = Text(self.words(label(STATES, row["state"])), style=_STYLES.get(row["state"], ""))
        met = (plain(self.words(reason.sentence)) for reason in one.reasons if reason.met)
        sure = [row["cell"] or NOTHING, change(self.words, row["change"], 0), *met]
        return state.append(" · " + " · ".join(sure), style="dim")

    def silence(self) -> None:
        """Who is quiet beyond their own rhythm, by what hangs on them."""
        waiting = [row for row in silent(self.analysis) if row["state"] != "lost"]
        counted = (
            f"{self.words(label(STATES, state))} {self.words.number(n)}"
            for state in STATES
            if (n := self.analysis.silence.get(state))
        )
        heading(self.console, self.words(say("Silence")), " · ".join(counted))
        if not waiting:
            self.console.print(Text(self.words(say("No account is beyond its rhythm.")), style="dim"))
            return
        self.console.print(self._waiting(waiting[:_SILENT]))
        if len(waiting) > _SILENT:
            more = say("and {n} more in the report", "and {n} more in the report", n=len(waiting) - _SILENT)
            self.console.print(Text(self.words(more), style="dim"))

    def _waiting(self, waiting: Iterable[Standing]) -> Table:
        drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
        drawn.add_column(self.words(say("at stake")), justify="right", no_wrap=True)
        drawn.add_column(self.words(say("account")), ratio=1, no_wrap=True, overflow="ellipsis")
        drawn.add_column(self.words(say("expected by")), no_wrap=True)
        drawn.add_column(self.words(say("late")), justify="right", no_wrap=True)
        if self.roomy:
            drawn.add_column(self.words(say("against its own gaps")), no_wrap=True)
        drawn.add_column(self.words(say("state")), no_wrap=True)
        for row in waiting:
            drawn.add_row(*self._silent(row))
        return drawn

    def _silent(self, row: Standing) -> list[Text]:
        expected = self.words.day(row["expected_by"]) if row["expected_by"] else NOTHING
        late = self.words.number(row["days_late"]) if row["days_late"] else NOTHING
        gaps = (
            [Text(self.words(compared_with_own_gaps(row)) if row["gaps"] else NOTHING, style="dim")]
            if self.roomy
            else []
        )
        state = Text(self.words(label(STATES, row["state"])), style=_STYLES.get(row["state"], ""))
        return [
            Text(rounded(self.words, at_stake(row)), style="bold"),
            Text(plain(row["name"])),
            Text(expected),
            Text(late),
            *gaps,
            state,
        ]

    def trust(self) -> None:
        """The data-trust strip."""
        heading(self.console, self.words(say("How far these figures can be trusted")))
        drawn = Table.grid(padding=(0, 2, 0, 0))
        for statement in trust(self.analysis, self.words):
            drawn.add_row(*self._statement(statement))
        self.console.print(drawn)
        self.console.print()

    def _statement(self, statement: Trust) -> tuple[Text, Text, Text]:
        sign, style = ("! ", "yellow") if statement.careful else ("+ ", "green")
        name = Text(sign, style=style).append(statement.label, style="default")
        return name, Text(statement.value, style="bold"), Text(plain(statement.note), style="dim")
