"""Key account: which criteria an account meets, and with what evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from anahtar.money import Money
from anahtar.rules.criteria import Criteria
from anahtar.rules.evidence import Evidence
from anahtar.words import Message, Share, say


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """What is asked of one account, measured; None where the ledger does not tell.

    Parameters
    ----------
    code
        The account's code, for the named list.
    value
        What the shares are of, in words: `value_words`.
    share, share_year_ago
        Own part of the positive value of all accounts, in the window and in the same window a year earlier.
    share_above
        What the larger accounts make together: cumulative share without the account's own.
    rank
        By value, 1 is the largest; None for accounts without positive value.
    abc, xyz
        Classes of the run.
    change
        Value against a year earlier - 1.
    age_days
        Days since the first purchase of the ledger.
    profit
        Profit of the window.
    """

    code: str
    value: Message
    share: float | None
    share_year_ago: float | None
    share_above: float | None
    rank: int | None
    abc: str | None
    xyz: str | None
    change: float | None
    age_days: int | None
    profit: Money | None


def value_words(measure: str, months: int) -> Message:
    """Name what shares are of: profit or revenue (`anahtar.analysis.Measure`), and of how many months."""
    if measure == "profit":
        return say("{months}-month profit", months=months)
    return say("{months}-month revenue", months=months)


def is_key(account: KeyFigures, criteria: Criteria) -> bool:
    """Whether an account is key.

    Named accounts are, always. Others must meet the criteria that are on (one of them or all, by the rule), and be
    within the bound unless their share alone meets its border.
    """
    if account.code in criteria.named:
        return True
    asked = [met(account, criteria) for slug, met in _MET.items() if slug in asked_criteria(criteria)]
    meets = any(asked) if criteria.rule == "any" else bool(asked) and all(asked)
    return meets and (
        within_bound(account, criteria) or (criteria.share_least is not None and _share(account, criteria))
    )


def asked_criteria(criteria: Criteria) -> tuple[str, ...]:
    """The slugs of the criteria that are on, in the order of the file."""
    switches = {
        "share": criteria.share_least,
        "class": criteria.classes,
        "trend": criteria.trend_least,
        "tenure": criteria.tenure_least_years,
        "profit": criteria.profit_least,
    }
    return tuple(slug for slug, border in switches.items() if border is not None)


def within_bound(account: KeyFigures, criteria: Criteria) -> bool:
    """Whether an account is among the largest that may be key: by rank, and by what it and the larger ones make.

    The account that would carry them above the bound stays out, so that the bound is one: were it let in, the largest
    regular accounts would always end just above the band they are held to.
    """
    if account.rank is None or account.share_above is None or account.share is None:
        return False
    # Two shares added as floating-point numbers: exactly at the bound must not be a hair beyond it.
    reached = round(account.share_above + account.share, 12)
    return account.rank <= criteria.largest and reached <= criteria.together


def key_evidence(account: KeyFigures, criteria: Criteria) -> list[Evidence]:
    """Ask every criterion that is on, then the bound and the named list, and say what was found.

    Returns
    -------
    list[Evidence]
        In the order of the criteria file: those that are on, `bound`, and `named` where a list was given.
    """
    found = [_SAID[slug](account, criteria) for slug in asked_criteria(criteria)]
    found.append(_bound_said(account, criteria))
    if criteria.named:
        found.append(_named_said(account, criteria))
    return found


def _share(account: KeyFigures, criteria: Criteria) -> bool:
    return account.share is not None and account.share >= (criteria.share_least or 0)


def _class(account: KeyFigures, criteria: Criteria) -> bool:
    abc, xyz = criteria.classes or (frozenset(), frozenset())
    return account.abc in abc and account.xyz in xyz


def _trend(account: KeyFigures, criteria: Criteria) -> bool:
    return account.change is not None and account.change >= (criteria.trend_least or 0)


def _tenure(account: KeyFigures, criteria: Criteria) -> bool:
    return account.age_days is not None and account.age_days / 365.25 >= (criteria.tenure_least_years or 0)


def _profit(account: KeyFigures, criteria: Criteria) -> bool:
    return account.profit is not None and account.profit.units >= (criteria.profit_least or 0)


_MET: Final[Mapping[str, Callable[[KeyFigures, Criteria], bool]]] = {
    "share": _share,
    "class": _class,
    "trend": _trend,
    "tenure": _tenure,
    "profit": _profit,
}


def _share_said(account: KeyFigures, criteria: Criteria) -> Evidence:
    border = criteria.share_least or 0.0
    if account.share is None:
        sentence = say("no positive {value}; border {border}", value=account.value, border=Share(border))
    elif account.share_year_ago is None:
        sentence = say(
            "{share} of {value}; border {border}", share=Share(account.share), value=account.value, border=Share(border)
        )
    else:
        sentence = say(
            "{share} of {value}; border {border}; {before} a year ago",
            share=Share(account.share),
            value=account.value,
            border=Share(border),
            before=Share(account.share_year_ago),
        )
    return Evidence("share", _share(account, criteria), account.share, border, sentence)


def _class_said(account: KeyFigures, criteria: Criteria) -> Evidence:
    abc, xyz = criteria.classes or (frozenset(), frozenset())
    wanted = {"abc": ", ".join(sorted(abc)), "xyz": ", ".join(sorted(xyz))}
    if account.abc is None or account.xyz is None:
        sentence = say("no class in the window; wanted {abc} with {xyz}", **wanted)
    else:
        sentence = say(
            "class {own_abc}, regularity {own_xyz}; wanted {abc} with {xyz}",
            own_abc=account.abc,
            own_xyz=xyz_words(account.xyz),
            **wanted,
        )
    return Evidence("class", _class(account, criteria), None, None, sentence)


def xyz_words(xyz: str) -> Message | str:
    """Name a class of regularity; X, Y and Z are letters in every language."""
    match xyz:
        case "new":
            return say("new (too young to judge)")
        case "one_off":
            return say("one-off (bought on one day)")
        case "undefined":
            return say("undefined (no positive value)")
        case _:
            return xyz


def _trend_said(account: KeyFigures, criteria: Criteria) -> Evidence:
    border = criteria.trend_least or 0.0
    if account.change is None:
        sentence = say("{value} a year ago is unknown or not positive: no trend", value=account.value)
    else:
        sentence = say(
            "{change} on the {value} a year ago; border {border}",
            change=Share(account.change),
            value=account.value,
            border=Share(border),
        )
    return Evidence("trend", _trend(account, criteria), account.change, border, sentence)


def _tenure_said(account: KeyFigures, criteria: Criteria) -> Evidence:
    border = criteria.tenure_least_years or 0.0
    years = None if account.age_days is None else account.age_days / 365.25
    if years is None:
        sentence = say("never bought; border {border} years", border=border)
    else:
        sentence = say("first bought {years} years ago; border {border} years", years=years, border=border)
    return Evidence("tenure", _tenure(account, criteria), years, border, sentence)


def _profit_said(account: KeyFigures, criteria: Criteria) -> Evidence:
    border = criteria.profit_least or 0
    if account.profit is None:
        sentence = say("profit unknown: no line of the account carries a cost")
        return Evidence("profit", False, None, float(border), sentence)
    sentence = say(
        "profit of {profit}; border {border}",
        profit=account.profit,
        border=Money(border, account.profit.currency),
    )
    return Evidence("profit", _profit(account, criteria), float(account.profit.units), float(border), sentence)


def _bound_said(account: KeyFigures, criteria: Criteria) -> Evidence:
    together = Share(criteria.together, 0)
    if account.rank is None or account.share_above is None:
        sentence = say("no rank: no positive {value}", value=account.value)
        return Evidence("bound", False, None, float(criteria.largest), sentence)
    sentence = say(
        "number {rank} by {value}, larger ones make {above}; below the share's border only the {largest} largest, "
        "up to {together} together, may be key",
        rank=account.rank,
        value=account.value,
        above=Share(account.share_above),
        largest=criteria.largest,
        together=together,
    )
    met = within_bound(account, criteria)
    return Evidence("bound", met, float(account.rank), float(criteria.largest), sentence)


def _named_said(account: KeyFigures, criteria: Criteria) -> Evidence:
    met = account.code in criteria.named
    sentence = say("named in the criteria file") if met else say("not named in the criteria file")
    return Evidence("named", met, None, None, sentence)


_SAID: Final[Mapping[str, Callable[[KeyFigures, Criteria], Evidence]]] = {
    "share": _share_said,
    "class": _class_said,
    "trend": _trend_said,
    "tenure": _tenure_said,
    "profit": _profit_said,
}
