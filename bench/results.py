"""What was measured, as it is kept: one file of `bench/results` for each size of the ledger."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.measure import Cost, Ratio

FOLDER = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Result:
    """One ledger, and every command over it, round by round.

    Parameters
    ----------
    rows, customers
        Of the ledger; the customers are those asked for, of whom not all buy.
    measured, commit
        The day, and the commit of the product; `changed` where files differed from it.
    machine, versions
        What a reader needs to repeat it.
    load
        Load averages before and after: how far to trust seconds.
    command
        What was typed.
    rounds
        Command -> its cost in each round.
    failed
        Command -> the last it said, where it did not come to its end.
    agree
        Whose tables were found equal to those of the hand-written SQL, cell by cell.
    note
        What a reader must know where this is not one undisturbed run of the command.
    """

    rows: int
    customers: int
    measured: str
    commit: str
    changed: bool
    machine: Mapping[str, Any]
    versions: Mapping[str, str]
    load: Sequence[Sequence[float]]
    command: str
    rounds: Mapping[str, Sequence[Cost]]
    failed: Mapping[str, str]
    agree: Mapping[str, bool]
    note: str = ""

    def save(self, folder: Path = FOLDER) -> Path:
        """Keep it, over what was measured before at this size."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.rows}.json"
        told = asdict(self)
        told["rounds"] = {
            name: [{key: _short(value) for key, value in asdict(cost).items()} for cost in costs]
            for name, costs in self.rounds.items()
        }
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return path

    @classmethod
    def load_all(cls, folder: Path = FOLDER) -> "list[Result]":
        """Every size that was measured, the smallest first."""
        found = [cls._of(json.loads(path.read_text(encoding="utf-8"))) for path in folder.glob("*.json")]
        return sorted(found, key=lambda one: one.rows)

    @classmethod
    def _of(cls, told: Mapping[str, Any]) -> "Result":
        rounds = {name: [Cost(**cost) for cost in costs] for name, costs in told["rounds"].items()}
        return cls(**{**told, "rounds": rounds})

    def figures(self, name: str, figure: str) -> list[float]:
        """One figure (`cpu`, `wall`, `mib`, or what the command told of itself) in each round; empty if not run."""
        costs = self.rounds.get(name, ())
        return [cost.told[figure] if figure in cost.told else getattr(cost, figure) for cost in costs]

    def ratio(self, name: str, other: str, figure: str = "cpu", of_other: str | None = None) -> Ratio | None:
        """One figure of a command over that of another of the same round; None where one of them did not run."""
        ours, theirs = self.figures(name, figure), self.figures(other, of_other or figure)
        return Ratio.of(ours, theirs) if ours and theirs else None


def _short(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _short(one) for key, one in value.items()}
    return round(value, 4)
