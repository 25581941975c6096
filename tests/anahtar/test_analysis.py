"""One analysis, whole: what it says of small ledgers that can be reckoned by hand."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from anahtar.analysis import STANDINGS, Analysis, AnalysisOptions, Measure, Span, UnableToAnalyze, Window, analyze
from anahtar.words import Words
from tests.anahtar.ledgers import manifest_of, rows_of, write_batch

Analyse = Callable[..., Analysis]


@pytest.fixture
def analyse(tmp_path: Path, request: pytest.FixtureRequest) -> Analyse:
    """The analysis of the ledger in the test's docstring."""

    def analyse(**options: Any) -> Analysis:
        return _analyse(tmp_path, inspect.getdoc(request.function) or "", AnalysisOptions(**options))

    return analyse


def _analyse(folder: Path, ledger: str, options: AnalysisOptions) -> Analysis:
    batch = folder / "batch"
    if not batch.exists():
        write_batch(batch, rows_of(ledger))
    workspace = folder / "work"
    workspace.mkdir(exist_ok=True)
    return analyze([(batch, manifest_of(batch))], options, workspace=workspace)


def column(analysis: Analysis, name: str) -> dict[str, Any]:
    return dict(zip(analysis.standings["code"].to_pylist(), analysis.standings[name].to_pylist(), strict=True))


def said(analysis: Analysis) -> str:
    return "\n".join(str(note) for note in analysis.notes)


def test_standings_keep_to_their_schema_and_come_by_rank(analyse: Analyse) -> None:
    """
    sold_on     customer  amount  name
    2024-12-31  zinc      -5      Zinc
    2025-03-03  acme      100     Acme
    2025-04-03  birch     300     -
    2025-12-31  cedar     0       -
    """
    analysis = analyse()
    assert analysis.standings.schema.equals(STANDINGS)
    assert analysis.standings["code"].to_pylist() == ["birch", "acme", "cedar", "zinc"]
    assert column(analysis, "name") == {"birch": "birch", "acme": "Acme", "cedar": "cedar", "zinc": "Zinc"}
    assert column(analysis, "abc") == {"birch": "A", "acme": "A", "cedar": "N", "zinc": None}
    assert column(analysis, "state")["zinc"] == "never"


