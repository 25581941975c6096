"""The bridge of every published ledger with days comes to the last unit, and holds as many accounts as pandas counts.

Wholesale customers has one row per customer and no days: there are no two periods of it.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anahtar.analysis import Window
from anahtar.analysis.dates import first_day, last_day, number
from anahtar.analysis.losing.bridging import bridge_of
from anahtar.cli import main
from anahtar.engine import DuckdbEngine
from anahtar.facts.building import build_facts
from anahtar.ledger.store.store import Ledger
from tests.anahtar.test_references import DATA, LEDGERS, ledger_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the published ledgers are not beside this checkout"),
    pytest.mark.xdist_group("references"),
]

NAMES = [*LEDGERS, "turkish-statement"]
SLOW = ("load",)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in NAMES]
)
def test_the_bridge_balances_between_the_quarters_of_a_published_ledger(name: str, tmp_path: Path) -> None:
    ledger = Ledger.open(_ledger(name, tmp_path))
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    folders = [folder for folder, _ in batches]
    lines = pa.concat_tables(
        pq.read_table(path, columns=["account_id", "sold_on", "amount"])
        for folder in folders
        for path in sorted((folder / "lines").glob("*.parquet"))
    ).to_pandas()
    first, last = number(min(lines["sold_on"])), number(max(lines["sold_on"]))
    with DuckdbEngine([*folders, tmp_path], spill=tmp_path / "spill", threads=1) as engine:
        facts = build_facts(folders, tmp_path / "facts", as_of=None, engine=engine)
        for start in range(first, last - 4, 3):
            before, window = _quarter(start), _quarter(start + 3)
            bridge = bridge_of(facts, window=window, before=before)
            assert bridge.balance() == 0
            assert bridge.accounts.num_rows == sum(one.accounts for one in bridge.buckets.values())
            for period, told in ((before, bridge.revenue_before), (window, bridge.revenue)):
                inside = lines[(lines["sold_on"] >= period.start) & (lines["sold_on"] <= period.end)]
                assert told == int(inside["amount"].sum())


def _quarter(start: int) -> Window:
    return Window(first_day(start), last_day(start + 2))


def _ledger(name: str, folder: Path) -> Path:
    if name in LEDGERS:
        return ledger_of(name, folder)
    source = DATA / name / "tr_cari_ekstre_cp1254.csv"
    assert main(["ledger", "add", str(folder / "ledger"), str(source), "--lang", "en"]) == 0
    return folder / "ledger"
