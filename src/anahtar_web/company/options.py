"""The company's thresholds in the form the core's analysis takes them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from anahtar_web.company.models import Company

if TYPE_CHECKING:
    from anahtar.analysis import AnalysisOptions, Asked


def asked_window(text: str) -> "Asked":
    """Read the months to judge by: `last12`, `all`, or `2024-01..2024-12`.

    Raises
    ------
    ValueError
        The text is none of these, or ends before it begins.
    """
    from anahtar.analysis import Window

    if text == "last12":
        return "last12"
    if text == "all":
        return "all"
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    if end < start:
        raise ValueError(text)
    return Window(start, (end + timedelta(days=31)).replace(day=1) - timedelta(days=1))


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


def _criteria_file(company: Company, folder: Path) -> str | None:
    if not company.criteria:
        return None
    file = folder / "criteria.toml"
    file.write_text(company.criteria, encoding="utf-8")
    return str(file)
