"""The matrix: what each cell holds and asks of us, who moved in a year, and what other thresholds would change."""

from anahtar_web.insight.pages.matrix.moves import MovesPage
from anahtar_web.insight.pages.matrix.page import MatrixPage
from anahtar_web.insight.pages.matrix.trying import TryPage, tries

__all__ = ["MatrixPage", "MovesPage", "TryPage", "tries"]
