"""Choosing the measure: profit where every line tells its cost, revenue otherwise."""

from dataclasses import dataclass

import pyarrow as pa

from anahtar.analysis.result import Measure
from anahtar.words import Message, Share, say


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of cost up to the as-of day."""

    lines: int
    lines_without_cost: int
    any_cost: bool

    @classmethod
    def of(cls, row: pa.Table) -> "Coverage":
        """Read the one row of `anahtar.metrics.revenue.cost_coverage`."""
        found = row.to_pylist()[0]
        return cls(found["lines"] or 0, found["lines_without_cost"] or 0, found["revenue_with_cost"] is not None)

    @property
    def complete(self) -> bool:
        """Whether every line that is worth something carries a cost."""
        return self.any_cost and not self.lines_without_cost

    @property
    def share_unknown(self) -> float:
        """Part of the lines that are worth something and whose cost is unknown."""
        return self.lines_without_cost / self.lines if self.lines else 0.0


def choose(asked: Measure | None, coverage: Coverage) -> tuple[Measure, Message]:
    """The measure of the run, and why it is that one."""
    if asked is Measure.PROFIT:
        return Measure.PROFIT, say("Profit was asked for.")
    if asked is Measure.REVENUE:
        return Measure.REVENUE, say("Revenue was asked for.")
    if coverage.complete:
        return Measure.PROFIT, say("Profit: every line with an amount carries its cost.")
    if not coverage.any_cost:
        return Measure.REVENUE, say("Revenue: the ledger has no cost.")
    return Measure.REVENUE, say(
        "Revenue: the cost of {share} of the lines is unknown, and profit would compare accounts by what is missing.",
        share=Share(coverage.share_unknown),
    )
