"""What must hold of any ledger: how it came, in which order, under which names, in which year and which coin."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from anahtar.analysis import AnalysisOptions, Window, analyze
from tests.anahtar.oracle.by_hand import Row
from tests.anahtar.oracle.comparing import analysed, differences, told
from tests.anahtar.oracle.ledger import Line, write
from tests.anahtar.oracle.ledgers import case
from tests.anahtar.oracle.oracle import NothingToAnalyse, answer

MONEY = ("revenue", "profit", "value", "value_year_ago", "last12", "abc_border")
WEIGHTS = (10007, 10009, 10037, 10039, 10061, 10067, 10069, 10079)

NOW_AND_THEN = (28, 191, 205, 272, 278, 288, 320, 344, 365, 388, 398)

seeds = pytest.mark.parametrize(
    "seed",
    [pytest.param(199, marks=pytest.mark.long), *(pytest.param(seed, marks=pytest.mark.slow) for seed in NOW_AND_THEN)],
)


def drawn(seed: int) -> tuple[list[Line], AnalysisOptions]:
    """The next ledger with something to analyse."""
    lines, options = case(seed)
    try:
        answer(lines, options)
    except NothingToAnalyse:
        return drawn(seed + 1_000_000)
    return lines, options


@cache
def as_drawn(seed: int) -> Mapping[str, Any]:
    return told(analysed(*drawn(seed)))


def assert_same(found: Any, right: Any) -> None:
    different = list(differences(found, right))
    assert not different, "\n".join(different)


@seeds
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    lines, options = drawn(seed)
    Random(seed).shuffle(lines)
    assert_same(told(analysed(lines, options)), as_drawn(seed))


@seeds
def test_a_line_written_as_two_of_the_same_invoice_is_one_line_more_and_nothing_else(seed: int) -> None:
    lines, options = drawn(seed)
    at = Random(seed).randrange(len(lines))
    whole = lines[at]
    part = replace(whole, amount=whole.amount // 3, cost=None if whole.cost is None else whole.cost // 7)
    rest = replace(
        whole, amount=whole.amount - part.amount, cost=None if part.cost is None else (whole.cost or 0) - part.cost
    )
    found = told(analysed([*lines[:at], part, rest, *lines[at + 1 :]], options))
    assert found["ledger"]["rows_accepted"] == len(lines) + 1
    assert_same(uncounted(found), uncounted(as_drawn(seed)))


def uncounted(found: Mapping[str, Any]) -> Row:
    rows = [{name: value for name, value in row.items() if name != "lines"} for row in found["rows"]]
    return {**found, "rows": rows, "ledger": found["ledger"]["amount_accepted"]}


@seeds
def test_twice_the_money_is_twice_the_money_and_the_same_standing(seed: int) -> None:
    lines, options = drawn(seed)
    twice = [replace(line, amount=line.amount * 2, cost=None if line.cost is None else line.cost * 2) for line in lines]
    found, once = told(analysed(twice, options)), as_drawn(seed)
    assert_same(found["rows"], [{name: doubled(name, value) for name, value in row.items()} for row in once["rows"]])
    for name in ("as_of", "window", "measure", "xyz", "silence"):
        assert found[name] == once[name]
    money = {"total": once["concentration"]["total"] * 2}
    money["without"] = {k: left * 2 for k, left in once["concentration"]["without"].items()}
    assert_same(found["concentration"], {**once["concentration"], **money})


def doubled(name: str, value: Any) -> Any:
    if name not in MONEY or value is None:
        return value
    return [one * 2 for one in value] if isinstance(value, list) else value * 2


@seeds
def test_other_codes_in_the_same_order_change_nothing(seed: int) -> None:
    lines, options = drawn(seed)
    lines = [replace(line, name=None) for line in lines]
    names = {code: f"k{at:03}" for at, code in enumerate(codes_of(lines))}
    assert_same(
        changed(told(analysed(recoded(lines, names), options)), {new: old for old, new in names.items()}),
        told(analysed(lines, options)),
    )


@seeds
def test_other_codes_in_another_order_change_only_who_comes_first_of_equals(seed: int) -> None:
    lines, options = drawn(seed)
    weight = dict(zip(sorted({line.customer for line in lines}), WEIGHTS, strict=False))
    # Multiples of a prime of its own for each account: no two sums are equal, unless they are zero.
    lines = [
        replace(line, amount=(line.amount % 97 - 20) * weight[line.customer], cost=None, name=None) for line in lines
    ]
    names = {code: f"k{at:03}" for at, code in enumerate(reversed(codes_of(lines)))}
    found = changed(told(analysed(recoded(lines, names), options)), {new: old for old, new in names.items()})
    assert_same(unordered(found), unordered(told(analysed(lines, options))))


def codes_of(lines: Sequence[Line]) -> list[str]:
    return sorted({line.customer for line in lines} | {line.group for line in lines if line.group is not None})


def recoded(lines: Sequence[Line], names: Mapping[str, str]) -> list[Line]:
    return [
        replace(line, customer=names[line.customer], group=None if line.group is None else names[line.group])
        for line in lines
    ]


def unordered(found: Mapping[str, Any]) -> Row:
    """Rows by their codes and not by their places."""
    rows = {row["code"]: row for row in found["rows"]}
    months = {(row["code"], row["month"]): row for row in found["months"]}
    directions = {(row["code"], row["direction"]): row for row in found["directions"]}
    return {**found, "rows": rows, "months": months, "directions": directions}


def changed(value: Any, new: Mapping[Any, Any]) -> Any:
    """A nest of lists and mappings with some of its values replaced."""
    if isinstance(value, Mapping):
        return {name: changed(one, new) for name, one in value.items()}
    if isinstance(value, list):
        return [changed(one, new) for one in value]
    return new.get(value, value) if isinstance(value, str | date) else value


@seeds
def test_four_years_later_everything_is_four_years_later(seed: int) -> None:
    """Four years keep their leap day, so every gap keeps its length."""
    lines, options = drawn(seed)
    window = options.window
    moved = replace(
        options,
        as_of=None if options.as_of is None else later(options.as_of),
        window=Window(later(window.start), later(window.end)) if isinstance(window, Window) else window,
    )
    found = told(analysed([replace(line, sold_on=later(line.sold_on)) for line in lines], moved))
    assert_same(found, delayed(as_drawn(seed)))


def later(day: date) -> date:
    return day.replace(year=day.year + 4)


def delayed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: delayed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [delayed(one) for one in value]
    if isinstance(value, Window):
        return Window(later(value.start), later(value.end))
    return later(value) if isinstance(value, date) else value


@seeds
def test_an_import_more_is_as_if_there_had_been_one_and_taken_back_as_if_there_had_been_none(
    seed: int, tmp_path: Path
) -> None:
    lines, options = drawn(seed)
    random, options = Random(seed), replace(options, window="last12", as_of=None)
    lines = [replace(line, batch=random.randint(0, 1)) for line in lines]
    lines[0], lines[-1] = replace(lines[0], batch=0), replace(lines[-1], batch=1)
    batches = write(lines, tmp_path)
    first, both, again = (
        told(analyze(batches[:count], options, workspace=tmp_path / "work")) for count in (1, len(batches), 1)
    )
    assert_same(both, told(analysed([replace(line, batch=0) for line in lines], options)))
    assert_same(again, first)


@seeds
def test_a_merge_is_as_if_the_lines_had_always_carried_the_other_code(seed: int) -> None:
    lines, options = drawn(seed)
    random, codes = Random(seed), sorted({line.customer for line in lines})
    # One account into another, one of them into a code that no line has, and a chain of both.
    first, second = random.choice(codes), random.choice(codes)
    merged = {first: second, second: "elsewhere"} if random.random() < 0.5 else {first: "elsewhere"}
    if first == second:
        merged = {first: "elsewhere"}
    ends = dict.fromkeys(merged, "elsewhere")
    carried = [
        replace(line, customer=ends[line.customer], name=None, group=None) if line.customer in ends else line
        for line in lines
    ]
    right = told(analysed(carried, options))
    assert_same(told(analysed(lines, replace(options, merged=merged))), right)


@seeds
def test_a_merge_into_a_living_account_keeps_its_name_and_group(seed: int) -> None:
    lines, options = drawn(seed)
    codes = sorted({line.customer for line in lines})
    gone, stays = codes[0], codes[-1]
    merged = {} if gone == stays else {gone: stays}
    carried = [
        replace(line, customer=stays, name=None, group=None) if line.customer in merged else line for line in lines
    ]
    assert_same(told(analysed(lines, replace(options, merged=merged))), told(analysed(carried, options)))


@seeds
def test_groups_said_by_people_are_as_if_the_ledger_had_named_them(seed: int) -> None:
    lines, options = drawn(seed)
    random = Random(seed)
    groups = {code: random.choice(["", "holding", "acme"]) for code in {line.customer for line in lines}}
    named = [replace(line, group=groups[line.customer] or None) for line in lines]
    assert_same(told(analysed(lines, replace(options, groups=groups))), told(analysed(named, options)))
