"""What a file says of each line of an order: its rows put together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from anahtar.ledger.deliveries.schema import TABLE
from anahtar.rules.on_time import OrderLine, Part, Tolerance, filled_on
from anahtar_web.deliveries.models import LONGEST_CODE

_FAR = date(9999, 12, 31)


class Key(NamedTuple):
    """What tells a line from every other: customer, order, line."""

    customer: str
    order: str
    line: str


@dataclass(slots=True)
class Statement:
    """One line as a file has it; each of its rows may be one delivery of it."""

    key: Key
    file_id: int
    row: int
    product: str
    product_name: str
    direction: str
    promised: date
    moved_to: date
    ordered: int
    parts: dict[date, int] = field(default_factory=dict)

    def add(self, told: dict[str, Any]) -> None:
        """Take a further row of the same line: another delivery, or a promise that was moved."""
        self.ordered = max(self.ordered, told["ordered"])
        self.moved_to = told["moved_to"] or told["promised"]
        self._deliver(told)

    def _deliver(self, told: dict[str, Any]) -> None:
        if told["delivered_on"] is not None and told["delivered"]:
            day = told["delivered_on"]
            self.parts[day] = self.parts.get(day, 0) + told["delivered"]

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Statement":
        """Begin with the first row of a line."""
        made = cls(
            key=Key(*(told[name][:LONGEST_CODE] for name in ("customer", "order", "line"))),
            file_id=told["file_id"],
            row=told["row"],
            product=told["product"][:LONGEST_CODE],
            product_name=told["product_name"][:300],
            direction=told["direction"][:LONGEST_CODE],
            promised=told["promised"],
            moved_to=told["moved_to"] or told["promised"],
            ordered=told["ordered"],
        )
        made._deliver(told)
        return made


def statements(folder: Path) -> list[Statement]:
    """Put the rows of a file together, line by line, in the order of the file."""
    found: dict[Key, Statement] = {}
    for told in _rows(folder):
        key = Key(*(told[name][:LONGEST_CODE] for name in ("customer", "order", "line")))
        if key in found:
            found[key].add(told)
        else:
            found[key] = Statement.of(told)
    return list(found.values())


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(folder / TABLE) as file:
        for batch in file.iter_batches(10_000):
            yield from batch.to_pylist()


def customers(folder: Path) -> set[str]:
    """Name the customers of what was read."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    return set(pc.unique(pq.read_table(folder / TABLE, columns=["customer"])["customer"]).to_pylist())


def fill(promised: date, ordered: int, parts: list[Part], tolerance: Tolerance) -> tuple[date | None, int | None]:
    """Say when a line was in full, and how many days after the promised one; None and None where it is not."""
    day = filled_on(OrderLine("", promised, ordered, parts), as_of=_FAR, tolerance=tolerance)
    return (None, None) if day is None else (day, max(0, (day - promised).days))
