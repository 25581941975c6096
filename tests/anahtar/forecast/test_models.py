"""The models find what is known: on bases made by known habits, in small and in large."""

import numpy as np
import pytest

from anahtar.forecast import geometric, pareto
from anahtar.forecast.fitting import fit_geometric, fit_regular
from anahtar.forecast.geometric import BetaGeometric
from anahtar.forecast.histories import Histories, compress
from anahtar.forecast.mixture import Mixture, fit_mixture
from anahtar.forecast.models import Kind, UnableToForesee, fit
from anahtar.forecast.numbers import Real, digamma, log_gamma
from anahtar.forecast.pareto import ParetoNbd
from anahtar.forecast.priors import prior
from tests.anahtar.forecast.made import made_base, seen

SOME = Histories.of([0, 0, 1, 3, 12, 40], [0, 0, 30, 90, 350, 700], [10, 700, 30, 400, 365, 730])


@pytest.mark.parametrize("k", [1, 3, 6])
def test_the_regularity_of_a_made_base_is_found_and_its_promises_are_kept(k: int) -> None:
    """In every tenth of 6,000 accounts as many stay away as were said to, to 0.025 (and the luck of 600 draws)."""
    histories, stayed_away = seen(made_base(6_000, k=k, seed=7), at=900, horizon=182)
    found = fit_regular(histories).model
    assert found.k == k
    none = found.none_within(histories, 182)
    tenths = np.array_split(np.argsort(none, kind="stable"), 10)
    for tenth in tenths:
        share = none[tenth].mean()
        assert stayed_away[tenth].mean() == pytest.approx(share, abs=0.025 + 2 * np.sqrt(share * (1 - share) / 600))


def test_a_mixture_says_who_buys_like_a_clock() -> None:
    clocks, dice = made_base(800, k=8, seed=1), made_base(800, k=1, seed=2)
    of_clocks, of_dice = (base.known(900).histories for base in (clocks, dice))
    both = Histories(
        *(np.concatenate([getattr(one, name) for one in (of_clocks, of_dice)]) for name in Histories.__slots__)
    )
    found = fit_mixture(both).model
    assert isinstance(found, Mixture)
    least = np.array([part.k >= 4 for part in found.parts])
    regular = found.regularity(both)[:, least].sum(axis=1)
    often = both.repeats >= 8
    first = np.arange(len(both)) < len(of_clocks)
    assert regular[often & first].mean() > 0.9
    assert regular[often & ~first].mean() < 0.1


@pytest.mark.parametrize("k", [1, 4])
@pytest.mark.parametrize("modified", [True, False])
def test_slopes_of_the_geometric_family_are_those_of_small_steps(k: int, modified: bool) -> None:
    def height(at: Real) -> float:
        told = geometric.likelihood(SOME, tuple(at), k, modified=modified, slope=False)
        return float(told.height.sum())

    at = np.array([0.7, 40.0, 0.6, 2.2])
    slopes = geometric.likelihood(SOME, tuple(at), k, modified=modified).slope
    small = at * 1e-6
    for row, found in enumerate(slopes):
        step = np.eye(4)[row] * small
        assert found.sum() == pytest.approx((height(at + step) - height(at - step)) / (2 * small[row]), rel=1e-5)


def test_slopes_of_pareto_are_those_of_small_steps() -> None:
    def height(at: Real) -> float:
        return float(pareto.likelihood(SOME, tuple(at), slope=False, nodes=200).height.sum())

    at = np.array([0.7, 40.0, 0.6, 220.0])
    small = at * 1e-6
    for row, found in enumerate(pareto.likelihood(SOME, tuple(at), nodes=200).slope):
        step = np.eye(4)[row] * small
        assert found.sum() == pytest.approx((height(at + step) - height(at - step)) / (2 * small[row]), rel=1e-4)


def test_few_places_add_the_integral_of_pareto_up_as_well_as_many() -> None:
    for at in ((0.55, 10.6, 0.6, 11.7), (0.7, 40.0, 0.6, 300.0), (3.0, 50.0, 0.5, 500.0)):
        few, many = (pareto.likelihood(SOME, at, slope=False, nodes=nodes).height for nodes in (24, 400))
        np.testing.assert_allclose(few, many, atol=2e-5)


