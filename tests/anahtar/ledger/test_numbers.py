from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.ledger.files import wire
from anahtar.ledger.values.numbers import (
    DiscountEvidence,
    NumberEvidence,
    Signs,
    UnableToReadBothSigns,
    UnableToTellSigns,
    multiply,
    read_numbers,
)
from anahtar.money import to_units
from anahtar.words import Words

COMMA, POINT = Signs(","), Signs(".")


def values_of(texts, signs=POINT, **options):
    return read_numbers(pa.array(texts, pa.string()), signs, **options).values.to_pylist()


def unreadable_of(texts, signs=POINT, **options):
    """The texts that are no number."""
    flags = read_numbers(pa.array(texts, pa.string()), signs, **options).unreadable
    return [text for text, flag in zip(texts, flags.to_pylist(), strict=True) if flag] if flags else []


def signs_of(*chunks, decimal=None):
    evidence = NumberEvidence()
    for chunk in chunks:
        evidence.learn(pa.array(chunk, pa.string()))
    return evidence.signs(file="sales.csv", sheet="", column="Tutar", decimal=decimal)


def test_a_plain_number_is_ten_thousandths():
    assert values_of(["1234.56", "-3", "0.0001", None, ""]) == [12_345_600, -30_000, 1, None, None]


@pytest.mark.parametrize(
    ("text", "signs", "value"),
    [
        ("1.234,56", COMMA, "1234.56"),
        ("1.234.567,89", COMMA, "1234567.89"),
        ("1,234.56", POINT, "1234.56"),
        ("1 234,56", COMMA, "1234.56"),
        ("1\u00a0234,56", COMMA, "1234.56"),
        ("1\u202f234\u202f567,8", COMMA, "1234567.8"),
        ("1'234.56", POINT, "1234.56"),
        ("1’234.56", POINT, "1234.56"),
        (",5", COMMA, "0.5"),
        ("5,", COMMA, "5"),
        ("  7 ", POINT, "7"),
        ("+7", POINT, "7"),
        ("123,45-", COMMA, "-123.45"),
        ("-1.234,5", COMMA, "-1234.5"),
        ("- 5", POINT, "-5"),
        ("−5", POINT, "-5"),
        ("–5", POINT, "-5"),
        ("(1.000,50)", COMMA, "-1000.5"),
        ("₺1.234,56", COMMA, "1234.56"),
        ("1.234,56 TL", COMMA, "1234.56"),
        ("1.234,56 ₺", COMMA, "1234.56"),
        ("-12,50 TRY", COMMA, "-12.5"),
        ("TL -12,50", COMMA, "-12.5"),
        ("€ 1.000", COMMA, "1000"),
        ("$-5.25", POINT, "-5.25"),
        ("-$5.25", POINT, "-5.25"),
        ("($5.25)", POINT, "-5.25"),
        ("USD 5", POINT, "5"),
        ("10 руб.", COMMA, "10"),
        ("1,5E+05", COMMA, "150000"),
        ("1.5E+05", POINT, "150000"),
        ("2E-2", POINT, "0.02"),
    ],
)
def test_a_number_is_read_however_it_is_dressed(text, signs, value):
    assert (values_of([text], signs), unreadable_of([text], signs)) == ([to_units(Decimal(value))], [])


@pytest.mark.parametrize("text", [
    "abc", "1.2.3,4", "12.34,5", "1.23", "1234.567,8", "1.234 567,8", "--5", "-5-", "(-5)", "(5", "5)", "100,00 B",
    "100,00 A", "100,00-B", "nan", "inf", "1_000", "0x10", "١٢", "5 %", "12,5,6", "-", ",", "TL", "1 2", "12 34,5",
    "1E+400", "99999999999999999999", "922337203685478",
])  # fmt: skip
def test_what_is_no_number_is_told(text):
    assert values_of(["1,5", text], COMMA) == [15_000, None]
    assert unreadable_of(["1,5", text], COMMA) == [text]


def test_blanks_alone_are_an_empty_cell():
    assert (values_of(["  ", "\u00a0", "x"]), unreadable_of(["  ", "\u00a0", "x"])) == ([None, None, None], ["x"])


def test_more_than_four_places_are_rounded_half_up_and_counted():
    numbers = read_numbers(pa.array(["0.00005", "-0.00005", "0.00004", "1.00000", "2.5"]), POINT)
    assert (numbers.values.to_pylist(), numbers.rounded) == ([1, -1, 0, 10_000, 25_000], 3)