def test_the_window_is_the_last_twelve_full_months(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2024-10-31  acme      1
    2024-11-01  acme      2
    2025-10-31  acme      4
    2025-11-29  acme      8
    """
    analysis = analyse()
    assert analysis.as_of == date(2025, 11, 29)
    assert analysis.window == Window(date(2024, 11, 1), date(2025, 10, 31))
    assert column(analysis, "revenue") == {"acme": 6_0000}
    assert "November 2025 is not full on 29 Nov 2025" in said(analysis)
    assert analyse(as_of=date(2025, 11, 30)).window == Window(date(2024, 12, 1), date(2025, 11, 30))


def test_all_takes_cut_months_too(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2024-10-30  acme      1
    2025-11-29  acme      8
    """
    analysis = analyse(window="all")
    assert analysis.window == Window(date(2024, 10, 30), date(2025, 11, 29))
    assert column(analysis, "revenue") == {"acme": 9_0000}


def test_a_year_ago_is_unknown_in_a_younger_ledger_and_nothing_in_an_older_one(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2023-12-31  acme      1
    2024-06-30  acme      10
    2025-06-30  acme      15
    2025-12-31  birch     20
    """
    analysis = analyse()
    assert column(analysis, "value_year_ago") == {"acme": 10_0000, "birch": 0}
    assert column(analysis, "change") == {"acme": 0.5, "birch": None}
    assert column(analysis, "abc_year_ago") == {"acme": "A", "birch": None}
    younger = analyse(window=Window(date(2024, 1, 1), date(2025, 12, 31)))
    assert column(younger, "value_year_ago") == {"acme": None, "birch": None}


def test_the_last_twelve_months_and_their_trend(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2024-01-01  acme      1
    2025-01-15  acme      10
    2025-06-15  acme      30
    2025-07-15  acme      50
    2025-12-31  acme      10
    2025-12-31  birch     10
    """
    analysis = analyse()
    assert column(analysis, "last12")["acme"] == [10_0000, 0, 0, 0, 0, 30_0000, 50_0000, 0, 0, 0, 0, 10_0000]
    assert column(analysis, "trend") == {"acme": 0.5, "birch": None}


@pytest.mark.parametrize(
    ("asked", "measure", "reason"),
    [
        (None, Measure.REVENUE, "Revenue: the cost of 25.0 % of the lines is unknown"),
        (Measure.PROFIT, Measure.PROFIT, "Profit was asked for."),
    ],
)
def test_a_missing_cost_makes_revenue_the_measure_unless_profit_is_asked_for(
    analyse: Analyse, asked: Measure | None, measure: Measure, reason: str
) -> None:
    """
    sold_on     customer  amount  cost
    2025-01-31  acme      100     90
    2025-01-31  acme      0       -
    2025-01-31  birch     50      20
    2025-01-31  cedar     70      -
    """
    analysis = analyse(measure=asked, window="all")
    assert analysis.measure is measure
    assert reason in str(analysis.measure_reason)
    assert column(analysis, "profit") == {"acme": 10_0000, "birch": 30_0000, "cedar": None}
    assert column(analysis, "margin") == {"acme": 0.1, "birch": 0.6, "cedar": None}
    assert "The cost of 1 line is unknown" in said(analysis)
    if asked:
        assert column(analysis, "abc") == {"birch": "A", "acme": "A", "cedar": "N"}


def test_profit_is_the_measure_where_every_line_tells_its_cost(analyse: Analyse) -> None:
    """
    sold_on     customer  amount  cost
    2025-01-31  acme      100     99
    2025-01-31  birch     50      20
    """
    analysis = analyse(window="all")
    assert (analysis.measure, analysis.standings["code"].to_pylist()) == (Measure.PROFIT, ["birch", "acme"])


def test_moves_add_up_to_everybody_known(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2024-01-15  acme      100
    2024-02-15  birch     100
    2025-02-15  acme      100
    2025-03-15  cedar     100
    2025-03-31  acme      1
    """
    analysis = analyse()
    february, march = (
        {(move.before, move.after): move.customers for move in analysis.migration if move.month_end == end}
        for end in (date(2025, 2, 28), date(2025, 3, 31))
    )
    assert february == {("none", "A"): 1, ("A", "none"): 1}
    assert march == {("A", "A"): 1, ("none", "none"): 1, ("new", "A"): 1}
    history = column(analysis, "abc_history")
    assert [history["birch"][at] for at in (0, 10, 11, 12)] == ["A", "A", None, None]
    assert [history["cedar"][at] for at in (0, 11, 12)] == ["new", "new", "A"]


def test_directions_that_grew_and_stopped(analyse: Analyse) -> None:
    """
    sold_on     customer  amount  direction
    2024-01-01  acme      5       valves
    2024-05-01  acme      20      pumps
    2025-05-01  acme      50      valves
    2025-12-31  birch     1       -
    """
    rows = analyse().directions.to_pylist()
    assert [(row["account_id"], row["direction"], row["revenue"], row["revenue_year_ago"]) for row in rows] == [
        (0, "valves", 50_0000, 5_0000),
        (0, "pumps", 0, 20_0000),
        (1, "", 1_0000, 0),
    ]


def test_groups_are_measured_beside_accounts(analyse: Analyse) -> None:
    """
    sold_on     customer  amount  group
    2025-01-31  acme-n    30      acme
    2025-01-31  acme-s    30      acme
    2025-01-31  birch     40      -
    """
    analysis = analyse(window="all")
    assert analysis.concentration.mono_client is None
    assert analysis.group_concentration is not None
    assert analysis.group_concentration.mono_client == "acme"
    together = analyse(window="all", by_group=True)
    assert column(together, "share") == {"acme": 0.6, "birch": 0.4}
    assert together.ledger.customers == 3


def test_one_customer_on_one_day_is_a_whole_analysis(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2025-06-15  acme      100
    """
    analysis = analyse()
    assert analysis.window == Window(date(2025, 6, 15), date(2025, 6, 15))
    assert column(analysis, "abc") == {"acme": "A"}
    assert analysis.concentration.mono_client == "acme"
    assert analysis.key_accounts[0].code == "acme"
    assert "holds no full month" in said(analysis)


def test_only_returns_leave_everybody_in_n(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2025-06-15  acme      -100
    2025-06-30  birch     0
    """
    analysis = analyse()
    assert {letter: total.customers for letter, total in analysis.abc.items()} == {"A": 0, "B": 0, "C": 0, "N": 2}
    assert analysis.silence["never"] == 2
    assert analysis.concentration.customers_positive == 0
    assert "No account has positive value" in said(analysis)


def test_a_month_without_any_line_is_asked_about(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2025-01-15  acme      1
    2025-03-31  acme      1
    """
    assert "no line in February 2025. Is an import missing?" in said(analyse())


def test_the_matrix_holds_one_off_and_new_in_the_z_column(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2024-01-01  acme      10
    2025-01-10  acme      10
    2025-04-10  acme      10
    2025-07-10  acme      10
    2025-10-10  acme      10
    2025-02-10  birch     9
    2025-11-10  cedar     1
    2025-12-31  cedar     2
    """
    analysis = analyse()
    assert column(analysis, "xyz") == {"acme": "X", "birch": "one_off", "cedar": "new"}
    assert column(analysis, "cell") == {"acme": "AX", "birch": "AZ", "cedar": "BZ"}
    cells = {cell.name: (cell.customers, cell.one_off, cell.new) for cell in analysis.cells if cell.customers}
    assert cells == {"AX": (1, 0, 0), "AZ": (1, 1, 0), "BZ": (1, 0, 1)}
    assert sum(cell.share for cell in analysis.cells) == pytest.approx(1)


def test_stability_tells_the_settled_from_the_borderline(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2024-01-01  acme      500
    2025-01-31  acme      500
    2025-01-31  birch     260
    2025-01-31  cedar     140
    2025-01-31  dune      100
    2025-12-31  acme      0
    """
    analysis = analyse()
    # Shares above: 0, 50, 76 and 90 %. Acme and birch are A at 70, 80 and 85; cedar is not at 70; dune is C at 90.
    # One and two months earlier the window holds the same lines.
    assert column(analysis, "abc") == {"acme": "A", "birch": "A", "cedar": "A", "dune": "B"}
    assert column(analysis, "stability") == pytest.approx({"acme": 1.0, "birch": 1.0, "cedar": 2 / 3, "dune": 2 / 3})


def test_an_empty_ledger_is_refused() -> None:
    with pytest.raises(UnableToAnalyze, match="no accepted line"):
        analyze([], AnalysisOptions(), workspace=Path("nowhere"))


def test_a_day_before_the_ledger_is_refused(analyse: Analyse) -> None:
    """
    sold_on     customer  amount
    2025-06-15  acme      1
    """
    with pytest.raises(UnableToAnalyze, match="begins on 15 Jun 2025"):
        analyse(as_of=date(2025, 6, 14))
    with pytest.raises(UnableToAnalyze, match="--window all"):
        analyse(window=Window(date(2024, 1, 1), date(2024, 12, 31)))


def test_two_currencies_are_refused(tmp_path: Path) -> None:
    batch = write_batch(tmp_path / "batch", rows_of("sold_on customer amount\n2025-06-15 acme 1"))
    manifests = [(batch, manifest_of(batch, currency=currency)) for currency in ("TRY", "EUR")]
    with pytest.raises(UnableToAnalyze, match="EUR, TRY"):
        analyze(manifests, AnalysisOptions(), workspace=tmp_path)


LEDGER = """
sold_on     customer  amount   cost   invoice  direction
2024-01-20  acme      700.25   500    1        pumps
2024-01-20  acme      -20.25   -10    1        pumps
2024-09-02  birch     150      140    2        valves
2025-02-11  acme      500      300    3        valves
2025-05-05  cedar     110.40   90     4        pumps
2025-07-19  birch     90       95     5        pumps
2025-11-30  dune      40       30     6        valves
"""


def verdict(analysis: Analysis) -> pa.Table:
    return analysis.standings.select([name for name in STANDINGS.names if name not in ("lines",)])


@pytest.mark.long
def test_splitting_a_line_and_shuffling_the_rows_change_nothing(tmp_path: Path) -> None:
    rows = rows_of(LEDGER)
    halves = [dict(row, amount="250", cost="150") if row["invoice"] == "3" else row for row in rows]
    split = [row for row in halves for _ in range(2 if row["invoice"] == "3" else 1)]
    tables = []
    for name, lines in (("plain", rows), ("split", split), ("turned", rows[::-1])):
        batch = write_batch(tmp_path / name, lines)
        work = tmp_path / f"work-{name}"
        work.mkdir()
        tables.append(verdict(analyze([(batch, manifest_of(batch))], AnalysisOptions(), workspace=work)))
    assert tables[0].equals(tables[1])
    assert tables[0].equals(tables[2])


def test_ten_times_the_amounts_are_ten_times_the_money_and_the_same_classes(tmp_path: Path) -> None:
    rows = rows_of(LEDGER)
    larger = [
        dict(row, amount=str(10 * float(row["amount"] or 0)), cost=str(10 * float(row["cost"] or 0))) for row in rows
    ]
    found = []
    for name, lines in (("plain", rows), ("larger", larger)):
        (tmp_path / name).mkdir()
        batch = write_batch(tmp_path / name / "batch", lines)
        found.append(analyze([(batch, manifest_of(batch))], AnalysisOptions(), workspace=tmp_path / name))
    plain, large = found
    assert column(large, "value") == {code: value * 10 for code, value in column(plain, "value").items()}
    for name in ("abc", "xyz", "cell", "state", "rank", "types", "abc_history", "stability"):
        assert column(large, name) == column(plain, name)


def test_every_choice_of_a_run_is_said_in_both_languages(tmp_path: Path) -> None:
    options = AnalysisOptions(period=Span.MONTH)
    for analysis in (_analyse(tmp_path, LEDGER, options), _analyse(tmp_path, LEDGER, replace(options, window="all"))):
        for language in ("en", "tr"):
            words = Words(language)
            texts = [words(choice.topic) + words(choice.setting) for choice in analysis.method]
            assert all(texts)
            assert all(words(note) for note in analysis.notes)


def test_of_a_hundred_growing_accounts_the_fifty_largest_are_named_and_the_others_can_be_looked_up(
    tmp_path: Path,
) -> None:
    days = ["2025-01-10", "2025-02-10", "2025-03-10", *(f"2025-{month:02}-10" for month in range(7, 13))]
    lines = [f"{day} c{number:03} {number}" for number in range(1, 101) for day in days]
    # Three orders in the first half, six in the second: growth of 100 % by three orders. The last day ends the year.
    ledger = "\n".join(["sold_on customer amount", "2024-01-10 old 1", *lines, "2025-12-31 old 1"])
    analysis = _analyse(tmp_path, ledger, AnalysisOptions())
    assert sum(kinds == ["prospective"] for kinds in column(analysis, "types").values()) == 100
    listed = [one.code for one in analysis.key_accounts if not column(analysis, "key")[one.code]]
    keys = [one.code for one in analysis.key_accounts if column(analysis, "key")[one.code]]
    named = [code for code in (*keys, *listed) if code != "old"]
    assert sorted(named, reverse=True) == [f"c{number:03}" for number in range(100, 50, -1)]
    assert sorted(analysis.further_accounts) == [f"c{number:03}" for number in range(1, 51)]
    growing = analysis.further_accounts["c007"].type_evidence["prospective"][1]
    assert (growing.met, growing.value) == (True, 1.0)
    assert "50 more accounts carry a type" in said(analysis)