def test_a_clockwork_buyer_long_silent_is_not_alive_by_pareto() -> None:
    """A plain difference of two hypergeometric functions says 1 here: both are equal in all their digits."""
    clockwork = Histories.of([400], [400 * 7.0], [400 * 7.0 + 365])
    assert ParetoNbd(r=60.0, alpha=420.0, s=0.5, beta=500.0).alive(clockwork)[0] < 1e-6


@pytest.mark.parametrize("k", [1, 3])
def test_purchases_to_expect_are_those_of_many_futures(k: int) -> None:
    base = made_base(20_000, k=k, seed=11)
    histories, _ = seen(base, at=900, horizon=150)
    later = np.isin(base.account, base.known(900).account) & (base.day > 900) & (base.day <= 1050)
    truth = BetaGeometric(0.8, 60.0 / k, 0.5, 2.5, k=k)
    assert truth.expected(histories, 150.0).sum() == pytest.approx(later.sum(), rel=0.03)


def test_who_bought_once_lives_for_ever_by_bg_and_yet_may_not_come() -> None:
    once = Histories.of([0], [0], [365])
    model = BetaGeometric(0.8, 60.0, 0.5, 2.5, modified=False)
    assert model.alive(once)[0] == 1.0
    assert 0.3 < model.none_within(once, 90)[0] < 1.0
    assert BetaGeometric(0.8, 60.0, 0.5, 2.5).alive(once)[0] == pytest.approx(1 / (1 + 0.2 * (425 / 60) ** 0.8))


def test_nothing_within_no_time_is_certain_and_never_gets_likelier() -> None:
    for model in (BetaGeometric(0.8, 20.0, 0.5, 2.5, k=3), ParetoNbd(0.7, 40.0, 0.6, 220.0)):
        course = np.stack([model.none_within(SOME, time) for time in (0, 30, 180, 3650)])
        np.testing.assert_allclose(course[0], 1.0, atol=1e-6)
        assert (np.diff(course, axis=0) <= 1e-6).all()


def test_equal_histories_told_once_are_as_likely() -> None:
    histories = made_base(3_000, k=1, seed=3).known(900).histories
    rows = compress(histories, with_place=True)
    model = BetaGeometric(0.8, 60.0, 0.5, 2.5)
    assert rows.counts.sum() == len(histories)
    np.testing.assert_array_equal(rows.rows.age[rows.place], histories.age)
    assert rows.counts @ model.log_likelihood(rows.rows) == pytest.approx(model.log_likelihood(histories).sum())
    in_weeks = Histories.of(histories.repeats, histories.recency / 7, histories.age / 7)
    weeks = compress(in_weeks)
    assert len(weeks.rows) == len(rows.rows)
    assert fit_geometric(in_weeks).model.alpha * 7 == pytest.approx(fit_geometric(histories).model.alpha, rel=1e-4)


def test_a_small_base_is_drawn_towards_the_usual_and_a_large_one_is_not() -> None:
    """Forty accounts that never came again: alone they would say that everybody leaves at once."""
    few = Histories.of([0] * 40, [0] * 40, list(range(20, 420, 10)))
    model = fit_geometric(few).model
    assert 0.02 < model.a / (model.a + model.b) < 0.98
    assert prior(np.zeros(4), 40).weight > 0
    assert prior(np.zeros(4), 100).weight == 0


def test_below_thirty_accounts_no_model_is_fitted_and_it_is_said() -> None:
    few = Histories.of([2] * 29, [60] * 29, [90] * 29)
    with pytest.raises(UnableToForesee, match="29 accounts have bought"):
        fit(Kind.REGULAR, few)


def test_gamma_functions_are_those_of_the_books() -> None:
    """Γ(1/2) = √π, Γ(5) = 24, ψ(1) = -γ."""
    np.testing.assert_allclose(
        log_gamma(np.array([0.5, 5.0, 1e-6])), [0.5723649429247, 3.1780538303479, 13.81550998], 1e-9
    )
    np.testing.assert_allclose(digamma(np.array([1.0, 0.5])), [-0.5772156649015, -1.9635100260214], 1e-12)
