"""The catalogue: every number Anahtar computes of an account, with its unit, its meaning and where it is made.

To add a metric: `metrics/<question>.py` or `rules/<noun>.py`, its test, and one entry here. `anahtar metrics` prints
the catalogue, docs/metrics.md is made from it, and a test holds it against the columns of the standings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pkgutil import resolve_name
from typing import Any, Final

from anahtar.words import Message, say


class Better(StrEnum):
    """In which direction a metric is good news."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Metric:
    """One number (or word) that is computed of accounts.

    Parameters
    ----------
    slug
        Its column in the standings, or its name in the summary.
    label
        What it tells, in a phrase.
    unit
        What it is counted in.
    better
        Whether more of it is good news.
    function
        Where it is computed, as a dotted name.
    source
        The method: where it is defined in the literature or by whom; its borders.
    """

    slug: str
    label: Message
    unit: Message
    better: Better
    function: str
    source: Message

    def resolve(self) -> Any:  # whatever stands under the name: a metric's function or a rule's
        """Import what computes the metric."""
        return resolve_name(self.function)


_MONEY: Final = say("money")
_SHARE: Final = say("share")
_DAYS: Final = say("days")
_DAY: Final = say("day")
_COUNT: Final = say("number")
_CLASS: Final = say("class")
_RATIO: Final = say("ratio")
_YES_NO: Final = say("yes or no")

_REVENUE: Final = "anahtar.metrics.revenue.window_sums"
_ABC: Final = "anahtar.metrics.abc_class.abc_class"
_BORDERS: Final = "anahtar.metrics.abc_class.class_borders"
_RHYTHM: Final = "anahtar.metrics.rhythm.rhythm"
_CONCENTRATION: Final = "anahtar.metrics.concentration.concentration"
_NET: Final = say("sums of accepted lines, returns netted where they fall")
_PARETO: Final = say("ABC analysis (Dickie 1951), 80/15/5, the crossing account in the higher class, ties by code")
_GAPS: Final = say("gaps between purchase days of the whole ledger up to the as-of day")
_POSITIVE: Final = say("over accounts of positive value")
_RETENTION: Final = "anahtar.metrics.loss.retention.retention"

