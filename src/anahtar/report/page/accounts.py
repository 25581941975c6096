"""All accounts in one table; a row opens to its months, its lines' totals and its directions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.money import UNITS
from anahtar.report.amounts import NOTHING, change, rounded, share, whole
from anahtar.report.labels import REGULARITY, STATES, label
from anahtar.report.page.charts import months, sparkline
from anahtar.report.page.markup import Html, many, name_of, tag
from anahtar.report.page.story import Story, account, card, cell_chip, cells, section, state_chip, table, td, th
from anahtar.report.rows import Standing, by_account, rows
from anahtar.words import Message, Month, say

_ALL: Final = 2_000
_LISTED: Final = 500
_OPENING: Final = 200
"""So many rows, and every account with a verdict, carry their months: more would make a page of many megabytes."""
_YEARS: Final = 4
_Rows: TypeAlias = Mapping[int, list[dict[str, object]]]
_COLUMNS: Final[tuple[tuple[Message, str | None], ...]] = (
    (say("Account"), None),
    (say("12 months"), None),
    (say("Revenue"), "num"),
    (say("Profit"), "num"),
    (say("Change"), "num"),
    (say("Share"), "num"),
    (say("Cumulative"), "num"),
    (say("Class"), None),
    (say("Silence"), "num"),
    (say("State"), None),
)


def accounts(story: Story) -> Html:
    """The table, its filter (shown by the script), and where the whole list is when it is too long for a page."""
    listed = rows(_listed(story.analysis.standings))
    opened = [row["account_id"] for row in listed if (row["rank"] or _ALL) <= _OPENING or _has_verdict(row)]
    monthly = by_account(story.analysis.months, opened)
    directions = by_account(story.analysis.directions, opened)
    titles = [story(title) for title, _ in _COLUMNS]
    headers = [th("#", "num"), *(th(title, kind) for title, (_, kind) in zip(titles, _COLUMNS, strict=True))]
    bodies = (_account(story, row, titles, monthly, directions) for row in listed)
    drawn = _table(headers, bodies, caption=story(say("All accounts")))
    lead = story(_lead(story, len(listed), len(opened)))
    return section("accounts", story(say("All accounts")), lead, card(_filter(story, len(listed)), drawn))


def _has_verdict(row: Standing) -> bool:
    return row["key"] or bool(row["types"])


def _listed(standings: pa.Table) -> pa.Table:
    """Everybody, or the largest and all with a verdict where everybody would be too many."""
    if standings.num_rows <= _ALL:
        return standings
    typed = pc.list_value_length(pc.field("types")) + pc.list_value_length(pc.field("candidate_for"))
    return standings.filter((pc.field("rank") <= _LISTED) | pc.field("key") | (typed > 0))


def _lead(story: Story, listed: int, opened: int) -> Message:
    whole_list = story.analysis.standings.num_rows
    if listed < whole_list:
        return say(
            "{listed} of {all} accounts: the largest, and all with a verdict. "
            "The whole list is in report.xlsx and standings.csv.",
            listed=listed,
            all=whole_list,
        )
    if opened < listed:
        return say("Every account; the {opened} largest and all with a verdict open to their months.", opened=opened)
    return say("Every account; a row opens to its months, its lines' totals and its directions.")


def _table(headers: Sequence[Html], bodies: Iterable[Html], *, caption: str) -> Html:
    # A body for each account keeps its row and what opens below it together when the script sorts.
    named = tag("caption", caption, class_="unseen")
    head = tag("thead", tag("tr", many(headers)))
    return tag("div", tag("table", named, head, many(bodies), class_="stacked accounts", id="all"), class_="scroll")


def _filter(story: Story, listed: int) -> Html:
    def choice(name: str, title: Message, options: Iterable[tuple[str, str]]) -> Html:
        written = (tag("option", text, value=value) for value, text in options)
        everything = tag("option", story(say("all")), value="")
        return tag("label", story(title), tag("select", everything, many(written), data_filter=name))

    states = ((state, story(label(STATES, state))) for state in STATES if story.analysis.silence.get(state))
    return tag(
        "form",
        tag(
            "label",
            story(say("Find")),
            tag("input", type="search", data_filter="text", autocomplete="off", placeholder=story(say("name or code"))),
        ),
        choice("abc", say("Class"), ((name, name) for name, total in story.analysis.abc.items() if total.customers)),
        choice("state", say("State"), states),
        tag(
            "output",
            story(say("{n} account", "{n} accounts", n=listed)),
            data_count=story(say("{shown} of {all}", shown="#", all=listed)),
        ),
        tag("button", story(say("Show all")), type="button", data_all=True),
        class_="filter",
        id="filter",
        hidden=True,
    )


def _account(story: Story, row: Standing, titles: Sequence[str], monthly: _Rows, directions: _Rows) -> Html:
    found = monthly.get(row["account_id"])
    below = _below(story, row, found, directions.get(row["account_id"], [])) if found else None
    named = account(row["name"], row["code"])
    who = tag("details", tag("summary", named)) if below else named
    return tag("tbody", _row(story, row, titles, who), below, data_abc=row["abc"] or "", data_state=row["state"])


def _row(story: Story, row: Standing, titles: Sequence[str], who: Html) -> Html:
    words = story.words
    moved = row["abc_year_ago"] and row["abc_year_ago"] != row["abc"]
    then = tag("span", f"{row['abc_year_ago']} → ", class_="code") if moved else None
    silence = None if row["silence"] is None else words.number(row["silence"])
    return tag(
        "tr",
        td(str(row["rank"] or NOTHING), class_="num rank", data_v=row["rank"] or 10**9),
        tag("th", _star(story) if row["key"] else None, who, scope="row"),
        td(sparkline(row["last12"], shaded=False), titles[1]),
        _money(story, row["revenue"], titles[2]),
        _money(story, row["profit"], titles[3]),
        td(change(words, row["change"], 0), titles[4], _tone(row["change"]), data_v=_sortable(row["change"], 1000)),
        td(share(words, row["share"], 2), titles[5], "num", data_v=_sortable(row["share"], 10**6)),
        td(share(words, row["cumulative_share"]), titles[6], "num", data_v=_sortable(row["cumulative_share"], 10**6)),
        td(many([then, cell_chip(row), _too_few(story, row)]), titles[7], data_v=row["cell"] or row["abc"] or "~"),
        td(silence or NOTHING, titles[8], "num", data_v=row["silence"] if row["silence"] is not None else 10**6),
        td(state_chip(story, row["state"]), titles[9], data_v=row["state"]),
    )


def _star(story: Story) -> Html:
    return tag("span", "★", class_="star", role="img", aria_label=story(say("key account")))


def _too_few(story: Story, row: Standing) -> Html | None:
    """One-off buyers and newcomers stand in the Z column; here they are told apart."""
    if row["xyz"] not in {"one_off", "new", "undefined"}:
        return None
    return many([" ", tag("span", story(label(REGULARITY, row["xyz"])), class_="code")])


def _money(story: Story, units: int | None, title: str) -> Html:
    return td(whole(story.words, units), title, "num", data_v=None if units is None else units // UNITS)


def _tone(fraction: float | None) -> str:
    if fraction is None or abs(fraction) < 0.005:
        return "num"
    return "num up" if fraction > 0 else "num down"


def _sortable(fraction: float | None, scale: int) -> int:
    return -(10**9) if fraction is None else round(fraction * scale)


def _below(story: Story, row: Standing, monthly: list[dict[str, object]], directions: list[dict[str, object]]) -> Html:
    parts = (_facts(story, row), _months(story, monthly), _directions(story, directions))
    return tag("tr", tag("td", tag("div", *parts, class_="below"), colspan=len(_COLUMNS) + 1), class_="more")


def _facts(story: Story, row: Standing) -> Html:
    words = story.words
    facts = (
        (say("Lines in the window"), words.number(row["lines"])),
        (say("Orders"), words.number(row["orders"])),
        (say("Purchase days"), words.number(row["purchase_days"])),
        (say("Margin"), share(words, row["margin"])),
        (say("Customer since"), words.day(row["first_purchase"]) if row["first_purchase"] else NOTHING),
        (say("Last purchase"), words.day(row["last_purchase"]) if row["last_purchase"] else NOTHING),
        (say("Usual gap, days"), NOTHING if row["gap_median"] is None else words.number(row["gap_median"])),
        (say("Coefficient of variation"), NOTHING if row["cv"] is None else words.number(row["cv"], places=2)),
        (say("From the class's border"), change(words, row["abc_distance"], 0)),
        (say("Class holds in"), share(words, row["stability"], 0)),
    )
    return tag(
        "dl", many(tag("div", tag("dt", story(name)), tag("dd", value)) for name, value in facts), class_="facts"
    )


def _months(story: Story, monthly: list[dict[str, object]]) -> Html:
    amounts = {day: int(str(line["revenue"])) for line in monthly if isinstance(day := line["month"], date)}
    last = story.analysis.window.end
    years = range(max(min(amounts).year, last.year - _YEARS + 1), max(*amounts, last).year + 1)
    span = [date(year, month, 1) for year in years for month in range(1, 13)]
    drawn = months([amounts.get(day, 0) for day in span if day <= last], bright=_months_in_window(story))
    headers = [th(story(say("Revenue"))), *(th(str(year), "num") for year in years)]
    lines = [_month(story, month, years, amounts) for month in range(1, 13)]
    totals = [sum(amounts.get(date(year, month, 1), 0) for month in range(1, 13)) for year in years]
    lines.append(tag("tr", tag("th", "Σ", scope="row"), cells("td", [whole(story.words, total) for total in totals])))
    return tag("div", drawn, table(headers, lines, caption=story(say("Months")), class_="plain years"), class_="course")


def _months_in_window(story: Story) -> int:
    start, end = story.analysis.window.start, story.analysis.window.end
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _month(story: Story, month: int, years: Iterable[int], amounts: Mapping[date, int]) -> Html:
    name = story.words.month(Month(2024, month)).split()[0]
    found = (amounts.get(date(year, month, 1)) for year in years)
    written = ["" if amount is None else whole(story.words, amount) for amount in found]
    return tag("tr", tag("th", name, scope="row"), cells("td", written))


def _directions(story: Story, directions: list[dict[str, object]]) -> Html | None:
    if not directions:
        return None
    headers = [
        th(story(say("Direction"))),
        *(th(story(title), "num") for title in (say("Revenue"), say("A year ago"), say("Change"))),
    ]
    largest = sorted(directions, key=lambda line: -max(_units(line, "revenue"), _units(line, "revenue_year_ago")))[:12]
    lines = (_direction(story, line) for line in largest)
    return table(headers, lines, caption=story(say("Directions")), class_="plain")


def _direction(story: Story, line: dict[str, object]) -> Html:
    now, before = _units(line, "revenue"), _units(line, "revenue_year_ago")
    fraction = now / before - 1 if before > 0 else None
    return tag(
        "tr",
        tag("th", name_of(str(line["direction"] or NOTHING)), scope="row"),
        td(rounded(story.words, now), class_="num"),
        td(rounded(story.words, before), class_="num"),
        td(change(story.words, fraction, 0), class_=_tone(fraction)),
    )


def _units(line: dict[str, object], column: str) -> int:
    return int(str(line[column] or 0))
