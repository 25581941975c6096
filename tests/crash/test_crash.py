"""Three kills with the slow tests; `make crash RUNS=100` is the whole trial, a part of it runs in `.ci/run`."""

import random
from pathlib import Path

import pytest

from tests.crash.crash import clean_run, killed_run, template
from tests.crash.importing import sales


@pytest.mark.slow
def test_what_was_acknowledged_outlives_a_kill_at_any_moment(tmp_path: Path) -> None:
    content, chance = sales(3000), random.Random(26)
    with template(tmp_path) as like:
        clean = clean_run(tmp_path, like, content)
        for number in range(3):
            (tmp_path / str(number)).mkdir()
            killed_run(tmp_path / str(number), like, content, clean, chance)
