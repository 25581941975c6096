"""What changed of an account and why, in sentences that a person can add up."""

from anahtar.facts.product_sums import Kind, ProductSum
from anahtar.metrics.price_volume_mix import price_volume_mix
from anahtar.report.explain import Withheld
from anahtar.report.explain_change import MEANINGS, PARTS, change_section
from anahtar.words import LANGUAGES, Words


def sold(product, quantity, revenue, cost=None, kind=Kind.COUNTED):
    name = None if product is None else f"Rulman {product}"
    pieces = None if quantity is None else quantity * 10_000
    amount, spent = revenue * 10_000, None if cost is None else cost * 10_000
    return ProductSum(product, name, None, None, kind, pieces, amount, spent, 1, int(cost is None))


BEFORE = [sold("6203", 10, 1000, 600), sold("6204", 30, 300, 150), sold("6205", 5, 100, 50)]
NOW = [sold("6203", 20, 2200, 1300), sold("6204", 20, 200, 100), sold("6206", 4, 100, 60)]


def told(change, **options) -> list[str]:
    return [str(line) for line in change_section(change, "TRY", **options).lines]


def test_a_change_is_told_with_its_parts_and_the_products_behind_it():
    assert told(price_volume_mix(NOW, BEFORE)) == [
        "revenue 2,500.00 TRY; 1,400.00 TRY a year ago; the change of 1,100.00 TRY is made of",
        "100.00 TRY new products: bought now and not a year ago",
        "−100.00 TRY stopped products: bought a year ago and not now",
        "900.00 TRY mix: dearer or cheaper ones among these pieces, at the prices of a year ago",
        "200.00 TRY price: the prices of now against those of a year ago",
        "grew: 6203 · Rulman 6203, 1,200.00 TRY, price 10.0 %",
        "grew: 6206 · Rulman 6206, 100.00 TRY, new",
        "shrank: 6204 · Rulman 6204, −100.00 TRY, price 0.0 %",
        "shrank: 6205 · Rulman 6205, −100.00 TRY, stopped",
        "profit 1,040.00 TRY; 600.00 TRY a year ago; the change of 440.00 TRY is made of",
        "40.00 TRY new products: bought now and not a year ago",
        "−50.00 TRY stopped products: bought a year ago and not now",
        "350.00 TRY mix: dearer or cheaper ones among these pieces, at the prices of a year ago",
        "200.00 TRY price: the prices of now against those of a year ago",
        "−100.00 TRY unit cost: unit costs of a year ago against those of now",
    ]


def test_who_sees_no_profit_is_told_the_change_of_revenue_only():
    lines = told(price_volume_mix(NOW, BEFORE), withheld=[Withheld.PROFIT])
    assert len(lines) == 9
    assert not [line for line in lines if "profit" in line or "cost" in line]


def test_a_missing_cost_is_said_in_place_of_profit():
    lines = told(price_volume_mix([*NOW, sold("6207", 1, 5)], BEFORE))
    assert lines[-1] == "the change of profit is not taken apart: 1 line of 7 has no cost"


def test_what_cannot_be_explained_says_how_much_it_carries():
    lines = told(price_volume_mix([sold(None, None, 90, kind=Kind.UNEXPLAINED)], [*BEFORE]))
    assert "90.00 TRY not explained: lines without a product or a quantity" in lines
    assert "lines without a product or a quantity carry 90.00 TRY now and carried 0.00 TRY a year ago" in lines


def test_it_is_said_in_every_language():
    assert set(PARTS) == set(MEANINGS)
    section = change_section(price_volume_mix(NOW, BEFORE), "TRY")
    english = [Words("en")(line) for line in section.lines]
    for language in LANGUAGES:
        lines = [Words(language)(line) for line in (section.title, *section.lines)]
        assert all(lines)
        assert language == "en" or not set(lines) & set(english)
