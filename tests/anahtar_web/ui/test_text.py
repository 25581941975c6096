"""Turkish letters: what finds what, and what stands before what."""

import pytest
from django.template import Context, Template
from django.utils import translation

from anahtar_web.ui.text import capfirst, fold, sort_key


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ILGAZ", "Ilgaz Orman Ürünleri"),
        ("ilgaz", "ILGAZ ORMAN"),
        ("ılgaz", "Ilgaz"),
        ("istanbul", "İSTANBUL"),
        ("cig", "Çığ"),
        ("SAHIN", "Şahin Demir"),
        ("oztürk", "ÖZTÜRK"),
        ("i\N{COMBINING DOT ABOVE}zmir", "İzmir"),
        ("kagıt", "Meriç Kâğıt"),
    ],
)
def test_a_name_is_found_however_it_is_typed(typed: str, name: str) -> None:
    assert fold(typed) in fold(name)


def test_another_letter_is_another_name() -> None:
    assert fold("kar") not in fold("Kör")


def test_names_stand_in_the_order_of_the_turkish_alphabet() -> None:
    names = [
        "3M",
        "Abacı",
        "Âdem",
        "Çınar",
        "Ilgaz",
        "İzmir",
        "Jale",
        "Oya",
        "Özge",
        "Su",
        "Şahin",
        "Uz",
        "Ürgüp",
        "Zil",
    ]
    keys = [sort_key(name) for name in names]
    assert keys == sorted(keys)


def test_case_does_not_decide_the_order() -> None:
    assert sort_key("ÇINAR") == sort_key("çınar")
    assert sort_key("ışık") < sort_key("İLK")


def test_a_foreign_letter_stands_where_its_plain_letter_does() -> None:
    assert sort_key("Ángel")[:2] == sort_key("angel")[:2]


def test_digits_stand_between_blanks_and_letters_in_their_own_order() -> None:
    names = ["Depo", "Depo 0", "Depo 1 Ltd.", "Depo 10", "Depo 2", "Depo A"]
    keys = [sort_key(name) for name in names]
    assert keys == sorted(keys)


def test_a_turkish_word_begins_with_its_own_capital() -> None:
    with translation.override("tr"):
        assert capfirst("istenen düzey") == "İstenen düzey"
        assert Template("{{ word|capfirst }}").render(Context({"word": "ilişki"})) == "İlişki"
    with translation.override("en"):
        assert capfirst("important") == "Important"
