"""Account type: what an account is to the company, with what speaks for it.

Four types, and an account may be several. *Breadwinner* and *prospective* follow from the ledger and are computed.
*Image maker* and *expert* do not: a name that opens doors and a customer one learns from are known by people. For
these two the ledger only nominates: a candidate is a question to the manager, never an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from anahtar.money import Money
from anahtar.rules.evidence import Evidence
from anahtar.words import Message, Share, say


class AccountType(StrEnum):
    """What an account is to the company."""

    BREADWINNER = "breadwinner"
    PROSPECTIVE = "prospective"
    IMAGE_MAKER = "image_maker"
    EXPERT = "expert"


LEAST_ANNUAL_MONTHS: Final = 3
"""A young account's year is told from at least a quarter: one good week is no year of 52."""

LEAST_HALF_DAYS: Final = 3
"""Purchase days in each half year below which growth is an accident of dates."""

LONG_YEARS: Final = 2
"""Years from which a relationship is long."""


def is_breadwinner(
    *, share: float | None, share_before: float | None, enters: float = 0.10, leaves: float = 0.08
) -> bool:
    """Whether an account carries the company.

    Parameters
    ----------
    share
        Own part of the positive profit (revenue where cost is unknown) of all accounts in the window.
    share_before
        The same a year earlier, or of the run before; None where unknown. An account that was a breadwinner then
        stays one down to `leaves`, so nobody goes back and forth at one border.
    enters, leaves
        The two borders, both inside.
    """
    if share is None:
        return False
    was = share_before is not None and share_before >= enters
    return share >= (leaves if was else enters)


def breadwinner_evidence(
    *,
    share: float | None,
    share_before: float | None,
    age_days: int | None,
    value: Message,
    enters: float = 0.10,
    leaves: float = 0.08,
) -> list[Evidence]:
    """Say what speaks for a breadwinner: its share decides, a long relationship adds to it.

    Parameters are those of `is_breadwinner`; `value` names what the share is of, `age_days` counts from the first
    purchase.
    """
    if share is None:
        return []
    met = is_breadwinner(share=share, share_before=share_before, enters=enters, leaves=leaves)
    stays = share_before is not None and share_before >= enters
    border = leaves if stays else enters
    if stays and share_before is not None:
        sentence = say(
            "{share} of {value}; was one a year ago with {before} and stays one down to {border}",
            share=Share(share),
            value=value,
            before=Share(share_before),
            border=Share(border),
        )
    else:
        sentence = say(
            "{share} of {value}; a breadwinner from {border}", share=Share(share), value=value, border=Share(border)
        )
    return [Evidence("share", met, share, border, sentence), *_tenure(age_days)]


def _tenure(age_days: int | None) -> list[Evidence]:
    if age_days is None:
        return []
    years = age_days / 365.25
    sentence = say("has bought for {years} years; long from {border} years", years=years, border=LONG_YEARS)
    return [Evidence("tenure", years >= LONG_YEARS, years, float(LONG_YEARS), sentence)]


@dataclass(frozen=True, slots=True)
class Growth:
    """How an account's last year went; money of revenue, in one currency.

    Parameters
    ----------
    months_since_first
        Full months from the first purchase's month to the window's last one, both counted; None: never bought.
    ledger_months
        Months of the whole ledger up to the window's end: in a ledger no older than a year everybody looks new.
    revenue
        Revenue of the last 12 months.
    large
        What a year must bring to be among the large ones (by default the 80th percentile of all accounts).
    recent, before
        Revenue of the last six months, and of the six before.
    recent_days, before_days
        Purchase days in each half.
    largest_order
        The largest single order (or purchase day) of the last six months.
    """

    months_since_first: int | None
    ledger_months: int
    revenue: Money
    large: Money
    recent: Money
    before: Money
    recent_days: int
    before_days: int
    largest_order: Money


def prospective_evidence(growth: Growth, *, new_months: int = 12, least_growth: float = 0.30) -> list[Evidence]:
    """Ask both ways of being prospective: new and large, or growing by more than one order.

    Parameters
    ----------
    growth
        The account's last year.
    new_months
        First bought within so many months.
    least_growth
        Least growth of the last six months over the six before.

    Returns
    -------
    list[Evidence]
        `new` and `growing`; either is enough. (A stated budget is known by people only, and not asked here.)
    """
    return [_new(growth, new_months), _growing(growth, least_growth)]


def is_prospective(growth: Growth, *, new_months: int = 12, least_growth: float = 0.30) -> bool:
    """Whether an account is new and already large, or growing by more than a single order.

    The rule is for one account. Of a large base it finds one in six, so an analysis lists only the largest of them.
    """
    return _is_new_and_large(growth, new_months) or _is_growing(growth, least_growth)


def annualised(growth: Growth) -> int:
    """A young account's revenue as a whole year's, money units; told from at least three months."""
    months = min(max(growth.months_since_first or 12, LEAST_ANNUAL_MONTHS), 12)
    return growth.revenue.units * 12 // months


def _is_new(growth: Growth, new_months: int) -> bool:
    since = growth.months_since_first
    return since is not None and since <= new_months < growth.ledger_months


def _is_new_and_large(growth: Growth, new_months: int) -> bool:
    return _is_new(growth, new_months) and annualised(growth) >= growth.large.units > 0


def _is_growing(growth: Growth, least: float) -> bool:
    increase = growth.recent.units - growth.before.units
    return (
        growth.before.units > 0
        and increase >= least * growth.before.units
        and min(growth.recent_days, growth.before_days) >= LEAST_HALF_DAYS
        and increase > growth.largest_order.units
    )


