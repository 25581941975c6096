"""What is kept of a backtest is what was found, to the last digit, and survives JSON."""

import json
import math

import pytest

from anahtar.forecast.backtest.keeping import UnableToReadBacktest, from_json, to_json
from anahtar.forecast.backtest.results import Backtest
from anahtar.forecast.backtest.running import backtest
from anahtar.forecast.backtest.telling import told, told_of_models
from anahtar.forecast.backtest.ways import Plain
from anahtar.forecast.models import Kind
from anahtar.forecast.purchases import day_of
from anahtar.words import Words
from tests.anahtar.forecast.made import made_base

CODES = [f"A-{at}" for at in range(250)]


@pytest.fixture(scope="module")
def found() -> Backtest:
    return backtest(made_base(250, k=6, seed=4), as_of=day_of(1094), horizon=120, kinds=(Kind.MBG, Kind.REGULAR))


def test_it_comes_back_as_it_was(found: Backtest) -> None:
    kept = from_json(json.loads(json.dumps(to_json(found, CODES), allow_nan=False)))
    assert [score.way for score in kept.scores] == [score.way for score in found.scores]
    for mine, theirs in zip(kept.scores, found.scores, strict=True):
        assert mine.auc == theirs.auc
        assert mine.against_recency == theirs.against_recency
        assert list(mine.tenths) == list(theirs.tenths)
        assert (mine.brier, mine.precision, mine.capture_20) == (theirs.brier, theirs.precision, theirs.capture_20)
        assert mine.often_auc == theirs.often_auc or math.isnan(theirs.often_auc)
    assert (kept.chosen, list(kept.equals)) == (found.chosen, list(found.equals))
    assert kept.score(Plain.RECENCY).brier is None
    assert (kept.live, kept.lost, kept.horizon) == (found.live, found.lost, 120)
    assert kept.cuts == [day_of(cut) for cut in found.frame.cuts]


def test_warnings_name_accounts_by_their_codes(found: Backtest) -> None:
    kept = from_json(to_json(found, CODES))
    for mine, theirs in zip(kept.warned, found.warned, strict=True):
        assert (mine.rule, mine.right, mine.wrong, mine.open) == (theirs.rule, theirs.right, theirs.wrong, theirs.open)
        assert [(of.code, of.right, of.wrong) for of in mine.accounts] == [
            (CODES[of.account], of.right, of.wrong) for of in theirs.accounts
        ]
    assert any(one.accounts for one in kept.warned)


def test_its_sentences_are_those_of_models_and_of_no_account(found: Backtest) -> None:
    words = Words("tr")
    kept = from_json(to_json(found, CODES))
    assert [words(one) for one in kept.sentences] == [words(one) for one in told_of_models(found)]
    assert len(told(found)) > len(kept.sentences)


@pytest.mark.parametrize("broken", [{}, {"format": 99}, {"format": 1, "cuts": []}])
def test_what_another_version_wrote_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(UnableToReadBacktest):
        from_json(broken)
