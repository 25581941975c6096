"""What to look at first: at most seven lines, by the money at stake.

Shared by the terminal, the page and the workbook, so that a director who reads one and an analyst who reads another
speak of the same seven things.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Final

import pyarrow.compute as pc

from anahtar.analysis import Analysis, Concentration
from anahtar.money import Money
from anahtar.report.figures import not_yet_a_customer
from anahtar.report.labels import MEASURES, STATES, label
from anahtar.report.rows import SILENT, Standing, at_stake, by_account, rows, with_codes
from anahtar.words import Message, Share, say


class Concern(StrEnum):
    """The kinds of line, the most urgent first: an account is shown under the first that fits it."""

    VANISHED = "vanished"
    KEY_SILENT = "key_silent"
    FALLING = "falling"
    DEPENDENCE = "dependence"
    DIRECTION = "direction"
    UNASSIGNED = "unassigned"
    PROSPECT = "prospect"


@dataclass(frozen=True, slots=True)
class Attention:
    """One line of what to look at first.

    Parameters
    ----------
    code, name
        The account; for a group only its name, for the ledger as a whole neither.
    money
        What is at stake, in money units of the run's measure (revenue for lines without a customer).
    title, why
        The line in words, and the numbers behind it.
    more, more_money
        How many further accounts the same holds for that are not lines of their own, and their money together.
    """

    concern: Concern
    code: str | None
    name: str
    money: int
    title: Message
    why: Message
    more: int = 0
    more_money: int = 0


LINES: Final = 7
LINES_PER_CONCERN: Final = 2
FALL: Final = Fraction(3, 10)
"""An account of class A that lost more than this share of its value in a year is falling."""
MONO_CLIENT: Final = 0.50
DIRECTION_FALL: Final = Fraction(1, 2)
DIRECTION_WEIGHT: Final = 0.05
"""A direction counts where it made at least this share of the account's revenue a year ago."""
UNASSIGNED: Final = 0.05
"""Above this share of the money, lines without a customer can change any conclusion."""


def what_to_look_at(analysis: Analysis) -> Sequence[Attention]:
    """Rank what deserves the first look.

    An account appears once, under its most urgent concern; of each concern the two largest are lines, the others are
    counted on the second (`more`). Accounts that are key, of class A now or of class A a year ago are looked at.

    Parameters
    ----------
    analysis
        Reads standings, directions, concentration and the ledger's totals.

    Returns
    -------
    sequence of Attention
        At most seven, the most money first; empty for a ledger without any concern.
    """
    lines = [line for concern in _once(_all(analysis)) for line in _largest(concern)]
    return sorted(lines, key=lambda line: (-line.money, line.concern, line.code or ""))[:LINES]


def _all(analysis: Analysis) -> Iterator[Attention]:
    looked_at = _worth_a_look(analysis)
    yield from (_vanished(row, analysis) for row in looked_at if _has_vanished(row))
    yield from (_silent(row, analysis) for row in looked_at if row["state"] in SILENT)
    yield from (_falling(row, analysis) for row in looked_at if _is_falling(row))
    yield from _dependence(analysis)
    yield from _directions(analysis, looked_at)
    yield from _unassigned(analysis)
    yield from (_prospect(row, analysis) for row in looked_at if "prospective" in row["types"])


def _worth_a_look(analysis: Analysis) -> list[Standing]:
    field = pc.field
    important = (
        field("key")
        | (field("abc") == "A")
        | (field("abc_year_ago") == "A")
        | (pc.list_value_length(field("types")) > 0)
    )
    return rows(analysis.standings.filter(important))


def _once(found: Iterable[Attention]) -> Iterator[list[Attention]]:
    """Each account under its first concern only, by concern."""
    seen: set[str] = set()
    kept = []
    for line in found:
        if line.code not in seen:
            kept.append(line)
            seen |= {line.code} if line.code else set()
    for _, lines in groupby(sorted(kept, key=lambda line: line.concern), key=lambda line: line.concern):
        yield sorted(lines, key=lambda line: (-line.money, line.code or ""))


