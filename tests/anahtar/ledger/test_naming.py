import pytest

from anahtar.ledger.columns.folding import fold
from anahtar.ledger.columns.naming import column_name, column_names, letter, positions
from anahtar.ledger.values.currencies import currency_code


@pytest.mark.parametrize(
    "spellings",
    [
        ("Cari Ünvanı", "CARİ ÜNVANI", "CARI UNVANI", "cari_unvani", " Cari  Ünvanı: "),
        ("Fatura Tarihi", "FaturaTarihi", "FATURA TARİHİ", "fatura-tarihi", "Fatura\nTarihi"),
        ("İskonto %", "ISKONTO %", "iskonto(%)"),
        ("Счёт-фактура", "СЧЕТ ФАКТУРА"),
        ("Größe", "GRÖSSE", "grosse"),
        ("CustomerID", "Customer ID", "customer_id"),
    ],
)
def test_spellings_of_one_header_fold_to_one(spellings):
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_letters_are_those_of_workbooks():
    assert [letter(index) for index in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


@pytest.mark.parametrize("index", [0, 25, 26, 701, 702])
def test_every_column_is_found_by_its_letter_and_its_number(index):
    header = [f"column {number}" for number in range(703)]
    assert positions(header, f"[{letter(index)}]") == positions(header, f"[{index + 1}]") == [index]


def test_a_mapping_names_a_column_so_that_it_is_found_again():
    header = ["Tutar", "", "Tutar", "Tarih", "[A]", "tarih"]
    assert [column_name(header, index) for index in range(6)] == ["[A]", "[B]", "[C]", "Tarih", "[E]", "tarih"]
    assert column_names(header) == [column_name(header, index) for index in range(6)]
    assert [positions(header, name) for name in ("Tarih", "tarih", "TARİH", "[B]")] == [[3], [5], [3, 5], [1]]


@pytest.mark.parametrize(
    ("text", "code"),
    [("TL", "TRY"), ("tl", "TRY"), ("USD", "USD"), ("€", "EUR"), ("руб.", "RUB"), ("uzs", "UZS"), (" EUR ", "EUR")],
)
def test_currencies_are_told_by_code_sign_and_habit(text, code):
    assert currency_code(text) == code


@pytest.mark.parametrize("text", ["", "KG", "ADT", "PCS", "12", "Dolap", "A"])
def test_units_and_words_are_no_currencies(text):
    assert currency_code(text) is None
