"""What a purchase is worth."""

import numpy as np
import pytest

from anahtar.forecast.spend import GammaGamma, fit_gamma_gamma, fit_steady_value


def test_who_bought_nothing_again_is_worth_what_the_base_is() -> None:
    model = GammaGamma(p=6.25, q=3.74, gamma=15.44, height=0.0)
    told = model.mean(np.array([0, 1000]), np.array([np.nan, 50.0]))
    np.testing.assert_allclose(told, [6.25 * 15.44 / 2.74, 50.0], rtol=1e-3)


def test_spend_of_a_made_base_is_found() -> None:
    dice = np.random.default_rng(1)
    counts, rates = dice.integers(1, 6, 4_000), dice.gamma(3.5, 1 / 15.0, 4_000)
    average = dice.gamma(1.2 * counts) / counts / rates
    found = fit_gamma_gamma(counts, average)
    assert (found.p, found.q, found.gamma) == pytest.approx((1.2, 3.5, 15.0), rel=0.15)


def test_no_repeated_purchase_is_refused() -> None:
    with pytest.raises(ValueError, match="no account"):
        fit_gamma_gamma(np.array([0, 3]), np.array([10.0, -1.0]))


def test_one_huge_order_does_not_carry_the_value_away() -> None:
    """A thousand orders around 100 and one of ten million: a mean says 10,090; what is to expect stays near 100."""
    dice = np.random.default_rng(2)
    account, amount = np.repeat(np.arange(100), 10), np.exp(dice.normal(np.log(100), 0.5, 1_000))
    amount[17] = 10_000_000.0
    found = fit_steady_value(account, amount)
    logs = np.bincount(account, np.log(amount))
    worth = found.worth(np.full(100, 10), logs)
    assert amount.mean() > 10_000
    assert np.median(worth.mean) < 200
    assert worth.mean.max() <= found.cap < 1_000
    assert (worth.low <= worth.mean).all()
    assert (worth.mean <= worth.high).all()


def test_of_an_unknown_account_the_base_is_expected() -> None:
    found = fit_steady_value(np.repeat(np.arange(50), 4), np.tile([90.0, 100.0, 110.0, 120.0], 50))
    worth = found.worth(np.array([0]), np.array([0.0]))
    assert 90 < worth.mean[0] < 120
