"""The arithmetic of the oracle: lists of lines, whole numbers and exact fractions in, a figure out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import Any

from tests.anahtar.oracle.ledger import Line

Row = dict[str, Any]

CLASSED = ("A", "B", "C")
STATES = ("new", "active", "watch", "at_risk", "lapsed", "lost", "returned", "never")


def month(day: date) -> int:
    """Months counted through: differences are months."""
    return day.year * 12 + day.month - 1


# ---- money of some lines


def revenue(lines: Iterable[Line]) -> int:
    return sum(line.amount for line in lines)


def profit(lines: Iterable[Line]) -> int | None:
    costed = [line.amount - line.cost for line in lines if line.cost is not None]
    return sum(costed) if costed else None


def by_direction(lines: Iterable[Line]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.direction or ""] += line.amount
    return dict(sums)


def orders(lines: Iterable[Line]) -> list[tuple[date, int]]:
    """Day and total of every invoice (or day without invoice numbers) that comes to more than zero."""
    documents: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        day = line.sold_on
        key = ("invoice", line.invoice, month(day)) if line.invoice is not None else ("day", day)
        documents[line.customer, *key].append(line)
    totals = [(min(line.sold_on for line in found), revenue(found)) for found in documents.values()]
    return [(day, total) for day, total in totals if total > 0]


def latest(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for key, value in pairs:
        found[key] = value or found.get(key)
    return found


# ---- classes


def classes(values: Mapping[str, int], cuts: tuple[Fraction, Fraction]) -> dict[str, Row]:
    total = sum(value for value in values.values() if value > 0)
    reached, found = 0, {}
    for rank, account in enumerate(sorted(values, key=lambda one: (-values[one], one)), 1):
        value = values[account]
        if value <= 0:
            found[account] = {"value": value, "abc": "N"}
            continue
        above, reached = Fraction(reached, total), reached + value
        found[account] = {
            "value": value,
            "rank": rank,
            "share": Fraction(value, total),
            "cumulative_share": Fraction(reached, total),
            "above": above,
            "abc": "A" if above < cuts[0] else "B" if above < cuts[1] else "C",
        }
    return found


def border(own: Row, everybody: Iterable[Row]) -> Row:
    """A and B look down at the largest account below their class, C looks up at the smallest above it."""
    everybody = list(everybody)
    below = {"A": ("B", "C"), "B": ("C",)}
    line = None
    if own.get("abc") in below:
        line = max((row["value"] for row in everybody if row["abc"] in below[own["abc"]]), default=None)
    elif own.get("abc") == "C":
        line = min((row["value"] for row in everybody if row["abc"] in ("A", "B")), default=None)
    return {"abc_border": line, "abc_distance": None if line is None else as_float(Fraction(own["value"], line) - 1)}


def class_totals(rows: Sequence[Row]) -> dict[str, Row]:
    total = sum(row["value"] for row in rows if row["abc"] in CLASSED)
    found = {}
    for name in ("A", "B", "C", "N"):
        amounts = [row["value"] or 0 for row in rows if row["abc"] == name]
        share = sum(amounts) / total if total else 0.0
        found[name] = {"customers": len(amounts), "amount": sum(amounts), "share": share}
    return found


def cell(rows: Sequence[Row], name: str) -> Row:
    inside = [row for row in rows if row["cell"] == name]
    profits = [row["profit"] for row in inside if row["profit"] is not None]
    return {
        "customers": len(inside),
        "one_off": sum(row["xyz"] == "one_off" for row in inside),
        "new": sum(row["xyz"] == "new" for row in inside),
        "revenue": sum(row["revenue"] for row in inside),
        "profit": sum(profits) if profits else None,
        "share": sum((row["share"] for row in inside), 0.0),
    }


def counted(rows: Sequence[Row], column: str, names: Sequence[str]) -> dict[str, int]:
    return {name: sum(row[column] == name for row in rows) for name in names}


# ---- concentration


def concentration(classed: Mapping[str, Row]) -> Row:
    ranked = sorted((row["rank"], code, row) for code, row in classed.items() if row["value"] > 0)
    values = [row["value"] for *_, row in ranked]
    shares = [row["share"] for *_, row in ranked]
    n, total = len(values), sum(values)
    hhi = sum((share**2 for share in shares), Fraction(0))
    gini = gini_of(values)
    return {
        "customers_positive": n,
        "total": total,
        "top": {k: float(sum(shares[:k])) for k in (1, 3, 5, 10, 20)},
        "top_percent": {p: float(sum(shares[: -(-n * p // 100)])) for p in (1, 5, 10, 20)},
        "hhi": float(hhi),
        "hhi_normalised": float((hhi - Fraction(1, n)) / (1 - Fraction(1, n))) if n > 1 else None,
        "effective_number": float(1 / hhi) if hhi else 0.0,
        "gini": float(gini),
        "gini_corrected": float(gini * n / (n - 1)) if n > 1 else None,
        "customers_for_50pct": needed_for(values, Fraction(1, 2)),
        "customers_for_80pct": needed_for(values, Fraction(4, 5)),
        "without": {k: sum(values[k:]) for k in (1, 3, 5)},
        "dependence": [code for _, code, row in ranked if row["share"] >= Fraction(1, 5)],
        "mono_client": next((code for _, code, row in ranked if row["share"] >= Fraction(1, 2)), None),
    }


def gini_of(values: Sequence[int]) -> Fraction:
    """Mean absolute difference of all pairs over twice the mean."""
    if not values:
        return Fraction(0)
    apart = sum(abs(one - other) for one in values for other in values)
    return Fraction(apart, 2 * len(values) * sum(values))


def needed_for(values: Sequence[int], part: Fraction) -> int:
    """How many of the largest it takes to reach a part of the total."""
    reached = 0
    for count, value in enumerate(values, 1):
        reached += value
        if reached >= part * sum(values):
            return count
    return 0


# ---- spread and gaps


def mean(values: Sequence[int]) -> Fraction:
    return Fraction(sum(values), len(values))


def squared_variation(values: Sequence[int]) -> Fraction | None:
    """Population variance over the squared mean; None where the mean is not above zero."""
    if not values or sum(values) <= 0:
        return None
    middle = mean(values)
    return sum(((value - middle) ** 2 for value in values), Fraction(0)) / len(values) / middle**2


def sample_variation(values: Sequence[int]) -> float:
    middle = mean(values)
    return sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1)) / float(middle)


def gaps(days: Sequence[date]) -> list[int]:
    return [(later - day).days for day, later in pairwise(days)]


def percentile(values: Sequence[int] | Sequence[Fraction], part: Fraction) -> Fraction:
    """Between the two nearest by linear interpolation (Hyndman and Fan, type 7)."""
    ordered = sorted(Fraction(value) for value in values)
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def ratio(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole or whole < 0 else float(Fraction(part, whole))


def growth(now: int | None, before: int | None) -> float | None:
    return None if now is None or before is None or before <= 0 else float(Fraction(now, before) - 1)


def as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


# ---- what silence means


def state(days: Sequence[date], as_of: date, base: Fraction, ledger_from: date) -> str:
    """The rules of `anahtar.rules.lapse_state`, read from its module docstring."""
    if not days:
        return "never"
    between, silence, age = gaps(days), (as_of - days[-1]).days, (as_of - days[0]).days
    usual = usual_interval(between, base)
    # In a ledger younger than two expected intervals nobody is known to be new.
    if age < 2 * usual and (as_of - ledger_from).days >= 2 * usual:
        return "new"
    for name, limit in reversed(silence_borders(between, base)):
        if silence > limit:
            return name
    recent = range(max(len(between) - 3, 0), len(between))
    return "returned" if any(had_lapsed(between, at, base) for at in recent) else "active"


def usual_interval(between: Sequence[int], base: Fraction) -> Fraction:
    """The account's own gaps and three of the base's, averaged; who has none is judged by the base."""
    return (sum(between) + 3 * base) / (len(between) + 3) if between else base


def silence_borders(between: Sequence[int], base: Fraction) -> list[tuple[str, Fraction]]:
    usual = usual_interval(between, base)
    if not between:
        watch = max(Fraction(30), 2 * base)
        half_year = max(Fraction(182), 2 * base)
        return [("watch", watch), ("lapsed", half_year), ("lost", max(Fraction(365), 4 * base))]
    watch = max(Fraction(30), percentile(between, Fraction(95, 100)) if len(between) >= 3 else Fraction(3, 2) * usual)
    told = max(usual, Fraction(20))
    return [
        ("watch", watch),
        ("at_risk", max(watch, 2 * told)),
        ("lapsed", max(watch, 3 * told)),
        ("lost", max(watch, 4 * told, Fraction(365))),
    ]


def had_lapsed(between: Sequence[int], at: int, base: Fraction) -> bool:
    """Whether a gap had been a lapse: more than three intervals of what the other gaps make expected."""
    others = [*between[:at], *between[at + 1 :]]
    if not others:
        return between[at] > max(Fraction(182), 2 * base)
    return between[at] > 3 * max(usual_interval(others, base), Fraction(20))