def _largest(lines: list[Attention]) -> list[Attention]:
    shown, others = lines[:LINES_PER_CONCERN], lines[LINES_PER_CONCERN:]
    last = replace(shown[-1], more=len(others), more_money=sum(line.money for line in others))
    return [*shown[:-1], last]


def _silent(row: Standing, analysis: Analysis) -> Attention:
    return Attention(
        Concern.KEY_SILENT,
        row["code"],
        row["name"],
        at_stake(row),
        say("Key account silent beyond its rhythm: {name}", name=row["name"])
        if row["key"]
        else say("Important account silent beyond its rhythm: {name}", name=row["name"]),
        _silence(row, analysis),
    )


def _silence(row: Standing, analysis: Analysis) -> Message:
    at_stake_now = _money(at_stake(row), analysis)
    if row["expected_by"] is None or row["silence"] is None:
        return say(
            "No purchase for {silence} days ({state}). At stake: {money}.",
            silence=row["silence"] or 0,
            state=label(STATES, row["state"]),
            money=at_stake_now,
        )
    return say(
        "No purchase for {silence} days, expected by {expected_by}; {compared}. At stake: {money}.",
        silence=row["silence"],
        expected_by=row["expected_by"],
        compared=compared_with_own_gaps(row),
        money=at_stake_now,
    )


def compared_with_own_gaps(row: Standing) -> Message:
    """Today's silence against every gap the account ever had."""
    longer = row["silences_as_long"] or 0
    if longer == 0:
        return say("the longest in {n} gap", "the longest in {n} gaps", n=row["gaps"])
    return say("{longer} of {gaps} gaps were as long", longer=longer, gaps=row["gaps"])


def _money(units: int, analysis: Analysis) -> Message:
    """An amount and what it is: 1,515,086.46 TRY of profit."""
    amount = Money(units, analysis.ledger.currency)
    return say("{amount} of {measure}", amount=amount, measure=MEASURES[analysis.measure])


def _has_vanished(row: Standing) -> bool:
    return row["abc_year_ago"] == "A" and (row["value"] or 0) <= 0


def _vanished(row: Standing, analysis: Analysis) -> Attention:
    return Attention(
        Concern.VANISHED,
        row["code"],
        row["name"],
        row["value_year_ago"] or 0,
        say("Class A a year ago, gone now: {name}", name=row["name"]),
        _silence(row, analysis),
    )


def _dependence(analysis: Analysis) -> Iterator[Attention]:
    found = analysis.concentration
    named = with_codes(analysis, found.dependence)
    for code in found.dependence:
        share = named[code]["share"] or 0.0
        title = say("Dependence on one account: {name}", name=named[code]["name"])
        yield _depends(found, code, named[code]["name"], share, title)
    groups = analysis.group_concentration
    if groups is not None:
        # An account without a group is a group of one; it stands above already.
        for code in (code for code in groups.dependence if code not in found.dependence):
            share = _share_of(analysis, code, groups.total)
            yield _depends(groups, None, code, share, say("Dependence on one group: {name}", name=code))


def _depends(found: Concentration, code: str | None, name: str, share: float, title: Message) -> Attention:
    if share >= MONO_CLIENT:
        title = say("More than half hangs on one customer: {name}", name=name)
    why = say(
        "{share} of what {customers} customers bring comes from here; from {border} on a company depends on it.",
        share=Share(share),
        customers=found.customers_positive,
        border=Share(0.20, 0),
    )
    return Attention(Concern.DEPENDENCE, code, name, round(share * found.total), title, why)


def _share_of(analysis: Analysis, group: str, total: int) -> float:
    members = analysis.standings.filter((pc.field("group_code") == group) & (pc.field("value") > 0))
    value = pc.sum(members.column("value")).as_py()
    return (value or 0) / total if total else 0.0


def _is_falling(row: Standing) -> bool:
    # In whole money units: as floating-point numbers, a fall of exactly the border is a hair beyond it.
    now, before = row["value"] or 0, row["value_year_ago"] or 0
    return "A" in (row["abc"], row["abc_year_ago"]) and 0 < now < (1 - FALL) * before


