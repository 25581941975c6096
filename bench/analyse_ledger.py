"""The whole analysis of a ledger folder and its table of standings as Parquet, without what people read of it.

python -m bench.analyse_ledger LEDGER OUT
"""

import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from anahtar.analysis import AnalysisOptions, analyze
from anahtar.engine import spare_memory
from anahtar.ledger.store.store import Ledger
from anahtar.report.files import in_currency


def main(folder: Path, out: Path) -> None:
    """Verify, analyse, write: what `anahtar analyze` does before its reports."""
    spare_memory()
    ledger = Ledger.open(folder)
    ledger.verify()
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as workspace:
        analysis = analyze(batches, AnalysisOptions(), workspace=Path(workspace))
    pq.write_table(in_currency(analysis), out / "standings.parquet", compression="zstd", write_page_checksum=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
