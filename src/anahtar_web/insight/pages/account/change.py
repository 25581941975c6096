"""What changed against the year before, and why: price, volume, mix, new and stopped products, down to the lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field
from anahtar_web.insight import changing
from anahtar_web.insight.counted import codes_of
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.account.header import Header
from anahtar_web.insight.pages.account.stats import lines_address
from anahtar_web.insight.pages.waterfall import bars
from anahtar_web.ui.templatetags.shown import say, short_money

if TYPE_CHECKING:
    from anahtar.metrics.change import Change, ProductChange, ProfitChange
    from anahtar_web.people.models import User

PARAMETERS: Final = frozenset({"show"})
MOST: Final = 40
"""Products listed; the others are told as one line, so that the list comes to the whole."""

MOVERS: Final = 5
"""Products named on the overview of those that grew, and of those that shrank."""

STATES: Final[dict[str, Any]] = {
    "new": pgettext_lazy("products", "New"),
    "grown": pgettext_lazy("products", "Grown"),
    "shrunk": pgettext_lazy("products", "Shrunk"),
    "stopped": pgettext_lazy("products", "Stopped"),
    "steady": pgettext_lazy("products", "Unchanged"),
    "given_back": pgettext_lazy("products", "Given back"),
    "unmatched": pgettext_lazy("products", "Not explained"),
}
TONES: Final = {"new": "info", "grown": "good", "shrunk": "warn", "stopped": "bad"}


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the bridge.

    Parameters
    ----------
    meaning
        What the part is, in words; empty at both ends.
    kind
        `whole`, `up` or `down`.
    """

    label: str
    meaning: str
    value: int
    kind: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """A figure a year ago, the parts of its change, and the figure now."""

    steps: Sequence[Step]
    difference: int
    rate: float | None
    told: str
    """The largest parts in a sentence."""

    @classmethod
    def build(cls, then: int, now: int, parts: Any, currency: str) -> Self:
        """Lay the parts out that are something; they come to the change to the last unit."""
        from anahtar.report.explain_change import MEANINGS, PARTS

        named = [(name, getattr(parts, name, 0)) for name in PARTS]
        named = [(name, value) for name, value in named if value]
        first, *between, last = bars(then, now, [value for _name, value in named])
        steps = [
            Step(_("A year ago"), "", then, "whole", *first),
            *(
                Step(say(PARTS[name]), say(MEANINGS[name]), value, "up" if value > 0 else "down", *bar)
                for (name, value), bar in zip(named, between, strict=True)
            ),
            Step(_("Now"), "", now, "whole", *last),
        ]
        return cls(steps, now - then, now / then - 1 if then > 0 else None, _told(steps[1:-1], currency))


@dataclass(frozen=True, slots=True)
class Product:
    """One product in both years; `code` empty: lines that name none.

    Parameters
    ----------
    quantity, price
        Change of what was bought, and of its average price; None where it was not bought in both.
    part
        Of the largest change among those shown, for its bar.
    """

    code: str
    name: str
    state: str
    revenue: int
    before: int
    quantity: float | None
    price: float | None
    part: float
    href: str
    href_before: str

    @property
    def change(self) -> int:
        """Revenue of now less that of before."""
        return self.revenue - self.before

    @property
    def word(self) -> str:
        """What became of it."""
        return str(STATES[self.state])

    @property
    def tone(self) -> str:
        """The colour of that word."""
        return TONES.get(self.state, "")

    @property
    def lines(self) -> str:
        """Where its lines are: of a product that stopped, those of the year before."""
        return self.href if self.revenue or not self.before else self.href_before


@dataclass(frozen=True, slots=True)
class Shown:
    """One choice of what the list shows; `name` empty: everything."""

    name: str
    label: str
    products: int
    current: bool


