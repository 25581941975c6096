"""The documents name everything a reader could look for."""

import re
from pathlib import Path

import pytest
from bench import page
from bench.goals import GOALS
from bench.measure import Cost, Ratio
from bench.page import exponent
from bench.results import Result

from anahtar.catalogue import METRICS
from anahtar.cli.parser import COMMANDS
from anahtar_web.config.environment import SETTINGS

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_command_page_names_every_command() -> None:
    page = text("docs/cli.md")
    for command in COMMANDS:
        assert f"## anahtar {command.__name__.rpartition('.')[2]}\n" in page


def test_the_metric_page_names_every_metric() -> None:
    page = text("docs/metrics.md")
    assert [metric.slug for metric in METRICS if metric.slug not in page] == []


def test_the_page_of_performance_says_what_was_measured_and_nothing_else() -> None:
    files = page.files()
    assert files
    assert [str(path) for path, said in files.items() if path.read_text(encoding="utf-8") != said] == []


def test_every_claim_of_performance_is_judged_or_said_not_to_be_measured() -> None:
    rows = [line.split("|")[-2].strip() for line in text("docs/performance.md").splitlines() if line.startswith("| 1")]
    assert len(rows) >= len(GOALS)
    assert set(rows[: len(GOALS)]) <= {"reached", "**not reached**", ""}
    known = {result.rows for result in Result.load_all()}
    assert all(
        said for said, goal in zip(rows, GOALS, strict=False) if goal.rows in known and goal.read(_of(goal.rows))
    )


def _of(rows: int) -> Result:
    return next(result for result in Result.load_all() if result.rows == rows)


def test_a_ratio_is_told_of_pairs_of_the_same_round() -> None:
    rounds = {
        "ours": [Cost(2.0, 9.0, 100.0), Cost(6.0, 9.0, 100.0, {"month": 1.5}), Cost(9.0, 9.0, 1.0)],
        "theirs": [Cost(4.0, 9.0, 50.0), Cost(6.0, 9.0, 50.0)],
    }
    result = Result(1, 1, "", "", False, {}, {}, [], "", rounds, {}, {})
    assert result.ratio("ours", "theirs") == Ratio(0.75, 0.5, 1.0)
    assert result.ratio("ours", "theirs", "mib") == Ratio(2.0, 2.0, 2.0)
    assert result.ratio("ours", "nobody") is None


def test_a_claim_is_judged_by_its_median_on_the_right_side_of_its_border() -> None:
    most = next(goal for goal in GOALS if goal.at_most)
    least = next(goal for goal in GOALS if not goal.at_most)
    for goal, better in ((most, 0.9), (least, 1.1)):
        assert goal.reached(Ratio(goal.limit, 0.0, 99.0))
        assert goal.reached(Ratio(goal.limit * better, 0.0, 99.0))
        assert not goal.reached(Ratio(goal.limit / better, 0.0, 99.0))


def test_the_exponent_of_a_cost_is_the_slope_of_its_logarithms() -> None:
    assert exponent([(1e6, 2.0)]) is None
    assert exponent([(1e6, 2.0), (1e8, 200.0)]) == pytest.approx(1.0)
    assert exponent([(1e6, 2.0), (1e8, 2.0)]) == pytest.approx(0.0)


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_rooms_named_in_contributing_exist() -> None:
    named = re.findall(r"`(src/anahtar/[\w/.]+)`", text("CONTRIBUTING.md"))
    assert named
    assert [room for room in named if not (ROOT / room).exists() and not (ROOT / f"{room}.py").exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_settings_page_names_every_setting_and_where_a_secret_may_stand() -> None:
    page = text("docs/settings.md")
    for setting in SETTINGS:
        assert f"`ANAHTAR_{setting.name}`" in page
        assert (f"`ANAHTAR_{setting.name}_FILE`" in page) == setting.secret
