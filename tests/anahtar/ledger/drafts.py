"""Small batches as a reader would stage them: real files with real checksums, made-up lines."""

import hashlib
from datetime import date
from pathlib import Path

from anahtar.ledger.manifest import Draft, Part, SourceFile, Tally
from anahtar.words import say

PARTS = ("lines/2025-01.parquet", "lines/2025-02.parquet", "dictionaries/accounts.parquet", "aside.parquet")


def draft(staging: Path, name: str, *, currency: str = "TRY", content: str | None = None, sheet: str = "") -> Draft:
    """Stage a batch whose bytes depend on its name."""
    parts = tuple(_part(staging, path, f"{name} {path} ".encode() * 20) for path in PARTS)
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Draft(
        content=content or hashlib.sha256(digest.encode()).hexdigest(),
        files=(SourceFile(f"{name}.csv", 100, digest, sheet, {"encoding": "cp1254", "delimiter": ";"}),),
        parts=parts,
        mapping={"customer": "Cari Kodu", "amount": "Net Tutar"},
        because={"customer": say("named by the user")},
        tally=Tally(5, 3, 1, 1, 50_000, 30_000, 10_000, 10_000),
        kinds={"missing_customer": (1, 10_000)},
        oddities={"accounts with two names": 1},
        currency=currency,
        accounts=2,
        first_date=date(2025, 1, 3),
        last_date=date(2025, 2, 28),
    )


def _part(staging: Path, path: str, content: bytes) -> Part:
    file = staging / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return Part(path, len(content), hashlib.sha256(content).hexdigest(), 3, 30_000)