def test_every_rounded_cell_is_counted_where_texts_repeat():
    numbers = read_numbers(pa.array(["0.00005", "1", "0.00005", None]).dictionary_encode(), POINT)
    assert (numbers.values.to_pylist(), numbers.rounded) == ([1, 10_000, 1, None], 2)


def test_the_largest_amounts_are_exact():
    assert values_of(["922337203685477.5807", "-922337203685477.5807"]) == [2**63 - 1, -(2**63 - 1)]


def test_dictionary_cells_are_read_as_their_texts():
    cells = pa.array(["1,5", "x", None, "1,5"]).dictionary_encode()
    numbers = read_numbers(cells, COMMA)
    assert numbers.values.to_pylist() == [15_000, None, None, 15_000]
    assert numbers.unreadable.to_pylist() == [False, True, False, False]


def test_doubles_are_what_they_are_shown_as():
    numbers = read_numbers(pa.array([0.1, 1.005, 0.1 + 0.2, -168.0, None, float("nan"), 1e300]), None)
    assert numbers.values.to_pylist() == [1_000, 10_050, 3_000, -1_680_000, None, None, None]
    assert numbers.unreadable.to_pylist() == [False, False, False, False, False, True, True]
    assert numbers.rounded == 1


@settings(deadline=None)
@given(st.decimals(-(10**13), 10**13, places=4))
def test_a_double_of_four_places_comes_back_exactly_where_it_holds_them(number):
    shown = Decimal(repr(float(number))).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert read_numbers(pa.array([float(number)]), None).values.to_pylist() == [to_units(shown)]


@settings(deadline=None)
@given(st.lists(st.decimals(-(10**14), 10**14, allow_nan=False, places=None), min_size=1, max_size=5))
def test_texts_agree_with_exact_arithmetic(numbers):
    numbers = [number.quantize(Decimal(1).scaleb(-(abs(number.as_tuple().exponent) % 8))) for number in numbers]
    texts = [format(number, "f") for number in numbers]
    assert values_of(texts) == [to_units(number) for number in numbers]
    assert values_of([text.replace(".", ",") for text in texts], COMMA) == [to_units(number) for number in numbers]
    grouped = [f"{number:,f}".translate(str.maketrans(",.", ".,")) for number in numbers]
    assert values_of(grouped, COMMA) == [to_units(number) for number in numbers]


def test_integers_and_decimals_keep_their_value():
    assert read_numbers(pa.array([5, None, -(10**10)]), None).values.to_pylist() == [50_000, None, -(10**14)]
    decimals = pa.array([Decimal("1.23456"), Decimal("2.50000")], pa.decimal128(20, 5))
    assert (read_numbers(decimals, None).values.to_pylist(), read_numbers(decimals, None).rounded) == (
        [12_346, 25_000],
        1,
    )
    large = read_numbers(pa.array([10**18]), None)
    assert (large.values.to_pylist(), large.unreadable.to_pylist()) == ([None], [True])


def test_dates_are_no_numbers():
    numbers = read_numbers(pa.array([0, None], pa.date32()), None)
    assert (numbers.values.to_pylist(), numbers.unreadable.to_pylist()) == ([None, None], [True, False])


def test_no_cells_are_no_numbers():
    assert values_of([]) == []
    assert read_numbers(pa.array([], pa.float64()), None).values.to_pylist() == []


def test_a_percent_sign_is_allowed_for_discounts_only():
    assert values_of(["%5", "5 %", "2,5%"], COMMA, percent=True) == [50_000, 50_000, 25_000]
    assert unreadable_of(["%5", "5 %"]) == ["%5", "5 %"]


@pytest.mark.parametrize("text", ["12,5", "1.234,56", "0,125", "1234,567", "1.234.567", "0,000", ",5", "12,5 TL"])
def test_a_cell_of_one_reading_proves_the_comma(text):
    assert signs_of([text, "1.234"]) == COMMA


@pytest.mark.parametrize("text", ["12.5", "1,234.56", "0.125", "1234.567", "1,234,567", "0.000", ".5", "1.5E+05"])
def test_a_cell_of_one_reading_proves_the_point(text):
    assert signs_of([text, "1,234"]) == POINT