METRICS: Final[tuple[Metric, ...]] = (
    Metric("revenue", say("net revenue of the window"), _MONEY, Better.HIGHER, _REVENUE, _NET),
    Metric(
        "profit",
        say("revenue less cost, of the lines with a cost"),
        _MONEY,
        Better.HIGHER,
        _REVENUE,
        say("sums of accepted lines with a cost; unknown cost is unknown profit, never zero cost"),
    ),
    Metric(
        "margin",
        say("profit in revenue, of the lines with a cost"),
        _SHARE,
        Better.HIGHER,
        _REVENUE,
        say("profit / revenue of the lines with a cost"),
    ),
    Metric(
        "value",
        say("what accounts are ranked by: profit or revenue"),
        _MONEY,
        Better.HIGHER,
        _REVENUE,
        say("--measure"),
    ),
    Metric(
        "value_year_ago",
        say("the same, in the same window a year earlier"),
        _MONEY,
        Better.HIGHER,
        _REVENUE,
        say("windows of equal length; unknown where the ledger is younger"),
    ),
    Metric(
        "change",
        say("value against a year earlier"),
        _SHARE,
        Better.HIGHER,
        _REVENUE,
        say("value / value a year ago - 1; unknown where that is not positive"),
    ),
    Metric("orders", say("orders in the window"), _COUNT, Better.HIGHER, _REVENUE, say("invoices of positive total")),
    Metric(
        "purchase_days",
        say("days with an order, in the window"),
        _COUNT,
        Better.HIGHER,
        _REVENUE,
        say("orders of one day are one purchase; returns are none"),
    ),
    Metric("lines", say("ledger lines in the window"), _COUNT, Better.NEITHER, _REVENUE, say("accepted lines")),
    Metric(
        "months_active",
        say("months of the window with an order"),
        _COUNT,
        Better.HIGHER,
        _REVENUE,
        say("months with an invoice of positive total"),
    ),
    Metric("last12", say("revenue of the last 12 full months, one by one"), _MONEY, Better.HIGHER, _REVENUE, _NET),
    Metric(
        "trend",
        say("last six of those months against the six before"),
        _SHARE,
        Better.HIGHER,
        _REVENUE,
        say("sum / sum - 1; unknown where the earlier is not positive"),
    ),
    Metric("rank", say("place by value, 1 is the largest"), _COUNT, Better.LOWER, _ABC, _POSITIVE),
    Metric("share", say("own part of the positive value of all accounts"), _SHARE, Better.NEITHER, _ABC, _POSITIVE),
    Metric(
        "cumulative_share",
        say("part of the account and all larger ones together"),
        _SHARE,
        Better.NEITHER,
        _ABC,
        _POSITIVE,
    ),
    Metric("abc", say("class by value: A, B, C, or N without positive value"), _CLASS, Better.NEITHER, _ABC, _PARETO),
    Metric("abc_year_ago", say("class by value a year earlier"), _CLASS, Better.NEITHER, _ABC, _PARETO),
    Metric(
        "abc_history",
        say("class by value at the last 13 month ends"),
        _CLASS,
        Better.NEITHER,
        "anahtar.metrics.migration.class_history",
        say("twelve months to each month end"),
    ),
    Metric(
        "abc_border",
        say("value at which the account changes its class"),
        _MONEY,
        Better.NEITHER,
        _BORDERS,
        say("the value of the account on the other side of the border"),
    ),
    Metric(
        "abc_distance",
        say("how far the value is from that border"),
        _SHARE,
        Better.HIGHER,
        _BORDERS,
        say("value / border - 1"),
    ),
    Metric(
        "stability",
        say("in how many of a grid of settings the class stays the same"),
        _SHARE,
        Better.HIGHER,
        "anahtar.metrics.stability.stability",
        say("cuts of textbooks and public code, windows ending up to two months earlier"),
    ),
    Metric(
        "cv",
        say("coefficient of variation of the value over the periods of the window"),
        _RATIO,
        Better.LOWER,
        "anahtar.metrics.xyz_class.regularity",
        say("population standard deviation / mean; empty periods are zero"),
    ),
    Metric(
        "xyz",
        say("class by regularity: X, Y, Z, or new, one-off, undefined"),
        _CLASS,
        Better.NEITHER,
        "anahtar.metrics.xyz_class.regularity",
        say("X up to 0.5, Y up to 1.0 on quarters; new and one-off take the place of Z only"),
    ),
    Metric(
        "cell",
        say("cell of the ABC-XYZ matrix"),
        _CLASS,
        Better.NEITHER,
        "anahtar.rules.strategy.strategy",
        say("class by value and class by regularity, of the same window and accounts"),
    ),
    Metric(
        "demand",
        say("pattern of demand: smooth, erratic, intermittent, lumpy"),
        _CLASS,
        Better.NEITHER,
        "anahtar.metrics.demand.demand_pattern",
        say("Syntetos, Boylan, Croston 2005, JORS 56, 495: interval 1.32, squared variation 0.49, on months"),
    ),
    Metric(
        "interval_cv",
        say("coefficient of variation of the gaps between purchase days"),
        _RATIO,
        Better.LOWER,
        _RHYTHM,
        say("sample standard deviation / mean, from 3 gaps; 1 is a Poisson buyer, 0.5 an Erlang-4"),
    ),
    Metric("gaps", say("gaps between purchase days"), _COUNT, Better.NEITHER, _RHYTHM, _GAPS),
    Metric("gap_mean", say("mean gap"), _DAYS, Better.LOWER, _RHYTHM, _GAPS),
    Metric("gap_median", say("median gap"), _DAYS, Better.LOWER, _RHYTHM, _GAPS),
    Metric(
        "gap_p95",
        say("gap that 95 % of the account's own gaps do not pass"),
        _DAYS,
        Better.LOWER,
        _RHYTHM,
        say("exact, between two gaps by linear interpolation (Hyndman and Fan 1996, type 7)"),
    ),
    Metric("gap_longest", say("longest gap"), _DAYS, Better.LOWER, _RHYTHM, _GAPS),
    Metric("first_purchase", say("first purchase day of the ledger"), _DAY, Better.NEITHER, _RHYTHM, _GAPS),
    Metric("last_purchase", say("last purchase day up to the as-of day"), _DAY, Better.NEITHER, _RHYTHM, _GAPS),
    Metric(
        "silence", say("days since the last purchase"), _DAYS, Better.LOWER, _RHYTHM, say("counted to the as-of day")
    ),
    Metric(
        "silences_as_long",
        say("own gaps of at least today's silence"),
        _COUNT,
        Better.HIGHER,
        _RHYTHM,
        say("how often the account came back from a silence like this"),
    ),
    Metric(
        "expected_by",
        say("day by which the next purchase is due"),
        _DAY,
        Better.NEITHER,
        "anahtar.rules.lapse_state.expected_by",
        say("last purchase + own 95th percentile, 30 days at least; from 4 purchase days"),
    ),
    Metric(
        "days_late",
        say("days since that day"),
        _DAYS,
        Better.LOWER,
        "anahtar.rules.lapse_state.days_late",
        say("0 where it is not past or not known"),
    ),
    Metric(
        "state",
        say("what the silence means: from new and active to lapsed and lost"),
        _CLASS,
        Better.NEITHER,
        "anahtar.rules.lapse_state.lapse_state",
        say("watch beyond the own 95th percentile; at risk, lapsed, lost beyond 2, 3, 4 expected intervals"),
    ),
    Metric(
        "key",
        say("whether the account meets the criteria of a key account"),
        _YES_NO,
        Better.NEITHER,
        "anahtar.rules.key_account.is_key",
        say("the criteria file; `anahtar criteria` prints the defaults"),
    ),
    Metric(
        "types",
        say("breadwinner, prospective"),
        _CLASS,
        Better.NEITHER,
        "anahtar.rules.account_type.is_breadwinner",
        say("breadwinner from 10 % of the value, until below 8 %; prospective: new and large, or growing by 30 %"),
    ),
    Metric(
        "candidate_for",
        say("image maker, expert: to be asked about, never assigned"),
        _CLASS,
        Better.NEITHER,
        "anahtar.rules.account_type.is_expert_candidate",
        say("the ledger nominates, people decide"),
    ),
    Metric(
        "top", say("share of the 1, 3, 5, 10, 20 largest accounts"), _SHARE, Better.LOWER, _CONCENTRATION, _POSITIVE
    ),
    Metric(
        "hhi",
        say("Herfindahl-Hirschman index"),
        _RATIO,
        Better.LOWER,
        _CONCENTRATION,
        say("sum of squared shares, 0 to 1; its inverse is the effective number of accounts"),
    ),
    Metric(
        "gini",
        say("Gini coefficient"),
        _RATIO,
        Better.LOWER,
        _CONCENTRATION,
        say("0 is equal, (n - 1) / n is one account with everything"),
    ),
    Metric(
        "customers_for_50pct",
        say("accounts that make half of the value"),
        _COUNT,
        Better.HIGHER,
        _CONCENTRATION,
        say("the crossing account included"),
    ),
    Metric(
        "customers_for_80pct",
        say("accounts that make 80 % of the value"),
        _COUNT,
        Better.HIGHER,
        _CONCENTRATION,
        say("the crossing account included"),
    ),
    Metric(
        "without",
        say("value left without the 1, 3, 5 largest accounts"),
        _MONEY,
        Better.HIGHER,
        _CONCENTRATION,
        say("total less theirs"),
    ),
    Metric(
        "migration",
        say("accounts that moved between classes from one month end to the next"),
        _COUNT,
        Better.NEITHER,
        "anahtar.metrics.migration.migration",
        say("new and none included, so rows and columns add up"),
    ),
    Metric(
        "account_change",
        say("which accounts the change of the portfolio comes from: new, returned, grown, shrunk, lost"),
        _MONEY,
        Better.HIGHER,
        "anahtar.metrics.account_change.account_change",
        say(
            "two windows of equal months; bought is an order in the window, returned has older lines; the parts add up"
        ),
    ),
    Metric(
        "price_volume_mix",
        say("what a change of revenue or profit is made of: products, volume, mix, price, cost, returns"),
        _MONEY,
        Better.HIGHER,
        "anahtar.metrics.price_volume_mix.price_volume_mix",
        say("sales variances of cost accounting (Horngren), last year as the budget; exact, rounding goes to mix"),
    ),
    Metric(
        "loss_bridge",
        say("revenue before + new + returned + expansion - contraction - lost = revenue now"),
        _MONEY,
        Better.HIGHER,
        "anahtar.metrics.loss.bridge.loss_bridge",
        say("any two spans of whole months; every account in one bucket with all of its change, to the ten-thousandth"),
    ),
    Metric(
        "logo_retention",
        say("of the accounts that bought before, those that bought now"),
        _SHARE,
        Better.HIGHER,
        _RETENTION,
        say("with Wilson's interval (1927), 95 %"),
    ),
    Metric(
        "gross_retention",
        say("of their revenue before, what is left of it now, without what anybody bought more"),
        _SHARE,
        Better.HIGHER,
        _RETENTION,
        say("bootstrap over accounts (Efron and Tibshirani 1993), 1,000 bases, one seed, 95 %"),
    ),
    Metric(
        "net_retention",
        say("their revenue now over their revenue before"),
        _SHARE,
        Better.HIGHER,
        _RETENTION,
        say("bootstrap over accounts (Efron and Tibshirani 1993), 1,000 bases, one seed, 95 %"),
    ),
    Metric(
        "losses_by_month",
        say("accounts lost in each month, and the revenue of their year: as known then and as known now"),
        _COUNT,
        Better.LOWER,
        "anahtar.metrics.loss.lapses.losses_by_month",
        say("silence beyond a border that no later purchase moved; earlier months are restated when accounts return"),
    ),
    Metric(
        "loss_by_value",
        say("accounts lost of a direction, region, salesperson or product, or that left it and stayed"),
        _COUNT,
        Better.LOWER,
        "anahtar.metrics.loss.places.loss_by_value",
        say("against the base rate: Fisher's exact test (1935), adjusted for many places by Holm (1979)"),
    ),
    Metric(
        "partial_loss",
        say("what an account stopped buying while it lives, by the rhythm in which it bought there"),
        _MONEY,
        Better.LOWER,
        "anahtar.metrics.loss.places.pair_rhythm",
        say("the rules of silence for each account and direction with four purchase days or more"),
    ),
    Metric(
        "stress",
        say("value, shares and concentration left without an account or a direction of it"),
        _MONEY,
        Better.HIGHER,
        "anahtar.metrics.loss.stress.left_over",
        say("the measures of concentration once more, of what is left"),
    ),
    Metric(
        "late_payment",
        say("capital and interest tied up when an account pays later"),
        _MONEY,
        Better.LOWER,
        "anahtar.metrics.loss.stress.late_payment",
        say("revenue of twelve months x days / 365; interest as stated"),
    ),
    Metric(
        "refill",
        say("growth of prospective accounts that would fill the gap"),
        _SHARE,
        Better.LOWER,
        "anahtar.metrics.loss.stress.refill",
        say("all by the same percentage, up to a limit; parts come to the gap by largest remainders"),
    ),
    Metric(
        "return_chance",
        say("chance that a lost account buys again within a year"),
        _SHARE,
        Better.HIGHER,
        "anahtar.metrics.loss.returns.ReturnCurve",
        say("Kaplan and Meier (1958) over the lapses of the ledger that lasted as long; Greenwood's interval"),
    ),
    Metric(
        "second_lifetime_value",
        say("what winning an account back is worth"),
        _MONEY,
        Better.HIGHER,
        "anahtar.metrics.loss.second_life.second_lifetime_value",
        say("Stauss and Friege (1999): chance of return x margin of a year, as far as returns recover it, - cost"),
    ),
)
"""Every metric: of an account in the order of the standings, then of the whole base."""

BY_SLUG: Final[Mapping[str, Metric]] = {metric.slug: metric for metric in METRICS}


def metrics_page() -> str:
    """Write the catalogue as a Markdown page: docs/metrics.md."""
    rows = "\n".join(_row(metric) for metric in METRICS)
    return f"""\
# Metrics

Made from `anahtar.catalogue` by `make docs`; do not edit. `anahtar metrics` prints the same in your language.
Money is in the ledger's currency, shares are fractions of one, days are whole.

| metric | what it tells | unit | better | how | where |
|---|---|---|---|---|---|
{rows}
"""


def _row(metric: Metric) -> str:
    cells = (
        f"`{metric.slug}`",
        str(metric.label),
        str(metric.unit),
        metric.better.value,
        str(metric.source),
        f"`{metric.function}`",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
