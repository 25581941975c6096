"""A preview of other cuts is what an analysis with those cuts finds."""

from dataclasses import replace

import numpy as np
import pytest

from anahtar.analysis import Analysis, UnableToAnalyze
from anahtar.analysis.reclassing import CHANGED, Reclassing, UnableToReclass, reclass
from anahtar.analysis.slicing import Slice, SliceAsked, slice_of
from tests.anahtar.analysis.made import made
from tests.anahtar.analysis.slices import SEEDS, house, of_docstring, settings

CUTS = [((0.7, 0.9), (0.25, 0.5)), ((0.5, 0.6), (1.0, 2.5))]


def agrees(preview: Reclassing, found: Slice, whole: Analysis) -> None:
    """Whether the diff list leads from the slice's classes to those of the analysis, and names everybody who moves."""
    wanted = {
        row["code"]: (row["abc"], row["xyz"], row["cell"])
        for row in whole.standings.select(["code", "abc", "xyz", "cell"]).to_pylist()
    }
    had = {row["code"]: (row["abc"], row["xyz"], row["cell"]) for row in found.table.to_pylist()}
    changed = {row["code"]: row for row in preview.changed.to_pylist()}
    assert set(changed) == {code for code, classes in wanted.items() if classes != had[code]}
    for code, row in changed.items():
        assert (row["abc_before"], row["xyz_before"], row["cell_before"]) == had[code]
        assert (row["abc"], row["xyz"], row["cell"]) == wanted[code]
    assert dict(preview.abc) == {name: total.customers for name, total in whole.abc.items()}
    assert dict(preview.cells) == {cell.name: cell.customers for cell in whole.cells}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_preview_is_the_analysis_with_those_cuts(seed: int) -> None:
    lines, options, (own, *_) = settings(seed)
    with house(lines, options) as one:
        try:
            found = slice_of(one.ground, SliceAsked.of(own))
        except UnableToAnalyze:
            return
        for abc_cuts, xyz_cuts in CUTS:
            preview = reclass(found, abc_cuts=abc_cuts, xyz_cuts=xyz_cuts)
            agrees(preview, found, one.analysed(replace(own, abc_cuts=abc_cuts, xyz_cuts=xyz_cuts)))


EXACT = """
sold_on     customer  amount
2024-01-01  acme      1
2025-01-01  acme      50
2025-04-01  acme      50
2025-01-01  birch     50
2025-04-01  birch     25
2025-07-01  birch     25
2025-01-01  cedar     100
2025-12-31  dune      100
"""


def test_who_stands_exactly_on_a_cut_is_outside_a_class_and_inside_x() -> None:
    """Four equal accounts: above the second is exactly a quarter; two of four equal quarters vary by exactly 1."""
    found = of_docstring(EXACT)
    preview = reclass(found, abc_cuts=(0.25, 0.5), xyz_cuts=(0.5, 0.9))
    told = {row["code"]: row for row in preview.changed.to_pylist()}
    assert told["birch"]["abc"] == "B"
    assert told["birch"]["abc_distance"] == 0.0
    assert told["cedar"]["abc"] == "C"
    assert "acme" in told
    assert (told["acme"]["xyz_before"], told["acme"]["xyz"]) == ("Y", "Z")
    assert told["acme"]["xyz_distance"] == pytest.approx(0.1)
    assert told["acme"]["abc_distance"] is None
    assert preview.abc_before == {"A": 4, "B": 0, "C": 0, "N": 0}
    assert preview.abc == {"A": 1, "B": 1, "C": 2, "N": 0}


def test_the_cuts_in_force_change_nothing() -> None:
    preview = reclass(made(400, 2))
    assert preview.changed.num_rows == 0
    assert preview.changed.schema.equals(CHANGED)
    assert preview.cells == preview.cells_before
    assert not preview.moves


def test_counts_and_moves_lead_from_the_old_cells_to_the_new() -> None:
    preview = reclass(made(2000, 4), abc_cuts=(0.6, 0.9), xyz_cuts=(0.3, 1.4))
    cells = dict(preview.cells_before)
    for (before, after), accounts in preview.moves.items():
        cells[before] -= accounts
        cells[after] += accounts
    assert cells == preview.cells
    assert preview.changed["abc_distance"].null_count < preview.changed.num_rows
    values = preview.changed["value"].to_pylist()
    assert values == sorted(values, reverse=True)


def test_distances_are_on_the_side_of_the_cut_to_which_the_account_moved() -> None:
    for row in reclass(made(2000, 4), abc_cuts=(0.6, 0.97), xyz_cuts=(0.3, 1.4)).changed.to_pylist():
        for name, distance in (("abc", row["abc_distance"]), ("xyz", row["xyz_distance"])):
            if distance is not None:
                letters = ["A", "B", "C", "X", "Y", "Z", "one_off", "new", "undefined"]
                downwards = letters.index(row[name]) > letters.index(row[f"{name}_before"])
                assert (distance >= 0) == downwards


@pytest.mark.parametrize("cuts", [(0.9, 0.8), (0.8, 0.8), (0.0, 0.5), (0.8, 1.0), (float("nan"), 0.9)])
def test_shares_that_do_not_rise_between_nothing_and_everything_are_refused(cuts: tuple[float, float]) -> None:
    with pytest.raises(UnableToReclass, match="the shares must rise"):
        reclass(made(10), abc_cuts=cuts)


@pytest.mark.parametrize("cuts", [(0.0, 1.0), (1.0, 0.5), (0.5, float("nan"))])
def test_coefficients_that_do_not_rise_are_refused(cuts: tuple[float, float]) -> None:
    with pytest.raises(UnableToReclass, match="they must rise"):
        reclass(made(10), xyz_cuts=cuts)


def test_an_empty_slice_has_an_empty_preview() -> None:
    preview = reclass(made(0), abc_cuts=(0.5, 0.6))
    assert preview.changed.num_rows == 0
    assert not np.any(list(preview.cells.values()))