def test_ten_thousand_open_cells_are_settled_by_one_at_the_end():
    evidence = NumberEvidence()
    evidence.learn(pa.array(["1.234"] * 10_000))
    assert not evidence.settled
    evidence.learn(pa.array(["12,5"]))
    assert evidence.settled
    assert evidence.signs(file="f", sheet="", column="c", decimal=None) == COMMA


def test_whole_numbers_need_no_sign():
    assert signs_of(["1234", "-5", "1 234", None, "", "TOPLAM"]) == POINT


def test_two_readings_of_a_whole_column_are_refused_with_both():
    with pytest.raises(UnableToTellSigns) as refused:
        signs_of(["1.234", "2.500"], ["-3.750", "4.000"])
    said = str(refused.value)
    assert "column “Tutar” in sales.csv" in said
    assert "--decimal , reads 1.234 · 2.500 · -3.750 as 1,234 · 2,500 · −3,750" in said
    assert "--decimal . reads them as 1.234 · 2.5 · −3.75" in said
    over_the_wire = wire.message_from_json(wire.message_to_json(refused.value.message))
    assert "1,234 · 2,5 · −3,75" in Words("tr")(over_the_wire)


def test_a_column_that_uses_both_signs_is_refused_with_both_kinds():
    with pytest.raises(UnableToReadBothSigns) as refused:
        signs_of(["1.234,56", "1,234.56"])
    assert "1.234,56 with a decimal comma, 1,234.56 with a decimal point. Neither" in str(refused.value)


def test_one_slip_among_many_does_not_decide():
    assert signs_of([f"{i},5" for i in range(100)] + ["12.5"]) == COMMA


def test_what_the_user_says_wins():
    assert signs_of(["1.234"], decimal=".") == POINT


def test_native_cells_are_settled():
    evidence = NumberEvidence()
    evidence.learn(pa.array([1.5]))
    assert evidence.settled


@pytest.mark.parametrize(
    ("texts", "signs", "percent"),
    [
        (["0,05", "0,1", "1"], COMMA, False),
        (["0.05", None], POINT, False),
        (["5", "0.5"], POINT, True),
        (["0.5 %"], POINT, True),
        (["0,5"], COMMA, False),
        ([None], POINT, False),
    ],
)
def test_discounts_are_percents_or_fractions_by_their_column(texts, signs, percent):
    evidence = DiscountEvidence()
    evidence.learn(pa.array(texts, pa.string()))
    assert evidence.is_percent(signs) is percent


def test_native_discounts_are_told_too():
    evidence = DiscountEvidence()
    evidence.learn(pa.array([0.05, 5.0]))
    assert evidence.is_percent(None)
    assert evidence.settled


def units(*texts):
    return pa.array([None if text is None else to_units(Decimal(text)) for text in texts], pa.int64())


def test_an_amount_is_quantity_times_price_less_discount():
    """12 x 14.95 less 5 % is 170.43; four places, not cents."""
    assert multiply(units("12"), units("14.95"), units("0.05"), False) == units("170.43")
    assert multiply(units("12"), units("14.95"), units("5"), True) == units("170.43")
    assert multiply(units("12", None, "1"), units("14.95", "1", None)) == units("179.4", None, None)
    assert multiply(units("2"), units("3"), units(None), False) == units("6")


def test_a_product_is_rounded_once_half_away_from_zero():
    assert multiply(units("0.5", "-0.5"), units("0.0001", "0.0001")) == units("0.0001", "-0.0001")


def test_a_product_too_large_is_refused_not_wrapped():
    assert multiply(units("900000000", "30000000"), units("900000000", "30000000")) == units(None, "900000000000000")


AMOUNTS = st.integers(-(2**62), 2**62)


@settings(deadline=None)
@given(
    st.lists(st.tuples(AMOUNTS, AMOUNTS | st.integers(-(10**6), 10**6), st.integers(0, 10**6)), min_size=1),
    st.booleans(),
)
def test_products_agree_with_exact_arithmetic(lines, percent):
    def exact(quantity, price, discount):
        whole = 10**6 if percent else 10**4
        amount = abs(Fraction(quantity * price * (whole - discount), whole * 10**4))
        rounded = floor(amount + Fraction(1, 2))
        return None if rounded >= 2**63 else rounded if quantity * price * (whole - discount) > 0 else -rounded

    columns = [pa.array(column, pa.int64()) for column in zip(*lines, strict=True)]
    assert multiply(*columns, percent).to_pylist() == [exact(*line) for line in lines]