def _falling(row: Standing, analysis: Analysis) -> Attention:
    before, now = row["value_year_ago"] or 0, row["value"] or 0
    return Attention(
        Concern.FALLING,
        row["code"],
        row["name"],
        before - now,
        say("Class A account falling: {name}", name=row["name"]),
        say(
            "{now} after {before} a year ago: {fall} less.",
            now=_money(now, analysis),
            before=Money(before, analysis.ledger.currency),
            fall=Share(-(row["change"] or 0.0), 0),
        ),
    )


def _directions(analysis: Analysis, looked_at: list[Standing]) -> Iterator[Attention]:
    """The largest direction that each important account dropped, or halved."""
    named = {row["account_id"]: row for row in looked_at if row["key"] or row["abc"] == "A"}
    for account_id, bought in by_account(analysis.directions, named).items():
        lost = max((_loss(line) for line in bought), default=(0, "", 0, 0))
        before = sum(int(str(line["revenue_year_ago"] or 0)) for line in bought)
        if lost[0] > 0 and lost[0] >= DIRECTION_WEIGHT * before:
            yield _direction(named[account_id], *lost, analysis.ledger.currency)


def _loss(line: dict[str, object]) -> tuple[int, str, int, int]:
    now, before = int(str(line["revenue"] or 0)), int(str(line["revenue_year_ago"] or 0))
    fallen = before > 0 and now < (1 - DIRECTION_FALL) * before
    return (before - now if fallen else 0, str(line["direction"]), now, before)


def _direction(row: Standing, lost: int, direction: str, now: int, before: int, currency: str) -> Attention:
    named = {"direction": direction, "name": row["name"]}
    title = (
        say("{direction} is drying up at {name}", **named) if now > 0 else say("{direction} stopped at {name}", **named)
    )
    why = say(
        "Revenue of {now} in this direction after {before} a year ago.",
        now=Money(now, currency),
        before=Money(before, currency),
    )
    return Attention(Concern.DIRECTION, row["code"], row["name"], _in_measure(lost, row), title, why)


def _in_measure(lost: int, row: Standing) -> int:
    """Lost revenue in the measure of the run, by what the account's revenue brings: profit is ranked against profit."""
    value, revenue = row["value"] or 0, row["revenue"] or 0
    return round(lost * Fraction(value, revenue)) if value > 0 and revenue > 0 else lost


def _unassigned(analysis: Analysis) -> Iterator[Attention]:
    ledger = analysis.ledger
    whole = ledger.amount_accepted + ledger.unassigned_amount
    share = ledger.unassigned_amount / whole if whole else 0.0
    if share > UNASSIGNED:
        yield Attention(
            Concern.UNASSIGNED,
            None,
            "",
            ledger.unassigned_amount,
            say("{share} of the money has no customer", share=Share(share)),
            say(
                "{rows} lines of {money} name no customer and stand outside every account; "
                "above {border} they can change any conclusion.",
                rows=ledger.unassigned_rows,
                money=Money(ledger.unassigned_amount, ledger.currency),
                border=Share(UNASSIGNED, 0),
            ),
        )


def _prospect(row: Standing, analysis: Analysis) -> Attention:
    title = say("Worth investing in: {name}", name=row["name"])
    return Attention(Concern.PROSPECT, row["code"], row["name"], _growth(row), title, _grown(row, analysis))


def _growth(row: Standing) -> int:
    """What the account brings more than a year ago; in a younger ledger, than in the six months before the last six."""
    if row["value_year_ago"] is not None:
        return max((row["value"] or 0) - row["value_year_ago"], 0)
    return _in_measure(max(sum(row["last12"][6:]) - sum(row["last12"][:6]), 0), row)


def _grown(row: Standing, analysis: Analysis) -> Message:
    now, since = _money(row["value"] or 0, analysis), row["first_purchase"] or "–"
    if row["value_year_ago"] is None:
        return say("{now} in the window; customer since {since}.", now=now, since=since)
    if not row["value_year_ago"] and not_yet_a_customer(analysis, row["first_purchase"]):
        return say("{now} in the window; not yet a customer a year ago, customer since {since}.", now=now, since=since)
    before = Money(row["value_year_ago"], analysis.ledger.currency)
    return say(
        "{now} in the window after {before} a year ago; customer since {since}.", now=now, before=before, since=since
    )
