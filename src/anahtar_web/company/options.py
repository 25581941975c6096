"""The company's thresholds in the form the core's analysis takes them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anahtar_web.company.models import Company
from anahtar_web.company.windows import asked_window

if TYPE_CHECKING:
    from anahtar.analysis import AnalysisOptions
    from anahtar.rules.lapse_criterion import LapseCriterion


@contextmanager
def analysis_options(company: Company) -> "Iterator[AnalysisOptions]":
    """Give the options of an analysis; the file of criteria they name exists while the block runs."""
    from anahtar.analysis import AnalysisOptions, Measure, Span

    with tempfile.TemporaryDirectory(prefix="anahtar-criteria-") as folder:
        yield AnalysisOptions(
            window=asked_window(company.window),
            measure=Measure(company.measure) if company.measure else None,
            abc_cuts=(company.abc_a, company.abc_b),
            xyz_cuts=(company.xyz_x, company.xyz_y),
            period=Span(company.period),
            criteria=_criteria_file(company, Path(folder)),
        )


def lapse_criterion(company: Company) -> "LapseCriterion":
    """Give the rule by which the company calls an account lapsed."""
    from anahtar.rules.lapse_criterion import Criterion, LapseCriterion

    return LapseCriterion(
        Criterion(company.lapse),
        flat_days=company.lapse_days,
        at_risk=company.lapse_at_risk,
        lapsed=company.lapse_lapsed,
    )


def _criteria_file(company: Company, folder: Path) -> str | None:
    if not company.criteria:
        return None
    file = folder / "criteria.toml"
    file.write_text(company.criteria, encoding="utf-8")
    return str(file)
