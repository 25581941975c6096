"""The filter a slice answers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from anahtar.analysis.result import AnalysisOptions, Asked, Measure, Span, Window

UNDIRECTED: Final = ""
"""The direction of the lines that name none."""


@dataclass(frozen=True, slots=True)
class SliceAsked:
    """What the reader of a screen chose; as-of day, merges and groups are those of the ground.

    Parameters
    ----------
    window, measure, abc_cuts, xyz_cuts, period
        As in `AnalysisOptions`. A window is set against the same months a year earlier.
    direction
        Code of one line of business; `UNDIRECTED`: the lines that name none; None: all lines.
    """

    window: Asked = "last12"
    measure: Measure | None = None
    direction: str | None = None
    abc_cuts: tuple[float, float] = (0.80, 0.95)
    xyz_cuts: tuple[float, float] = (0.5, 1.0)
    period: Span = Span.QUARTER

    @classmethod
    def of(cls, options: AnalysisOptions, *, direction: str | None = None) -> Self:
        """The filter that shows what an analysis with these options says."""
        return cls(options.window, options.measure, direction, options.abc_cuts, options.xyz_cuts, options.period)

    @property
    def stamp(self) -> str:
        """A short name for the file that keeps the answer: equal filters have equal ones."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()[:16]

    def to_json(self) -> Mapping[str, Any]:
        """The filter as plain values."""
        window = self.window
        return {
            "window": [window.start.isoformat(), window.end.isoformat()] if isinstance(window, Window) else window,
            "measure": self.measure,
            "direction": self.direction,
            "abc_cuts": [float(cut) for cut in self.abc_cuts],
            "xyz_cuts": [float(cut) for cut in self.xyz_cuts],
            "period": self.period,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """What `to_json` told."""
        window, measure = told["window"], told["measure"]
        return cls(
            Window(*map(date.fromisoformat, window)) if isinstance(window, list) else window,
            None if measure is None else Measure(measure),
            told["direction"],
            (told["abc_cuts"][0], told["abc_cuts"][1]),
            (told["xyz_cuts"][0], told["xyz_cuts"][1]),
            Span(told["period"]),
        )
