"""The whole analysis of a ledger folder and its table of standings, without the printed reports.

python -m bench.analyse_ledger LEDGER OUT
"""

import sys
import tempfile
from pathlib import Path

from anahtar.analysis import AnalysisOptions, analyze
from anahtar.ledger.store import Ledger
from anahtar.report.files import write_standings
from anahtar.words import Words


def main(folder: Path, out: Path) -> None:
    """Verify, analyse, write."""
    ledger = Ledger.open(folder)
    ledger.verify()
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as workspace:
        analysis = analyze(batches, AnalysisOptions(), workspace=Path(workspace))
    write_standings(analysis, out, Words("en"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
