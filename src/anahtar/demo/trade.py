"""What the demo customers buy: invoices and their lines over three years, and the oddities of a real ledger."""

import math
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from anahtar.demo.company import DIRECTIONS, REGIONS, SALESPEOPLE, Customer

_CENT: Final = Decimal("0.01")
_SHUTDOWN: Final = (date.min.replace(month=8, day=4), 12)
"""The plant holiday: twelve days from 4 August on which nobody buys anything."""


@dataclass(frozen=True, slots=True)
class Product:
    """One article of the price list; the price is of the first year, in lira."""

    code: str
    name: str
    direction: str
    price: Decimal
    margin: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice as the ERP exports it. None where the export has an empty cell."""

    sold_on: date
    invoice: str
    customer: str
    name: str
    group: str
    product: str
    product_name: str
    direction: str
    region: str
    salesperson: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal
    amount: Decimal
    cost: Decimal
    currency: str
    site: str = ""


def price_list(dice: random.Random) -> list[Product]:
    """Invent the articles: 26 of each direction, from a screw to a hydraulic unit."""
    words = {
        "Rulman": ("Bilyalı Rulman 62{:02}", 180, 5200),
        "Hidrolik": ("Hidrolik Silindir HS-{:02}", 1900, 36000),
        "Pnömatik": ("Pnömatik Valf PV-{:02}", 420, 9500),
        "Kayış Kasnak": ("V Kayışı SPB {:02}00", 90, 2600),
        "Yağlama": ("Gres Yağı {:02} kg", 260, 3900),
        "Bağlantı Elemanları": ('Cıvata M{:02} "8.8"', 4, 160),
    }
    found = []
    for number, direction in enumerate(DIRECTIONS, 1):
        name, least, most = words[direction]
        for position in range(1, 27):
            price = Decimal(str(round(math.exp(dice.uniform(math.log(least), math.log(most))), 2)))
            code = f"{number:02}-{position:04}"
            found.append(Product(code, name.format(position), direction, price, dice.uniform(0.14, 0.34)))
    return found


def trade(customers: Sequence[Customer], *, until: date, seed: int) -> list[Line]:
    """Let every customer buy by its habit.

    Parameters
    ----------
    customers
        Who buys; their `since`, `until`, `pause` and `months` bound the days.
    until
        The last day of the ledger, three years after its first.
    seed
        Of every choice made; each customer has a stream of its own, so adding one changes no other.

    Returns
    -------
    list of Line
        In order of day and invoice, clean; `with_oddities` adds what real ledgers have.
    """
    articles = price_list(random.Random(seed))
    first = date(until.year - 3, until.month, 1) + timedelta(days=31)
    first = first.replace(day=1)
    orders: list[tuple[date, int, list[Line]]] = []
    for position, customer in enumerate(customers):
        dice = random.Random(f"{seed}/{position}")
        days = _days(customer, dice, first, until)
        orders.extend((day, position, _order(customer, day, dice, articles, first)) for day in days)
    orders.sort(key=lambda order: order[:2])
    return [
        replace(line, invoice=f"{line.sold_on.year}A{number:07}")
        for number, (_, _, lines) in enumerate(orders, 100_001)
        for line in lines
    ]


def _days(customer: Customer, dice: random.Random, first: date, until: date) -> Iterator[date]:
    """Days of order: gamma distributed gaps, moved off week-ends and out of the plant holiday."""
    if customer.habit == "one_off":
        yield _working(customer.since)
        return
    start = max(first, customer.since)
    at = dice.uniform(0, customer.every)
    if customer.habit in {"newcomer", "prospective", "successor"}:
        at = 0.0
    last: date | None = None
    while (day := _working(start + timedelta(days=int(at)))) <= min(until, customer.until):
        if customer.buys_on(day) and day >= first and day != last:
            yield day
            last = day
        at += max(1.0, dice.gammavariate(customer.steadiness, customer.pace(day) / customer.steadiness))


def _working(day: date) -> date:
    holiday = _SHUTDOWN[0].replace(year=day.year)
    if holiday <= day < holiday + timedelta(days=_SHUTDOWN[1]):
        day = holiday + timedelta(days=_SHUTDOWN[1])
    return day - timedelta(days=max(0, day.weekday() - 4))


def _order(customer: Customer, day: date, dice: random.Random, articles: Sequence[Product], first: date) -> list[Line]:
    """One invoice: its worth follows the habit, its lines the customer's directions."""
    years = (day - max(first, customer.since)).days / 365
    season = 12 / len(customer.months) if customer.months else 1
    worth = customer.yearly * season * customer.every / 365 * math.exp(years * math.log1p(customer.growth))
    if customer.habit == "one_off":
        worth = customer.yearly
    worth *= dice.lognormvariate(-0.03, 0.25)
    wanted = [direction for direction in customer.directions if customer.buys(direction, day)] or ["Rulman"]
    count = min(6, 1 + int(dice.expovariate(0.5)) + (worth > 150_000))
    shares = [dice.uniform(0.4, 1) for _ in range(count)]
    return [
        _line(customer, day, dice, _article(dice, wanted, articles), worth * share / sum(shares)) for share in shares
    ]