@dataclass(frozen=True, slots=True)
class ChangePage:
    """The template's contract.

    Parameters
    ----------
    refused, unreadable
        Why there is nothing to tell.
    revenue, profit
        None: not told, or not for the reader.
    no_profit
        Why the change of profit is not told to somebody who may see it.
    rest
        What the products that are not listed come to, and how many they are.
    """

    head: Header
    refused: str = ""
    unreadable: str = ""
    older: bool = False
    revenue: Bridge | None = None
    profit: Bridge | None = None
    no_profit: str = ""
    shown: Sequence[Shown] = ()
    products: Sequence[Product] = ()
    rest: tuple[int, int] = (0, 0)

    @classmethod
    def build(cls, head: Header, user: "User", show: str) -> Self:
        """Read everything the page shows.

        Raises
        ------
        BadRequest
            The address asks for products that cannot be.
        """
        if show and show not in STATES:
            raise BadRequest("no such products")
        if head.run is None or head.standing is None:
            return cls(head)
        told = changing.read(head.run, codes_of(head.account, user, head.run))
        if told.change is None:
            return cls(head, refused=say(told.refused), unreadable=told.unreadable)
        return cls(
            head,
            older=told.older,
            revenue=_revenue(told.change, head.run),
            **_profit(told.change, user, head.run),
            **_listed(told.change, head.account, show),
        )


@dataclass(frozen=True, slots=True)
class MoversPage:
    """What the overview shows of the products: those that grew most, and those that shrank most."""

    account: Account
    run: Run
    grown: Sequence[Product] = ()
    shrunk: Sequence[Product] = ()
    refused: str = ""

    @classmethod
    def build(cls, account: Account, user: "User", run: Run) -> Self:
        """Read them."""
        told = changing.read(run, codes_of(account, user, run))
        if told.change is None:
            return cls(account, run, refused=say(told.refused) or told.unreadable)
        named = [row for row in told.change.products if row.product is not None and row.change]
        up = _rows([row for row in named if row.change > 0][:MOVERS], account)
        down = _rows([row for row in named if row.change < 0][:MOVERS], account)
        return cls(account, run, up, down)


def _told(parts: Sequence[Step], currency: str) -> str:
    """Name the largest part each way."""

    def one(step: Step) -> str:
        return f"{step.label} ({'+' if step.value > 0 else ''}{short_money(step.value, currency)})"

    up = max((step for step in parts if step.value > 0), key=lambda step: step.value, default=None)
    down = min((step for step in parts if step.value < 0), key=lambda step: step.value, default=None)
    if up and down:
        return _("Most was added by %(up)s, most was lost by %(down)s.") % {"up": one(up), "down": one(down)}
    if up:
        return _("Most was added by %(up)s; nothing was lost.") % {"up": one(up)}
    return _("Most was lost by %(down)s; nothing was added.") % {"down": one(down)} if down else ""


def _revenue(found: "Change", run: Run) -> Bridge:
    return Bridge.build(found.revenue_before, found.revenue, found.parts, run.currency)


def _profit(found: "Change", user: "User", run: Run) -> dict[str, Any]:
    from anahtar.report.explain_change import no_profit

    if not user.sees(Field.PROFIT):
        return {}
    profit: ProfitChange | None = found.profit
    if profit is None:
        return {"no_profit": say(no_profit(found.coverage))}
    return {"profit": Bridge.build(profit.profit_before, profit.profit, profit.parts, run.currency)}


def _listed(found: "Change", account: Account, show: str) -> dict[str, Any]:
    counted = Counter(row.state.value for row in found.products)
    asked = [row for row in found.products if row.state.value == show or not show]
    rest = asked[MOST:]
    return {
        "shown": list(_choices(counted, show)),
        "products": _rows(asked[:MOST], account),
        "rest": (len(rest), sum(row.change for row in rest)),
    }


def _choices(counted: Counter[str], show: str) -> Iterator[Shown]:
    yield Shown("", _("All"), counted.total(), not show)
    yield from (
        Shown(name, str(label), counted[name], name == show)
        for name, label in STATES.items()
        if counted[name] or name == show
    )


def _rows(rows: "Sequence[ProductChange]", account: Account) -> Sequence[Product]:
    largest = max((abs(row.change) for row in rows), default=0)
    return [_product(row, account, largest) for row in rows]


def _product(row: "ProductChange", account: Account, largest: int) -> Product:
    # Lines that name no product are told direction by direction.
    asked = {"product": row.product or "", **({} if row.product is not None else {"direction": row.direction or ""})}
    return Product(
        code=row.product or "",
        name=row.name or row.product or "",
        state=row.state.value,
        revenue=row.revenue,
        before=row.revenue_before,
        quantity=_rate(row.quantity, row.quantity_before),
        price=_rate(row.price, row.price_before),
        part=abs(row.change) / largest if largest else 0.0,
        href=lines_address(account, **asked),
        href_before=lines_address(account, **asked, before="yes"),
    )


def _rate(now: int | None, before: int | None) -> float | None:
    return None if now is None or not before else now / before - 1
