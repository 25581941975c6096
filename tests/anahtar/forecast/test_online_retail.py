"""On a published ledger the chosen model tells who stays away better than what one would do without it."""

from datetime import date
from pathlib import Path

import pytest

from anahtar.forecast.backtest.running import backtest
from anahtar.forecast.backtest.ways import Plain
from anahtar.forecast.ledger import ledger_purchases
from anahtar.forecast.models import Kind
from anahtar.ledger.files.child import read
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger

FILE = Path(__file__).parents[3].parent / "shared" / "data" / "online-retail" / "online_retail.csv.gz"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FILE.is_file(), reason="the published ledger of Online Retail is not beside this checkout"),
]


def test_the_mixture_beats_silence_on_the_same_days(tmp_path: Path) -> None:
    """Held against docs/decisions/0020: AUC 0.74 at 90 days, recency 0.68, recency over the own mean 0.65."""
    ledger = Ledger.create(tmp_path / "ledger")
    with ledger.staging() as staging:
        ledger.add(read([FILE], ReadOptions(), staging), staging, made_at="2026-01-05T09:00:00+03:00")
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    as_of = date(2011, 12, 9)
    known = ledger_purchases(batches, as_of=as_of, workspace=tmp_path)
    found = backtest(known.purchases, as_of=as_of, horizon=90)
    aucs = {way: found.score(way).auc.value for way in (found.chosen, Plain.RECENCY, Plain.RATIO)}
    print({str(way): round(value, 3) for way, value in aucs.items()})
    assert found.chosen is Kind.MIXTURE
    assert aucs[Kind.MIXTURE] >= 0.74
    assert [round(aucs[way], 2) for way in (Plain.RECENCY, Plain.RATIO)] == [0.68, 0.65]
    assert found.draws.difference(Kind.MIXTURE, Plain.RECENCY).low > 0.04
    assert found.draws.difference(Kind.MIXTURE, Plain.RATIO).low > 0.07
    assert found.score(Kind.MIXTURE).calibration_error is not None
    # Before: 0.208 and 0.044 on two days of the same ledger.
    assert found.score(Kind.MIXTURE).brier == pytest.approx(0.205, abs=0.005)
