"""What a page leaves out, and what it says where a figure would mean nothing."""

from dataclasses import replace
from datetime import date

from tests.anahtar.report.analyses import crowd, small_analysis

from anahtar.analysis import Window
from anahtar.report.evidence import decisive
from anahtar.report.figures import headlines, not_yet_a_customer, without_a_sale
from anahtar.report.page import write_page
from anahtar.rules.criteria import Criteria
from anahtar.rules.key_account import KeyFigures, key_evidence, value_words
from anahtar.words import Words

SMALL = KeyFigures("acme", value_words("profit", 12), 0.05, None, 0.3, 4, "A", "X", None, 900, None)


def test_the_bound_is_told_in_short_where_it_decides_and_not_at_all_beside_a_large_share():
    large = replace(SMALL, share=0.2)
    short = decisive(key_evidence(SMALL, Criteria()))
    assert [one.criterion for one in short] == ["share", "class", "bound"]
    assert str(short[-1].sentence) == "rank 4; larger ones make 30.0 %"
    assert [one.criterion for one in decisive(key_evidence(large, Criteria()))] == ["share", "class"]


def test_a_window_without_a_sale_says_when_the_ledger_ends():
    # The invented ledger ends in December 2025.
    analysis = small_analysis()
    assert without_a_sale(analysis) is None
    empty = without_a_sale(replace(analysis, window=Window(date(2029, 1, 1), date(2029, 12, 31))))
    assert empty is not None
    assert "holds no sale; the ledger ends on" in str(empty)


def test_the_silent_accounts_after_the_fifteenth_are_folded(tmp_path):
    # A crowd of silent accounts: 15 stand open, the others behind one word that opens without a script.
    silent = [replace(one, state="at_risk", late=40, gap=14.0) for one in crowd(30)]
    write_page(small_analysis(silent), tmp_path / "report.html", Words("en"))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert '<details class="rest"><summary>Show all 30</summary>' in page


def test_half_of_nothing_is_told_by_the_sign_of_nothing():
    small = small_analysis()
    nothing = replace(small, concentration=replace(small.concentration, customers_positive=0))
    largest = next(one for one in headlines(nothing, Words("en")) if one.label == "Largest customer")
    assert (largest.value, largest.note) == ("–", "–")


def test_who_bought_first_after_the_window_of_a_year_ago_was_no_customer_then():
    # The window is 2025, the one before it ends on 28 to 31 December 2024.
    analysis = small_analysis()
    ledger = replace(analysis.ledger, first_date=date(2023, 1, 1))
    analysis = replace(analysis, ledger=ledger)
    assert not_yet_a_customer(analysis, date(2025, 3, 1))
    assert not not_yet_a_customer(analysis, date(2024, 3, 1))
