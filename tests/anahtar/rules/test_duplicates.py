"""Who may be one firm by name or tax number."""

from datetime import date

import pytest

from anahtar.demo.company import customers
from anahtar.demo.files import SEED, UNTIL
from anahtar.rules.duplicates import Kind, Name, Suggestion, successor, suggest_duplicates


def pairs(names: dict[str, str], tax_numbers: dict[str, str] | None = None) -> dict[tuple[str, str], float]:
    return {one.codes: one.score for one in suggest_duplicates(names, tax_numbers or {})}


@pytest.mark.parametrize(
    ("text", "core", "form"),
    [
        ("Gediz Pompa Ltd. Şti.", "gedizpompa", "Ltd"),
        ("GEDİZ POMPA LTD.ŞTİ", "gedizpompa", "Ltd"),
        ("Gediz Pompa Limited Şirketi", "gedizpompa", "Ltd"),
        ("Gediz-Pompa San. ve Tic. A.Ş.", "gedizpompa", "AŞ"),
        ("GEDIZ POMPA SANAYİ VE TİCARET ANONİM ŞİRKETİ", "gedizpompa", "AŞ"),
        ("Öztürk Makina & Kalıp Ltd", "ozturkmakinakalip", "Ltd"),
        ("Öztürk Makina ve Kalıp", "ozturkmakinakalip", ""),
        ("Akın Ticaret", "akinticaret", ""),
        ("Akın Ticaret A.Ş.", "akinticaret", "AŞ"),
        ("Rheinland Antriebstechnik GmbH & Co. KG", "rheinlandantriebstechnik", "KG"),
        ("ООО «Ромашка»", "ромашка", "ООО"),
        ("Ромашка, ООО", "ромашка", "ООО"),
        ("A.Ş.", "as", ""),
        ("", "", ""),
        ("- / -", "", ""),
    ],
)
def test_a_name_is_taken_apart(text: str, core: str, form: str) -> None:
    found = Name.of(text)
    assert (found.core, found.form if core != "as" else "") == (core, form)


def test_the_same_name_in_another_spelling_is_suggested() -> None:
    assert pairs({"1": "Işık Çelik A.Ş.", "2": "ISIK CELIK AS", "3": "Işık Enerji A.Ş."}) == {("1", "2"): 0.8}


def test_another_legal_form_speaks_less_for_it() -> None:
    (one,) = suggest_duplicates({"1": "Gediz Pompa Ltd. Şti.", "2": "Gediz Pompa A.Ş."}, {})
    assert (one.kind, one.codes, one.score) == (Kind.NAME, ("1", "2"), 0.5)
    assert [str(said) for said in one.evidence] == [
        "the same name in another spelling: Gediz Pompa Ltd. Şti. and Gediz Pompa A.Ş.",
        "with another legal form: the firm may have changed it, or there are two",
    ]
    assert pairs({"1": "Gediz Pompa", "2": "Gediz Pompa A.Ş."}) == {("1", "2"): 0.8}


def test_other_tax_numbers_are_other_firms_whatever_the_name() -> None:
    names = {"1": "Yıldız Makina", "2": "Yıldız Makina", "3": "Yıldız Makina"}
    assert pairs(names, {"1": "1234567890", "2": "9876543210"}) == {("1", "3"): 0.8}


def test_the_same_tax_number_is_suggested_however_it_is_written() -> None:
    names = {"1": "Gediz Pompa", "2": "Ege Pompa"}
    (one,) = suggest_duplicates(names, {"1": "TR 123 456 78 90", "2": "1234567890"})
    assert (one.kind, one.score) == (Kind.TAX_NUMBER, 0.95)
    assert str(one.evidence[0]) == "the same tax number: 1234567890"
    assert str(one.evidence[-1]) == "called Gediz Pompa and Ege Pompa"


@pytest.mark.parametrize("filler", ["11111111111", "0", "-", "", "12345"])
def test_fillers_are_no_tax_numbers(filler: str) -> None:
    assert pairs({"1": "A B", "2": "C D"}, {"1": filler, "2": filler}) == {}


def test_a_code_in_place_of_a_name_is_no_name() -> None:
    assert pairs({"0012": "0012", "12": "12", "012": "012"}) == {}


def test_a_thousand_accounts_of_one_name_are_a_thousand_pairs_and_not_half_a_million() -> None:
    found = suggest_duplicates({f"{at:04}": "Peşin Satış" for at in range(1_000)}, {})
    assert len(found) == 999
    assert str(found[0].evidence[-1]) == "1,000 accounts share it"


@pytest.mark.long
def test_a_hundred_thousand_accounts_are_no_more_than_a_look_at_each() -> None:
    found = suggest_duplicates({f"{at:06}": f"Firma {at % 99_999} Makina A.Ş." for at in range(100_000)}, {})
    assert [one.codes for one in found] == [("000000", "099999")]


def test_of_the_demo_company_the_namesakes_and_the_firm_that_changed_its_form_are_found_and_nobody_else() -> None:
    everyone = customers(until=UNTIL, seed=SEED)
    codes = {habit: sorted(one.code for one in everyone if one.habit == habit) for habit in ("namesake", "successor")}
    old = next(one.code for one in everyone if one.habit == "succeeded")
    assert pairs({one.code: one.name for one in everyone}) == {
        tuple(codes["namesake"]): 0.8,
        tuple(sorted([old, *codes["successor"]])): 0.5,
    }


def told(by_chance: float, names: tuple[str, str] = ("Ada", "Ege")) -> Suggestion:
    days = {"last": date(2025, 3, 3), "first": date(2025, 3, 6)}
    return successor(codes=("1", "2"), names=names, **days, similarity=0.66, usual=0.2, by_chance=by_chance)


def test_a_successor_scores_by_how_seldom_chance_does_the_same() -> None:
    assert [told(chance).score for chance in (0.05, 0.01, 0.001, 0.0, 1e-9)] == [0.63, 0.7, 0.8, 0.95, 0.95]
    assert told(0.01, ("Ada A.Ş.", "ADA LTD")).score == 0.85
    assert [str(said) for said in told(0.01).evidence] == [
        "Ada bought last on 3 Mar 2025, Ege first on 6 Mar 2025",
        "their baskets are alike by 66 %; of unrelated accounts one pair in a hundred reaches 20 %",
    ]
