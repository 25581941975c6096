"""One account: what it is worth, how it buys, why it stands where it stands, and the way down to its lines."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from anahtar.report.labels import STATES, TYPES, label
from anahtar_web.accounts.models import Account, KeyDecision, Lineage, Part
from anahtar_web.accounts.pages import Tab, tabs_of
from anahtar_web.accounts.queries import Member, decision_on, team_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.models import Measure, Run, Standing
from anahtar_web.insight.pages.cells import (
    CLASS_TONES,
    DECISION_ICONS,
    DECISION_TONES,
    STATE_TONES,
    status_words,
)
from anahtar_web.insight.queries import hides_measure, knows_company, standings_of
from anahtar_web.insight.remembered import Memory
from anahtar_web.insight.series import Course, Series, read
from anahtar_web.insight.trust import Trust, trust
from anahtar_web.ui.templatetags.shown import change, day, money, number, say, share, short_money

if TYPE_CHECKING:
    from anahtar.report.explain import Section
    from anahtar_web.people.models import User

SHOWN_COMPANIES: Final = 100
TOLD: Final = ("class", "regularity", "types", "key", "state")
"""Topics of the explanation; the others stand on the page already."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A word beside the name."""

    text: str
    tone: str = ""
    icon: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure in large type; `href`: the lines it was made from."""

    label: str
    value: str
    note: str = ""
    tone: str = ""
    title: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Direction:
    """What the account buys in one line of business, against a year ago."""

    name: str
    revenue: int
    before: int | None
    part: float
    href: str

    @property
    def change(self) -> float | None:
        """Growth in a year."""
        return None if not self.before or self.before < 0 else self.revenue / self.before - 1

    @property
    def stopped(self) -> bool:
        """Whether it bought here a year ago and buys no more."""
        return bool(self.name) and self.revenue <= 0 < (self.before or 0)

    @property
    def is_new(self) -> bool:
        """Whether it did not buy here a year ago."""
        return self.before == 0 and self.revenue > 0


@dataclass(frozen=True, slots=True)
class Company:
    """An account below, with its own figures."""

    account: Account
    standing: Standing
    chip: Chip | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month and the lines behind it."""

    first: date
    revenue: int
    orders: int
    href: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the ledger says of the account, those below it added where it has some.

    Parameters
    ----------
    more_companies
        How many companies are not listed.
    unreadable
        Months, directions and reasons are missing: the tables of the run are damaged or gone.
    """

    standing: Standing
    stats: Sequence[Stat]
    chart: Mapping[str, Any] | None
    months: Sequence[Month]
    directions: Sequence[Direction]
    sections: "Sequence[Section]"
    companies: Sequence[Company]
    more_companies: int
    unreadable: bool

    @classmethod
    def build(cls, standing: Standing, account: Account, user: "User", run: Run) -> Self:
        """Read the figures of a run."""
        companies = _companies(account, standing, user, run)
        codes = [account.code, *(company.account.code for company in companies)]
        series = read(run, codes, withheld=withheld(user))
        return cls(
            standing=standing,
            stats=_stats(standing, user, run),
            chart=_chart(series.course, run),
            months=_months(account, series.course),
            directions=_directions(account, series),
            sections=[section for section in series.sections if section.topic in TOLD],
            companies=companies,
            more_companies=max(standing.companies - len(companies), 0),
            unreadable=series.unreadable,
        )


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The template's contract; `figures` None: no line of the account, or no run since it was made."""

    account: Account
    above: Sequence[Account]
    run: Run | None
    trust: Trust | None
    chips: Sequence[Chip]
    manager: Member | None
    team: Sequence[Member]
    merged: Sequence[Account]
    links: Mapping[str, str]
    tabs: Sequence[Tab]
    figures: Figures | None

    @classmethod
    def build(cls, account: Account, user: "User", run: Run | None, refused: Run | None) -> Self:
        """Read everything the page shows."""
        standing = Standing.objects.filter(run=run, account=account).first() if run else None
        team = team_of(account, today())
        return cls(
            account=account,
            above=_above(account, user),
            run=run,
            trust=trust(user, run, refused) if run else None,
            chips=_chips(standing, decision_on(account)),
            manager=next((member for member in team if member.assignment.part == Part.MANAGER), None),
            team=[member for member in team if member.assignment.part != Part.MANAGER],
            merged=list(account.merged.order_by("code", "pk")[:SHOWN_COMPANIES]),
            links=_links(account, user),
            tabs=tabs_of(account, user),
            figures=Figures.build(standing, account, user, run) if run and standing else None,
        )