def _article(dice: random.Random, wanted: Sequence[str], articles: Sequence[Product]) -> Product:
    direction = dice.choices(wanted, [1 / (rank + 1) for rank in range(len(wanted))])[0]
    return dice.choice([article for article in articles if article.direction == direction])


def _line(customer: Customer, day: date, dice: random.Random, article: Product, worth: float) -> Line:
    price = article.price if customer.currency == "TRY" else (article.price / 35).quantize(_CENT)
    worth = worth if customer.currency == "TRY" else worth / 35
    discount = Decimal(dice.choice((0, 0, 0, 5, 8, 10, 12)))
    quantity = Decimal(max(1, round(worth / float(price * (100 - discount) / 100))))
    amount = (quantity * price * (100 - discount) / 100).quantize(_CENT, ROUND_HALF_UP)
    return Line(
        sold_on=day,
        invoice="",
        customer=customer.code,
        name=customer.name,
        group=customer.group,
        product=article.code,
        product_name=article.name,
        direction=article.direction,
        region=customer.region,
        salesperson=SALESPEOPLE[customer.region][0],
        quantity=quantity,
        unit_price=price,
        discount=discount,
        amount=amount,
        cost=(quantity * price * Decimal(str(round(1 - article.margin, 3)))).quantize(_CENT, ROUND_HALF_UP),
        currency=customer.currency,
        site=_site(customer, day),
    )


def _site(customer: Customer, day: date) -> str:
    """Where who buys every other week has it delivered: to a works and a depot of its region, week by week in turn.

    No die is thrown for it: the ledger is what it was, with a column more.
    """
    if customer.habit not in ("breadwinner", "regular"):
        return ""
    works, depot = REGIONS[customer.region][:2]
    return f"{works} fabrika" if day.isocalendar().week % 2 else f"{depot} depo"


def with_oddities(lines: Sequence[Line], *, seed: int, spared: Collection[str] = ()) -> list[Line]:
    """Add what every real ledger has: returns, freight, sales without a customer, duplicates, a reversed giant.

    Parameters
    ----------
    lines
        Clean lines in order.
    seed
        Of every choice made.
    spared
        Codes of customers to whom nothing odd happens: the choices among all others are the same without them.

    Returns
    -------
    list of Line
        In order of day. About 1.5 % more lines than came in.
    """
    dice = random.Random(f"{seed}/oddities")
    some = [line for line in lines if line.customer not in spared]
    added = [
        *(_returned(line, dice) for line in dice.sample(some, len(some) // 180)),
        *(_freight(line, dice) for line in dice.sample(some, len(some) // 220)),
        *(_unassigned(line) for line in dice.sample(some, len(some) // 300)),
        *dice.sample(some, 12),
        *_reversed_giant(next(line for line in some if line.group == "" and line.sold_on.month == 10)),
    ]
    return sorted([*lines, *added], key=lambda line: line.sold_on)


def _returned(line: Line, dice: random.Random) -> Line:
    back = dice.choice((1, 2)) if line.quantity > 2 else 1
    share = Decimal(back) / line.quantity
    return replace(
        line,
        invoice=f"{line.invoice}-İADE",
        quantity=Decimal(-back),
        amount=-(line.amount * share).quantize(_CENT, ROUND_HALF_UP),
        cost=-(line.cost * share).quantize(_CENT, ROUND_HALF_UP),
    )


def _freight(line: Line, dice: random.Random) -> Line:
    price = Decimal(dice.randint(300, 4000))
    return replace(
        line,
        product="NAKLİYE",
        product_name="Nakliye bedeli",
        direction="",
        quantity=Decimal(1),
        unit_price=price,
        discount=Decimal(0),
        amount=price,
        cost=price,
        currency="TRY",
    )


def _unassigned(line: Line) -> Line:
    return replace(line, customer="", name="", group="", invoice=f"P{line.invoice[1:]}")


def _reversed_giant(line: Line) -> Iterator[Line]:
    """Somebody typed a quantity twice over, and cancelled it the next working day."""
    quantity = Decimal(40_000)
    amount = (quantity * line.unit_price).quantize(_CENT)
    cost = (amount * Decimal("0.8")).quantize(_CENT)
    wrong = replace(line, quantity=quantity, discount=Decimal(0), amount=amount, cost=cost, invoice=f"{line.invoice}H")
    yield wrong
    yield replace(wrong, quantity=-quantity, amount=-amount, cost=-cost, invoice=f"{line.invoice}H-İPTAL")
