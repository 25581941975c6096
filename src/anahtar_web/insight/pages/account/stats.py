"""The figures in large type above the pages of an account, each open to what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field
from anahtar_web.insight.models import Measure, Run, Standing
from anahtar_web.insight.queries import hides_measure, knows_company
from anahtar_web.insight.remembered import Memory
from anahtar_web.interactions.queries import touch_of
from anahtar_web.ui.templatetags.shown import change, day, money, number, share, short_money

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure in large type; `href`: what it is made of."""

    label: str
    value: str
    note: str = ""
    tone: str = ""
    title: str = ""
    href: str = ""


def lines_address(account: Account, **asked: str) -> str:
    """Write the address of the lines behind a figure."""
    query = urlencode(asked)
    return reverse("insight:lines", args=[account.pk]) + (f"?{query}" if query else "")


def stats_of(standing: Standing, user: "User", run: Run) -> Sequence[Stat]:
    """Tell what an account is worth to us and how it buys."""
    stats = [_revenue(standing, run), _change(standing, run), _share(standing, user, run)]
    if user.sees(Field.PROFIT) and (standing.profit is not None or standing.group_profit is not None):
        stats.append(_profit(standing, user, run))
    # A group without lines of its own has no rhythm, only a last purchase of its companies.
    stats.append(_group_purchase(standing) if standing.silence is None else _silence(standing))
    return [*stats, _next_touch(standing.account)]


def _revenue(standing: Standing, run: Run) -> Stat:
    grouped = standing.companies > 0
    revenue = standing.group_revenue if grouped else standing.revenue
    if grouped:
        note = ngettext("%(n)s company", "%(n)s companies", standing.companies) % {"n": number(standing.companies)}
    else:
        note = ngettext("%(n)s order", "%(n)s orders", standing.orders) % {"n": number(standing.orders)}
    return Stat(
        label=_("Revenue with companies") if grouped else _("Revenue"),
        value=short_money(revenue, run.currency),
        note=note,
        title=money(revenue, run.currency),
        href=lines_address(standing.account),
    )


def _change(standing: Standing, run: Run) -> Stat:
    grouped = standing.companies > 0
    revenue = standing.group_revenue if grouped else standing.revenue
    before = standing.group_revenue_year_ago if grouped else standing.revenue_year_ago
    difference = None if revenue is None or before is None else revenue - before
    rate = None if difference is None or not before or before < 0 else difference / before
    more = "+" if difference is not None and difference > 0 else ""
    return Stat(
        label=_("Change in a year"),
        value=change(rate) if rate is not None else f"{more}{short_money(difference, run.currency)}",
        note=f"{more}{short_money(difference, run.currency)}" if difference is not None else _("no earlier year"),
        tone="" if not difference else "good" if difference > 0 else "bad",
        title=f"{more}{money(difference, run.currency)}",
        href=reverse("insight:change", args=[standing.account_id]),
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
    why = reverse("insight:passport", args=[standing.account_id])
    return Stat(name, share(part), note % {"rank": number(rank)} if rank else "", href=why)


def _profit(standing: Standing, user: "User", run: Run) -> Stat:
    grouped = standing.companies > 0
    profit = standing.group_profit if grouped else standing.profit
    note = ""
    if user.sees(Field.MARGIN) and standing.margin is not None and not grouped:
        note = _("margin %(margin)s") % {"margin": share(standing.margin)}
    lines = lines_address(standing.account)
    return Stat(_("Profit"), short_money(profit, run.currency), note, title=money(profit, run.currency), href=lines)


def _group_purchase(standing: Standing) -> Stat:
    return Stat(_("Last purchase"), day(standing.group_last_purchase), href=lines_address(standing.account))


def _silence(standing: Standing) -> Stat:
    value = ngettext("%(n)s day", "%(n)s days", standing.silence or 0) % {"n": number(standing.silence)}
    title = day(standing.last_purchase)
    rhythm = _("every %(n)s days") % {"n": number(standing.gap_median)} if standing.gap_median else ""
    lines = lines_address(standing.account, order="latest")
    if standing.days_late:
        late = ngettext("%(n)s day late", "%(n)s days late", standing.days_late) % {"n": number(standing.days_late)}
        return Stat(_("Silence"), value, " · ".join(filter(None, (late, rhythm))), "warn", title, lines)
    expected = _("expected by %(day)s") % {"day": day(standing.expected_by)} if standing.expected_by else rhythm
    return Stat(_("Silence"), value, expected, title=title, href=lines)


def _next_touch(account: Account) -> Stat:
    """Say what comes next and who of us does it; where nothing is agreed, when somebody was touched last."""
    touch, href = touch_of(account), reverse("interactions:account", args=[account.pk])
    last = _("last touch %(day)s") % {"day": day(touch.all_last_any)} if touch and touch.all_last_any else ""
    if touch is None or touch.all_next_on is None:
        return Stat(_("Next touch"), _("none"), last or _("never touched"), "warn", href=href)
    days = (touch.all_next_on - today()).days
    if days < 0:
        value = ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": number(-days)}
    elif days:
        value = ngettext("in %(n)s day", "in %(n)s days", days) % {"n": number(days)}
    else:
        value = _("today")
    when = day(touch.all_next_on) if days >= 0 else _("since %(day)s") % {"day": day(touch.all_next_on)}
    tone = "bad" if days < 0 else "warn" if days == 0 else ""
    return Stat(_("Next touch"), value, f"{when} · {touch.all_next_owner}", tone, last, href)