def withheld(user: "User") -> "Collection[Any]":
    """Say which figures an explanation leaves out for a person."""
    from anahtar.report.explain import Withheld

    found = []
    if not user.sees(Field.PROFIT):
        found.append(Withheld.PROFIT)
    if not knows_company(user):
        found.append(Withheld.TOTAL)
    return found


def lines_address(account: Account, **asked: str) -> str:
    """Write the address of the lines behind a figure."""
    query = urlencode(asked)
    return reverse("insight:lines", args=[account.pk]) + (f"?{query}" if query else "")


def _above(account: Account, user: "User") -> list[Account]:
    """Give the groups above that the person sees too, the highest first."""
    if account.parent_id is None:
        return []
    # From the few lines of this account; "an ancestor among the visible ones" would list 100,000 accounts first.
    seen = Account.objects.visible_to(user).filter(lineage_below__account=account, lineage_below__distance__gt=0)
    return list(seen.order_by("-lineage_below__distance", "pk"))


def _chips(standing: Standing | None, decision: KeyDecision | None) -> Sequence[Chip]:
    chips = []
    if standing is not None and (chip := class_chip(standing)) is not None:
        chips.append(chip)
    chips += decision_chips(decision, standing)
    if standing is not None and standing.state:
        chips.append(Chip(say(label(STATES, standing.state)), STATE_TONES.get(standing.state, "")))
    return chips


def decision_chips(decision: KeyDecision | None, standing: Standing | None) -> Sequence[Chip]:
    """Say beside a name what was decided, or what the ledger says while nobody has."""
    if decision is None:
        return _computed_chips(standing) if standing else ()
    title = _("%(person)s: %(reason)s") % {"person": decision.by, "reason": decision.reason}
    status = Chip(status_words(decision), DECISION_TONES[decision.status], DECISION_ICONS[decision.status], title)
    return [status, *(Chip(say(label(TYPES, one))) for one in decision.type_list)]


def _computed_chips(standing: Standing) -> Sequence[Chip]:
    title = _("The ledger says so; nobody has decided yet.")
    chips = [Chip(_("Key by the ledger"), "", "key-round", title)] if standing.key else []
    return [*chips, *(Chip(say(label(TYPES, one)), title=title) for one in standing.type_list)]


def class_chip(standing: Standing) -> Chip | None:
    """Show the class and, where it differs, the one of a year ago."""
    if standing.abc is None:
        return None
    text, before = standing.cell or standing.abc, standing.abc_year_ago
    if before and before != standing.abc:
        title = _("class %(now)s, a year ago %(before)s") % {"now": standing.abc, "before": before}
        icon = "arrow-up-right" if standing.abc < before else "arrow-down-right"
        return Chip(f"{text} ← {before}", CLASS_TONES.get(standing.abc, ""), icon, title)
    return Chip(text, CLASS_TONES.get(standing.abc, ""))


# Figures ---------------------------------------------------------------------------------------------------------


def _stats(standing: Standing, user: "User", run: Run) -> Sequence[Stat]:
    stats = [_revenue(standing, run), _share(standing, user, run)]
    if user.sees(Field.PROFIT) and (standing.profit is not None or standing.group_profit is not None):
        stats.append(_profit(standing, user, run))
    # A group without lines of its own has no rhythm, only a last purchase of its companies.
    return (
        [*stats, _group_purchase(standing)]
        if standing.silence is None
        else [*stats, _silence(standing), _orders(standing)]
    )


def _revenue(standing: Standing, run: Run) -> Stat:
    grouped = standing.companies > 0
    revenue = standing.group_revenue if grouped else standing.revenue
    before = standing.group_revenue_year_ago if grouped else standing.revenue_year_ago
    rate = None if revenue is None or not before or before < 0 else revenue / before - 1
    note = _("%(change)s in a year") % {"change": change(rate)} if rate is not None else _("no earlier year")
    return Stat(
        label=_("Revenue with companies") if grouped else _("Revenue"),
        value=short_money(revenue, run.currency),
        note=note,
        tone="" if not rate else "good" if rate > 0 else "bad",
        title=money(revenue, run.currency),
        href=lines_address(standing.account),
    )


