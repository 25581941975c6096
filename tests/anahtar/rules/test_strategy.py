"""Each of the nine cells has its own strategy, said in both languages."""

import pytest

from anahtar.rules.strategy import CELLS, strategy
from anahtar.words import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_cells_are_treated_alike(language):
    assert len({Words(language)(strategy(cell)) for cell in CELLS}) == 9


@pytest.mark.parametrize("cell", CELLS)
def test_every_strategy_says_what_never_to_do(cell):
    assert "Never" in str(strategy(cell))
