"""The whole analysis of a ledger folder and its table of standings as Parquet, without what people read of it.

python -m bench.analyse_ledger LEDGER OUT [WORK]

WORK keeps the facts: of a folder in which they stand already the analysis is made anew from them.
"""

import sys
import tempfile
from pathlib import Path

from anahtar.analysis import AnalysisOptions, analyze
from anahtar.engine import spare_memory
from anahtar.ledger.store.store import Ledger
from anahtar.report.files import in_currency, write_parquet


def main(folder: Path, out: Path, work: Path | None = None) -> None:
    """Verify, analyse, write: what `anahtar analyze` does before its reports."""
    spare_memory()
    ledger = Ledger.open(folder)
    ledger.verify()
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        # Only the table is held on to: months and evidence go before it is written.
        table = in_currency(analyze(batches, AnalysisOptions(), workspace=work or Path(temporary)))
    write_parquet(table, out / "standings.parquet")


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:4]))