def _share(standing: Standing, user: "User", run: Run) -> Stat:
    """Give the share of what the person may know: of the company, or of the accounts they see; groups by revenue."""
    by_profit = run.measure == Measure.PROFIT and not hides_measure(user, run) and not standing.companies
    own = standing.value if by_profit else standing.group_revenue if standing.companies else standing.revenue
    if knows_company(user):
        whole = run.value_positive if by_profit else run.revenue_positive
        name = _("Share of profit") if by_profit else _("Share of revenue")
    else:
        whole = Memory.of(user, run).sold_by_own("value" if by_profit else "revenue")
        name = _("Share of your profit") if by_profit else _("Share of your revenue")
    rank = standing.rank if by_profit else standing.revenue_rank
    note = _("number %(rank)s by profit") if by_profit else _("number %(rank)s by revenue")
    part = own / whole if own is not None and own > 0 and whole > 0 else None
    return Stat(name, share(part), note % {"rank": number(rank)} if rank else "")


def _profit(standing: Standing, user: "User", run: Run) -> Stat:
    grouped = standing.companies > 0
    profit = standing.group_profit if grouped else standing.profit
    note = ""
    if user.sees(Field.MARGIN) and standing.margin is not None and not grouped:
        note = _("margin %(margin)s") % {"margin": share(standing.margin)}
    return Stat(_("Profit"), short_money(profit, run.currency), note, title=money(profit, run.currency))


def _group_purchase(standing: Standing) -> Stat:
    companies = ngettext("%(n)s company", "%(n)s companies", standing.companies) % {"n": number(standing.companies)}
    return Stat(_("Last purchase"), day(standing.group_last_purchase), companies if standing.companies else "")


def _silence(standing: Standing) -> Stat:
    value = ngettext("%(n)s day", "%(n)s days", standing.silence or 0) % {"n": number(standing.silence)}
    if standing.days_late:
        late = ngettext("%(n)s day late", "%(n)s days late", standing.days_late)
        return Stat(_("Silence"), value, late % {"n": number(standing.days_late)}, "warn", day(standing.last_purchase))
    expected = _("expected by %(day)s") % {"day": day(standing.expected_by)} if standing.expected_by else ""
    return Stat(_("Silence"), value, expected, title=day(standing.last_purchase))


def _orders(standing: Standing) -> Stat:
    note = _("every %(n)s days") % {"n": number(standing.gap_median)} if standing.gap_median else ""
    return Stat(pgettext("how many", "Orders"), number(standing.orders), note)


# Series ----------------------------------------------------------------------------------------------------------


def _chart(course: Sequence[Course], run: Run) -> Mapping[str, Any] | None:
    if not any(month.revenue or month.before for month in course):
        return None
    return {
        "months": [month.first for month in course],
        "now": [month.revenue for month in course],
        "before": [month.before for month in course],
        "now_name": _("These twelve months"),
        "before_name": _("A year earlier"),
        "currency": run.currency,
    }


def _months(account: Account, course: Sequence[Course]) -> Sequence[Month]:
    return [
        Month(month.first, month.revenue, month.orders, lines_address(account, month=f"{month.first:%Y-%m}"))
        for month in reversed(course)
    ]


def _directions(account: Account, series: Series) -> Sequence[Direction]:
    largest = max((max(revenue, before or 0) for _name, revenue, before in series.directions), default=0)
    return [
        Direction(
            name=name,
            revenue=revenue,
            before=before,
            part=max(revenue, 0) / largest if largest > 0 else 0.0,
            href=lines_address(account, direction=name),
        )
        for name, revenue, before in series.directions
    ]


def _companies(account: Account, standing: Standing, user: "User", run: Run) -> Sequence[Company]:
    if not standing.companies:
        return ()
    below = Lineage.objects.filter(ancestor=account, distance__gt=0).values("account")
    rows = standings_of(user, run).filter(account__in=below).select_related("account").order_by("-revenue", "account")
    listed = [row for row in rows[: SHOWN_COMPANIES + 1] if row.account.in_ledger][:SHOWN_COMPANIES]
    return [Company(row.account, row, class_chip(row)) for row in listed]


def _links(account: Account, user: "User") -> Mapping[str, str]:
    """Give what the person may do with the account, as far as there are pages for it."""
    wanted = {
        "edit": Right.EDIT_ACCOUNTS,
        "team": Right.ASSIGN_TEAMS,
        "group": Right.CURATE_ACCOUNTS,
        "merge": Right.CURATE_ACCOUNTS,
        "trail": Right.READ_ACCOUNT_TRAIL,
    }
    links = {}
    for name, right in wanted.items():
        if user.may(right):
            try:
                links[name] = reverse(f"accounts:{name}", args=[account.pk])
            except NoReverseMatch:
                continue
    return links
