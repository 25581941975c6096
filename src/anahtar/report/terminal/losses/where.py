"""Where accounts were lost, what they stopped buying, and who only changed its code."""

from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from anahtar.analysis.losing.places import BOUGHT, Place, Places
from anahtar.report.amounts import NOTHING
from anahtar.report.loss_labels import DIMENSIONS, KINDS, VERDICTS
from anahtar.report.terminal.bricks import plain
from anahtar.report.terminal.losses.frame import Frame
from anahtar.words import Share, say

_LISTED: Final = 8
_PLACES: Final = 5


def places(frame: Frame) -> None:
    """Directions, regions, salespeople, products against the base rate."""
    for dimension, found in frame.losses.places.items():
        base = Share(found.base.lost / found.base.of) if found.base.of else NOTHING
        frame.heading(
            DIMENSIONS[dimension],
            say(
                "base rate {base} ({lost} of {of}); {tested} tested, adjusted by Holm",
                base=base,
                lost=found.base.lost,
                of=found.base.of,
                tested=found.tested,
            ),
        )
        frame.sheet.console.print(_drawn(frame, found))


def partial(frame: Frame) -> None:
    """What died while the account lives."""
    found = [one for one in frame.losses.partial if one.counts]
    frame.heading(say("Stopped buying a part"), say("the account lives, by the rhythm in which it bought there"))
    if not found:
        frame.note(say("No account has stopped buying a part."))
        return
    drawn = frame.table(say("by the year"), say("account"), say("part"), say("expected by"), say("silent, days"))
    for one in found[:_LISTED]:
        drawn.add_row(
            frame.money(one.revenue, "bold"),
            frame.name(one.account),
            Text(plain(f"{frame.sheet.say(KINDS[one.dimension])} {one.value_name}")),
            Text(frame.sheet.words.day(one.expected)),
            Text(frame.sheet.words.number(one.silence)),
        )
    frame.sheet.console.print(drawn)
    frame.more(len(found) - _LISTED)


def continued(frame: Frame) -> None:
    """Accounts that are not lost because they go on under another code."""
    if not frame.losses.continued:
        return
    frame.heading(say("Gone on under another code"), say("neither lost nor new above"))
    for one in frame.losses.continued:
        told = "; ".join(frame.sheet.say(said) for said in one.evidence)
        line = Text(plain(f"{frame.names[one.old]} ({one.old}) → {frame.names[one.new]} ({one.new})"), style="bold")
        frame.sheet.console.print(line.append(f"\n  {plain(told)}", style="not bold dim"))


def _drawn(frame: Frame, found: Places) -> Table:
    titles = (say("revenue lost"), say("where"), say("gone"), say("rate, 95 %"), say("verdict"))
    drawn = frame.table(*frame.fitting(titles, 3))
    # What chance does not explain is read first, however little money it is.
    for one in sorted(found.places, key=lambda one: one.judged.verdict != "worse")[:_PLACES]:
        drawn.add_row(*frame.fitting(_place(frame, one, found), 3))
    return drawn


def _place(frame: Frame, one: Place, found: Places) -> Sequence[Text]:
    bought = found.dimension in BOUGHT
    gone = one.lost + (one.left if bought else 0)
    style = {"worse": "red", "better": "green"}.get(one.judged.verdict, "dim")
    return (
        frame.money(one.revenue_lost + (one.revenue_left if bought else 0), "bold"),
        Text(plain(one.name)),
        Text(f"{frame.sheet.words.number(gone)} / {frame.sheet.words.number(one.accounts)}"),
        Text(frame.rate(one.judged.rate)),
        Text(frame.sheet.say(VERDICTS[one.judged.verdict]), style=style),
    )