def _new(growth: Growth, new_months: int) -> Evidence:
    met = _is_new_and_large(growth, new_months)
    year = Money(annualised(growth), growth.revenue.currency)
    border = float(growth.large.units)
    if growth.ledger_months <= new_months:
        sentence = say(
            "the ledger is {months} months old: who is new cannot be told from who was there before it",
            months=growth.ledger_months,
        )
        return Evidence("new", False, None, border, sentence)
    if not _is_new(growth, new_months):
        sentence = say("not new: no first purchase within {months} months", months=new_months)
        return Evidence("new", False, None, border, sentence)
    sentence = say(
        "first bought {since} months ago (new within {months}); {year} as a whole year, large from {large}",
        since=growth.months_since_first or 0,
        months=new_months,
        year=year,
        large=growth.large,
    )
    return Evidence("new", met, float(year.units), border, sentence)


def _growing(growth: Growth, least: float) -> Evidence:
    if growth.before.units <= 0:
        sentence = say("no growth to tell: nothing bought in the six months before the last six")
        return Evidence("growing", False, None, least, sentence)
    rate = growth.recent.units / growth.before.units - 1
    sentence = say(
        "last six months {rate} on the six before (border {border}), {increase} more; its largest order {order}; "
        "purchase days {before_days} and {recent_days}, {days} needed in each half",
        rate=Share(rate),
        border=Share(least, 0),
        increase=Money(growth.recent.units - growth.before.units, growth.recent.currency),
        order=growth.largest_order,
        before_days=growth.before_days,
        recent_days=growth.recent_days,
        days=LEAST_HALF_DAYS,
    )
    return Evidence("growing", _is_growing(growth, least), rate, least, sentence)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a ledger knows of an account beside its money; None (or empty) where the ledger does not tell.

    Parameters
    ----------
    age_days
        Days since the first purchase.
    directions, all_directions
        Directions (product lines, regions, channels) the account buys in, and that the ledger has.
    leads
        Names of the directions in which it buys more than anybody else.
    members
        Customer codes under the same group as the account, itself included.
    products, products_wide
        Distinct products bought, and what is wide (the 90th percentile of the accounts).
    returns, returns_usual
        Returned part of what was ordered, and the base's.
    """

    age_days: int | None = None
    directions: int | None = None
    all_directions: int | None = None
    leads: Sequence[str] = ()
    members: int | None = None
    products: int | None = None
    products_wide: int | None = None
    returns: float | None = None
    returns_usual: float | None = None


def image_maker_evidence(traits: Traits) -> list[Evidence]:
    """Say what in the ledger speaks for an image maker: it leads a direction, is one of a group, was here long."""
    return [*_leads(traits), *_group(traits), *_tenure(traits.age_days)]


def expert_evidence(traits: Traits) -> list[Evidence]:
    """Say what in the ledger speaks for an expert: it buys broadly, sends back what others keep, has been here long."""
    return [*_breadth(traits), *_products(traits), *_returns(traits), *_tenure(traits.age_days)]


def is_image_maker_candidate(evidence: Sequence[Evidence]) -> bool:
    """Whether to ask the manager: nobody buys more in one of the directions, and something else speaks for it too."""
    met = {item.criterion for item in evidence if item.met}
    return "leads" in met and len(met) >= 2


def is_expert_candidate(evidence: Sequence[Evidence]) -> bool:
    """Whether to ask the manager: two of broad directions, many products and returns. Returns alone never do."""
    met = {item.criterion for item in evidence if item.met}
    return len(met & {"directions", "products", "returns"}) >= 2


def _leads(traits: Traits) -> list[Evidence]:
    if not traits.all_directions:
        return []
    if not traits.leads:
        return [Evidence("leads", False, 0.0, 1.0, say("largest customer of no direction"))]
    sentence = say("largest customer of {directions}", directions=", ".join(traits.leads))
    return [Evidence("leads", True, float(len(traits.leads)), 1.0, sentence)]


def _group(traits: Traits) -> list[Evidence]:
    if traits.members is None:
        return []
    sentence = say("customers of the same group: {members}", members=traits.members)
    return [Evidence("group", traits.members >= 2, float(traits.members), 2.0, sentence)]


def _breadth(traits: Traits) -> list[Evidence]:
    """Most of the directions, where there are enough of them for "most" to say something."""
    if traits.directions is None or not traits.all_directions or traits.all_directions < 3:
        return []
    border = -(-traits.all_directions * 2 // 3)
    sentence = say(
        "buys in {directions} of {all} directions; broad from {border}",
        directions=traits.directions,
        all=traits.all_directions,
        border=border,
    )
    return [Evidence("directions", traits.directions >= border, float(traits.directions), float(border), sentence)]


def _products(traits: Traits) -> list[Evidence]:
    if traits.products is None or traits.products_wide is None:
        return []
    sentence = say(
        "buys {products} products; 9 of 10 accounts fewer than {wide}",
        products=traits.products,
        wide=traits.products_wide,
    )
    met = traits.products >= traits.products_wide > 1
    return [Evidence("products", met, float(traits.products), float(traits.products_wide), sentence)]


def _returns(traits: Traits) -> list[Evidence]:
    if traits.returns is None or traits.returns_usual is None:
        return []
    sentence = say(
        "sends back {returns} of what it orders; all accounts {usual}",
        returns=Share(traits.returns),
        usual=Share(traits.returns_usual),
    )
    # Twice the base's: a customer that checks what it gets. Too much to be an accident, too little to be a verdict.
    met = traits.returns > 0 and traits.returns >= 2 * traits.returns_usual
    return [Evidence("returns", met, traits.returns, 2 * traits.returns_usual, sentence)]
