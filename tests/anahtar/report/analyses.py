"""A realistic small analysis, built by hand: a Turkish supplier, a window of one year, every state and class in it.

`small_analysis()` is consistent in itself (classes, shares and totals are worked out from the months below, with the
default cuts), and small enough to check a figure of a report by eye. Names hold what real names hold: Turkish letters,
an ampersand, and one that would be a formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, sqrt
from statistics import fmean, median, pstdev

import pyarrow as pa

from anahtar.analysis import (
    STANDINGS,
    Analysis,
    AnalysisOptions,
    Base,
    Cell,
    Choice,
    ClassTotal,
    Concentration,
    KeyAccount,
    LedgerTotals,
    Measure,
    Move,
    Window,
)
from anahtar.ledger.manifest import Manifest, SourceFile, Tally
from anahtar.ledger.problems import Kind, Verdict
from anahtar.ledger.schema import PROBLEMS
from anahtar.money import UNITS, Money
from anahtar.rules.evidence import Evidence
from anahtar.words import Share, say

AS_OF = date(2025, 12, 31)
WINDOW = Window(date(2025, 1, 1), AS_OF)
CURRENCY = "TRY"


@dataclass(frozen=True)
class Customer:
    """One customer of the invented ledger; months in whole lira, January to December 2025."""

    code: str
    name: str
    months: tuple[int, ...]
    year_ago: int | None
    before: str | None
    state: str = "active"
    last: date = date(2025, 12, 18)
    gap: float | None = 14.0
    late: int = 0
    group: str | None = None
    cost: float | None = 0.78
    xyz: str | None = None


def every(month: int, *, swing: int = 0) -> tuple[int, ...]:
    """The same amount each month, now and then a little more or less."""
    return tuple(month + swing * (k % 3 - 1) for k in range(12))


CUSTOMERS = (
    Customer("00120", "Çelik Yapı Sanayi A.Ş.", every(420_000, swing=15_000), 4_410_000, "A", group="Çelik Holding"),
    Customer("00045", "Öztürk Makina & Kalıp Ltd. Şti.", every(310_000, swing=40_000), 3_900_000, "A"),
    Customer(
        "00311",
        "Işık Enerji Sistemleri",
        (380_000, 350_000, 340_000, 300_000, 290_000, 260_000, 240_000, 180_000, 150_000, 0, 0, 0),
        4_650_000,
        "A",
        state="at_risk",
        last=date(2025, 9, 22),
        gap=11.0,
        late=70,
    ),
    Customer("00207", "Ğ Hidrolik Pnömatik", every(150_000, swing=30_000), 640_000, "B"),
    Customer(
        "10233",
        "Anadolu Döküm",
        (0, 0, 0, 0, 0, 40_000, 90_000, 160_000, 210_000, 260_000, 300_000, 340_000),
        None,
        "new",
        xyz="new",
    ),
    Customer(
        "00512",
        "Marmara Otomotiv Yan Sanayi",
        (200_000, 0, 0, 210_000, 0, 0, 190_000, 0, 0, 205_000, 0, 0),
        780_000,
        "A",
        gap=91.0,
        last=date(2025, 10, 6),
        group="Çelik Holding",
    ),
    Customer("00077", "Ege Boru Profil", every(52_000, swing=6_000), 600_000, "B"),
    Customer(
        "00430",
        "Karadeniz Gemi İnşa",
        (140_000, 120_000, 90_000, 60_000, 0, 0, 0, 0, 0, 0, 0, 0),
        1_320_000,
        "A",
        state="lapsed",
        last=date(2025, 4, 17),
        gap=16.0,
        late=214,
    ),
    Customer("00388", "Toros Tarım Makinaları", (0, 0, 110_000, 130_000, 120_000, 0, 0, 0, 0, 0, 0, 0), 340_000, "B"),
    Customer("00664", '=HYPERLINK("http://x";"Tık") Ticaret', every(21_000, swing=4_000), 230_000, "C"),
    Customer(
        "00701",
        "Başkent Asansör",
        (0, 0, 0, 0, 0, 0, 180_000, 0, 0, 0, 0, 0),
        None,
        "none",
        gap=None,
        last=date(2025, 7, 9),
        xyz="one_off",
    ),
    Customer("00815", "Trakya Cam", (9_000, 0, 12_000, 0, 8_000, 11_000, 0, 9_000, 0, 10_000, 0, 9_000), 71_000, "C"),
    Customer(
        "00816",
        "Güney Plastik",
        (0, 0, 0, 0, 0, 0, 0, 0, 0, 14_000, 17_000, 12_000),
        26_000,
        "C",
        state="returned",
        last=date(2025, 12, 29),
    ),
    Customer(
        "00099",
        "Kuzey Soğutma",
        (6_000, 5_000, 7_000, 4_000, 6_000, 5_000, 6_000, 3_000, 0, 0, 0, 0),
        58_000,
        "C",
        state="watch",
        last=date(2025, 8, 25),
        late=41,
        gap=28.0,
        cost=None,
    ),
    Customer("00900", "Doğu İade Hesabı", (0, -18_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 12_000, "C", gap=None),
    Customer(
        "00008",
        "Eski Dost Kundura",
        (),
        None,
        "none",
        state="lost",
        last=date(2023, 5, 3),
        gap=33.0,
        late=918,
    ),
)


def lira(amount: float) -> int:
    """Money units of whole lira."""
    return round(amount * UNITS)


def small_analysis(customers: Sequence[Customer] = CUSTOMERS, *, problems: int = 40) -> Analysis:
    """Everything a report reads, for the customers given."""
    standings = [*_ranked(customers), *_unranked(customers)]
    for account_id, row in enumerate(sorted(standings, key=lambda row: str(row["code"]))):
        row["account_id"] = account_id
    table = pa.Table.from_pylist(standings, schema=STANDINGS)
    return Analysis(
        options=AnalysisOptions(),
        as_of=AS_OF,
        window=WINDOW,
        measure=Measure.REVENUE,
        measure_reason=say("Revenue: part of the lines carry no cost."),
        ledger=_ledger(standings),
        batches=(_batch(),),
        problems=_problems(problems),
        standings=table,
        months=_months(customers, standings),
        directions=_directions(standings),
        abc=_classes(standings),
        xyz={word: _count(standings, "xyz", word) for word in ("X", "Y", "Z", "one_off", "new", "undefined")},
        cells=_cells(standings),
        migration=_migration(),
        concentration=concentration(
            [_money(row) for row in standings if _money(row) > 0],
            [str(row["code"]) for row in standings if (row.get("share") or 0) >= 0.20],
        ),
        group_concentration=concentration(_by_group(standings), ["Çelik Holding"]),
        key_share=sum(row["share"] for row in standings if row["key"]),
        key_band=(0.30, 0.55),
        key_accounts=_key_accounts(standings),
        silence={state: _count(standings, "state", state) for state in STATES},
        base=_base(standings),
        notes=(
            say("Cost is known on {share} of the lines; profit is shown for those only.", share=Share(0.94, 0)),
            say("The ledger begins {day}: rhythms of younger accounts rest on few gaps.", day=date(2023, 1, 2)),
        ),
        method=METHOD,
    )


STATES = ("active", "new", "watch", "at_risk", "lapsed", "lost", "returned", "never")

METHOD = (
    Choice(
        say("ABC classes"),
        say(
            "80/15/5 of the sum of positive values; the account that crosses a border belongs to the higher class; "
            "equal values by code; accounts of zero or less are class N, outside the denominator."
        ),
    ),
    Choice(
        say("XYZ classes"),
        say(
            "Coefficient of variation over quarters, population standard deviation, empty quarters count as zero: "
            "X up to 0.5, Y up to 1.0, Z above."
        ),
    ),
    Choice(say("Silence"), say("Own 95th percentile of the gaps between purchase days, at least 30 days.")),
)


def _standing(customer: Customer) -> dict[str, object]:
    bought = [month for month in customer.months if month > 0]
    value = lira(sum(customer.months)) if customer.months else None
    profit = None if value is None or customer.cost is None else round(value * (1 - customer.cost))
    year_ago = None if customer.year_ago is None else lira(customer.year_ago)
    change = value / year_ago - 1 if value is not None and year_ago else None
    halves = sum(customer.months[6:]), sum(customer.months[:6])
    usual = customer.gap
    return {
        "code": customer.code,
        "name": customer.name,
        "group_code": customer.group,
        "revenue": value,
        "profit": profit,
        "margin": 1 - customer.cost if profit is not None and (value or 0) > 0 and customer.cost is not None else None,
        "value": value,
        "value_year_ago": year_ago,
        "change": change,
        "orders": 3 * len(bought),
        "purchase_days": 2 * len(bought),
        "lines": 9 * len(bought) + sum(month < 0 for month in customer.months),
        "months_active": len(bought),
        "first_purchase": date(2025, 6, 11) if customer.before == "new" else date(2023, 1, 9),
        "last_purchase": customer.last,
        "last12": [lira(month) for month in customer.months] or [0] * 12,
        "trend": halves[0] / halves[1] - 1 if halves[1] > 0 else None,
        "abc_year_ago": customer.before if customer.before in {"A", "B", "C", "N"} else None,
        "abc_border": None,
        "abc_distance": None,
        "gaps": 0 if usual is None else round(900 / usual),
        "gap_mean": usual,
        "gap_median": usual,
        "gap_p95": None if usual is None else usual * 2.2,
        "gap_longest": None if usual is None else round(usual * 3),
        "silence": (AS_OF - customer.last).days,
        "expected_by": None
        if usual is None
        else AS_OF - timedelta(days=customer.late)
        if customer.late
        else customer.last + timedelta(days=max(30, round(usual * 2.2))),
        "days_late": None if usual is None else customer.late,
        "silences_as_long": None if usual is None else int(not customer.late),
        "state": customer.state,
        "interval_cv": 0.62 if usual else None,
        "demand": "smooth" if len(bought) > 9 else "lumpy" if bought else None,
        "types": [],
        "candidate_for": [],
    }


def _ranked(customers: Sequence[Customer]) -> list[dict[str, object]]:
    """Accounts of positive value by rank, classed 80/15/5, the crossing one in the higher class."""
    rows = [_standing(one) for one in customers if sum(one.months) > 0]
    spread = {one.code: _spread(one) for one in customers}
    rows.sort(key=lambda row: (-int(str(row["value"])), str(row["code"])))
    total, above = sum(int(str(row["value"])) for row in rows), 0
    for rank, row in enumerate(rows, start=1):
        abc = "A" if above < 0.80 * total else "B" if above < 0.95 * total else "C"
        above += int(str(row["value"]))
        cv, xyz = spread[str(row["code"])]
        share = int(str(row["value"])) / total
        row |= {"rank": rank, "share": share, "cumulative_share": above / total, "abc": abc, "cv": cv, "xyz": xyz}
        row |= {"cell": abc + (xyz if xyz in {"X", "Y"} else "Z"), "stability": 1.0 if rank % 3 else 0.72}
        row |= {"abc_border": lira(900_000), "abc_distance": int(str(row["value"])) / lira(900_000) - 1}
        before = next(one.before for one in customers if one.code == row["code"])
        row["abc_history"] = [None if before == "none" else before] * 6 + [abc] * 7
        row |= {"key": share >= 0.10, "types": ["breadwinner"] if share >= 0.10 else []}
        if before == "new":
            row["types"] = ["prospective"]
        if rank == 4:
            row["candidate_for"] = ["expert"]
    return rows


def _unranked(customers: Sequence[Customer]) -> list[dict[str, object]]:
    rows = [_standing(one) for one in customers if sum(one.months) <= 0]
    for row in rows:
        abc = None if row["value"] is None else "N"
        row |= {"abc": abc, "abc_history": [row["abc_year_ago"]] * 6 + [abc] * 7, "key": False, "stability": None}
    return sorted(rows, key=lambda row: str(row["code"]))


def _spread(customer: Customer) -> tuple[float | None, str | None]:
    """CV over quarters and its class."""
    quarters = [sum(customer.months[k : k + 3]) for k in range(0, 12, 3)] if customer.months else [0]
    if fmean(quarters) <= 0:
        return None, None
    cv = pstdev(quarters) / fmean(quarters)
    return cv, customer.xyz or ("X" if cv <= 0.5 else "Y" if cv <= 1.0 else "Z")


def _count(standings: Sequence[Mapping[str, object]], column: str, value: str) -> int:
    return sum(row.get(column) == value for row in standings)


def _classes(standings: Sequence[Mapping[str, object]]) -> dict[str, ClassTotal]:
    total = sum(_money(row) for row in standings if _money(row) > 0)
    classes = {}
    for abc in "ABCN":
        rows = [row for row in standings if row["abc"] == abc]
        amount = sum(_money(row) for row in rows)
        classes[abc] = ClassTotal(len(rows), amount, amount / total if total and abc != "N" else 0.0)
    return classes


def _money(row: Mapping[str, object], column: str = "value") -> int:
    return int(str(row[column] or 0))


STRATEGY = {
    "AX": say("Protect: a named manager, a yearly agreement, stock kept ready, a quarterly review with their head."),
    "AY": say("Even out: frame contract with call-offs, ask for their plan, watch the season."),
    "AZ": say("Understand: find what decides each order; a standing offer, and a second contact in the house."),
    "BX": say("Grow: the same service at less cost; offer the next direction."),
    "BY": say("Develop: one campaign a year, one visit a quarter, look for the second direction."),
    "BZ": say("Probe: find out whether the need is there; if yes, treat as prospective."),
    "CX": say("Serve by routine: web orders, standing deliveries, no visits."),
    "CY": say("Serve by telephone; collect small orders."),
    "CZ": say("Price list, prepayment; no attention beyond a yearly look."),
}


def _cells(standings: Sequence[Mapping[str, object]]) -> list[Cell]:
    total = sum(_money(row) for row in standings if _money(row) > 0)
    cells = []
    for name, strategy in STRATEGY.items():
        rows = [row for row in standings if row.get("cell") == name]
        revenue, profit = (sum(_money(row, column) for row in rows) for column in ("revenue", "profit"))
        extra = _count(rows, "xyz", "one_off"), _count(rows, "xyz", "new")
        cells.append(Cell(name, len(rows), *extra, revenue, profit, revenue / total if total else 0.0, strategy))
    return cells


def concentration(values: Sequence[int], dependence: Sequence[str] = ()) -> Concentration:
    """The figures of a list of positive values, by their definitions."""
    largest = sorted(values, reverse=True)
    total, n = sum(largest), len(largest)
    shares = [value / total for value in largest]
    hhi = sum(share**2 for share in shares)
    gini = sum((2 * i - n - 1) * x for i, x in enumerate(sorted(largest), start=1)) / (n * total)

    def until(part: float) -> int:
        return next(k for k in range(1, n + 1) if sum(largest[:k]) >= part * total)

    return Concentration(
        customers_positive=n,
        total=total,
        top={k: sum(shares[:k]) for k in (1, 3, 5, 10, 20)},
        top_percent={p: sum(shares[: ceil(n * p / 100)]) for p in (1, 5, 10, 20)},
        hhi=hhi,
        hhi_normalised=(hhi - 1 / n) / (1 - 1 / n) if n > 1 else None,
        effective_number=1 / hhi,
        gini=gini,
        gini_corrected=gini * n / (n - 1) if n > 1 else None,
        customers_for_50pct=until(0.5),
        customers_for_80pct=until(0.8),
        without={k: total - sum(largest[:k]) for k in (1, 3, 5)},
        dependence=dependence,
        mono_client=None,
    )


def _by_group(standings: Sequence[Mapping[str, object]]) -> list[int]:
    groups: dict[str, int] = {}
    for row in standings:
        if _money(row) > 0:
            name = str(row["group_code"] or row["code"])
            groups[name] = groups.get(name, 0) + _money(row)
    return list(groups.values())


def _migration() -> list[Move]:
    """Three month ends; the last step moves five accounts."""
    steps = [
        ("A", "A", 5, 16_400_000),
        ("A", "B", 1, 1_320_000),
        ("B", "A", 1, 640_000),
        ("B", "B", 2, 940_000),
        ("B", "C", 1, 340_000),
        ("C", "C", 4, 385_000),
        ("new", "A", 1, 1_400_000),
        ("none", "C", 1, 43_000),
        ("C", "none", 1, 12_000),
    ]
    ends = (date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31))
    return [Move(end, before, after, n, lira(amount)) for end in ends for before, after, n, amount in steps]


def _key_accounts(standings: Sequence[Mapping[str, object]]) -> list[KeyAccount]:
    chosen = [row for row in standings if row["key"] or row["types"] or row["candidate_for"]]
    chosen.sort(key=lambda row: (not row["key"], -float(str(row["share"] or 0))))
    return [_key_account(row) for row in chosen]


def _key_account(row: Mapping[str, object]) -> KeyAccount:
    share, types = float(str(row["share"])), [str(one) for one in row["types"]]  # type: ignore[attr-defined]
    asked = (
        Evidence(
            "share",
            share >= 0.10,
            share,
            0.10,
            say("{share} of 12-month revenue; border {border}.", share=Share(share), border=Share(0.10, 0)),
        ),
        Evidence("class", row["abc"] == "A", None, None, say("Class {cell}; wanted AX or AY.", cell=str(row["cell"]))),
        Evidence("tenure", True, 35.0, 12.0, say("{n} month a customer", "{n} months a customer", n=35)),
    )
    worth = say("{money} in the window.", money=Money(_money(row), CURRENCY))
    return KeyAccount(
        account_id=int(str(row["account_id"])),
        code=str(row["code"]),
        name=str(row["name"]),
        share=share,
        types=types,
        candidate_for=[str(one) for one in row["candidate_for"]],  # type: ignore[attr-defined]
        reasons=asked,
        type_evidence={one: (Evidence("share", True, share, 0.10, worth),) for one in types},
    )


def _base(standings: Sequence[Mapping[str, object]]) -> Base:
    gaps = [float(str(row["gap_mean"])) for row in standings if int(str(row["gaps"])) >= 2]
    return Base(median(gaps) if gaps else None, sum(max(0, _money(row, "value_year_ago")) for row in standings))


def _ledger(standings: Sequence[Mapping[str, object]]) -> LedgerTotals:
    return LedgerTotals(
        rows_in_file=10_412,
        rows_accepted=10_283,
        rows_set_aside=117,
        rows_refused=12,
        customers=len(standings),
        amount_accepted=sum(_money(row) for row in standings) * 2 + lira(0.37),
        unassigned_rows=117,
        unassigned_amount=lira(218_400.55),
        duplicate_rows=23,
        first_date=date(2023, 1, 2),
        last_date=AS_OF,
        currency=CURRENCY,
    )


def _batch() -> Manifest:
    tally = Tally(
        rows=10_412,
        accepted=10_283,
        set_aside=117,
        refused=12,
        amount=lira(52_418_400.92),
        accepted_amount=lira(52_200_000.37),
        set_aside_amount=lira(218_400.55),
        refused_amount=0,
    )
    facts = {"encoding": "cp1254", "delimiter": ";", "decimal": ",", "date_order": "dmy"}
    return Manifest(
        number=1,
        batch="0001",
        removes=False,
        made_at="2026-01-05T08:30:00+03:00",
        previous="",
        content="c" * 64,
        files=(SourceFile("satışlar 2023-2025.csv", 1_482_211, "a" * 64, "", facts),),
        parts=(),
        mapping={"customer": "Cari Kodu", "customer_name": "Cari Ünvan", "date": "Tarih", "amount": "Net Tutar"},
        tally=tally,
        kinds={Kind.MISSING_CUSTOMER: (117, lira(218_400.55)), Kind.UNREADABLE_DATE: (12, 0)},
        oddities={},
        currency=CURRENCY,
        accounts=16,
        first_date=date(2023, 1, 2),
        last_date=AS_OF,
    )


def _problems(count: int) -> pa.Table:
    kinds = (
        (Kind.MISSING_CUSTOMER, Verdict.SET_ASIDE, "", "Cari Kodu"),
        (Kind.DUPLICATE, Verdict.ACCEPTED, "FT-2024-0113", ""),
        (Kind.UNREADABLE_DATE, Verdict.REFUSED, "31.02.2025", "Tarih"),
        (Kind.UNREADABLE_NUMBER, Verdict.REFUSED, "=1+1", "Net Tutar"),
    )
    listed = []
    for number in range(count):
        kind, verdict, text, column = kinds[number % len(kinds)]
        amount = None if verdict is Verdict.REFUSED else lira(100 + number) + 1234
        place = {"file": "satışlar 2023-2025.csv", "sheet": "", "row": 8 + number, "column": column}
        listed.append(place | {"text": text, "kind": kind, "verdict": verdict, "amount": amount})
    return pa.Table.from_pylist(listed, schema=PROBLEMS)


def _months(customers: Sequence[Customer], standings: Sequence[Mapping[str, object]]) -> pa.Table:
    ids = {row["code"]: row["account_id"] for row in standings}
    bought = [
        {
            "account_id": ids[one.code],
            "month": month,
            "revenue": lira(amount),
            "profit": None if one.cost is None else round(lira(amount) * (1 - one.cost)),
            "orders": 3 if amount > 0 else 0,
        }
        for one in customers
        for month, amount in _course(one)
        if amount
    ]
    schema = pa.schema(
        {
            "account_id": pa.int32(),
            "month": pa.date32(),
            "revenue": pa.int64(),
            "profit": pa.int64(),
            "orders": pa.int64(),
        }
    )
    return pa.Table.from_pylist(bought, schema=schema)


def _course(customer: Customer) -> list[tuple[date, float]]:
    """Two years: the one before spread evenly over its months, then the one of the window."""
    before = [(date(2024, number, 1), (customer.year_ago or 0) / 12) for number in range(1, 13)]
    return [*before, *((date(2025, number, 1), amount) for number, amount in enumerate(customer.months, start=1))]


def _directions(standings: Sequence[Mapping[str, object]]) -> pa.Table:
    split = (("Rulman", 0.6, 0.5), ("Kayış kasnak", 0.4, 0.3), ("Hidrolik", 0.0, 0.2))
    schema = pa.schema(
        {"account_id": pa.int32(), "direction": pa.string(), "revenue": pa.int64(), "revenue_year_ago": pa.int64()}
    )
    listed = [
        {
            "account_id": row["account_id"],
            "direction": direction,
            "revenue": round(_money(row, "revenue") * now),
            "revenue_year_ago": round(_money(row, "value_year_ago") * before),
        }
        for row in standings
        for direction, now, before in split
    ]
    return pa.Table.from_pylist(listed, schema=schema)


def crowd(count: int) -> list[Customer]:
    """Many customers alike, each a little smaller than the one before; some quiet, some gone."""
    states = ("active", "active", "active", "watch", "at_risk", "lapsed")
    return [
        replace(
            CUSTOMERS[0],
            code=f"{number:06d}",
            name=f"Müşteri {number}",
            months=every(max(1, int(90_000 / sqrt(number + 1)))),
            state=states[number % 6],
            late=(number % 6) * 9,
            group=None,
        )
        for number in range(count)
    ]
