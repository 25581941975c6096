"""Lines of a ledger as the oracle and the product both read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from anahtar.ledger.manifest import Manifest
from tests.anahtar.ledgers import Row, manifest_of, write_batch


@dataclass(frozen=True)
class Line:
    """One accepted line; money in ten-thousandths, `batch` is the import it came with."""

    sold_on: date
    customer: str
    amount: int
    cost: int | None = None
    invoice: str | None = None
    group: str | None = None
    direction: str | None = None
    name: str | None = None
    batch: int = 0

    def row(self) -> Row:
        return {
            "sold_on": self.sold_on.isoformat(),
            "customer": self.customer,
            "amount": decimal(self.amount),
            "cost": None if self.cost is None else decimal(self.cost),
            "invoice": self.invoice,
            "group": self.group,
            "direction": self.direction,
            "name": self.name,
        }


def decimal(units: int) -> str:
    return str(Decimal(units).scaleb(-4))


def write(lines: Sequence[Line], folder: Path) -> list[tuple[Path, Manifest]]:
    """Write every import of the lines as a batch folder, in their order."""
    written = []
    for number, batch in enumerate(sorted({line.batch for line in lines}), 1):
        path = write_batch(folder / f"batch-{batch}", [line.row() for line in lines if line.batch == batch])
        written.append((path, manifest_of(path, number)))
    return written
