"""Why one account stands where it stands, in sentences with numbers and borders."""

import dataclasses

import pytest
from analyses import small_analysis

from anahtar.analysis import Measure
from anahtar.report.explain import Withheld, explain
from anahtar.report.find_account import UnableToFindAccount
from anahtar.words import LANGUAGES, Words


@pytest.fixture(scope="module")
def analysis():
    return small_analysis()


def told(analysis, account: str) -> dict[str, list[str]]:
    return {str(section.title): [str(line) for line in section.lines] for section in explain(analysis, account)}


def test_the_class_is_told_with_rank_share_border_stability_and_history(analysis):
    lines = told(analysis, "00120")["Class by value"]
    assert lines[0].startswith("class A: number 1 with 5,040,000.00 TRY, ")
    assert lines[0].endswith(" of all 12-month revenue")
    assert lines[1] == "larger accounts make 0.0 %; A begins below 80 %, B below 95 %"
    assert lines[2] == "460.0 % above its border of 900,000.00 TRY"
    assert lines[3] == "the same class in 100 % of the settings tried"
    assert lines[4] == "a year ago: 4,410,000.00 TRY, class A"
    assert lines[5].startswith("at the last month ends: A A A A A A A A A A A A A (oldest first")


def test_a_lapsed_account_tells_its_silence_its_rhythm_and_how_late_it_is(analysis):
    state, why, late = told(analysis, "00430")["Silence"]
    assert state == "lapsed"
    assert why.startswith("silent for 258 days; buys every 16 days on average, 95 % of its gaps within 35 days; ")
    assert "lapsed beyond" in why
    assert late == "214 days late"


def test_a_key_account_shows_every_criterion_that_was_asked(analysis):
    lines = told(analysis, "00120")["Key account"]
    assert lines[0] == "a key account"
    assert all(line.startswith(("met: ", "not met: ")) for line in lines[1:])
    assert len(lines) == 4


def test_an_account_that_is_not_key_is_asked_the_same_criteria(analysis):
    lines = told(analysis, "00815")["Key account"]
    assert lines[0] == "no key account"
    assert lines[1].startswith("not met: ")
    assert "12-month revenue; border 10.0 %" in lines[1]
    assert "class C" in lines[2]


def test_an_account_without_a_type_tells_how_far_from_a_breadwinner_it_is(analysis):
    lines = told(analysis, "00815")["Type"]
    assert lines[0] == "no type of its own"
    assert "a breadwinner from 10.0 %" in lines[1]


def test_a_candidate_is_a_question_to_people(analysis):
    candidates = [row["code"] for row in analysis.standings.to_pylist() if row["candidate_for"] == ["expert"]]
    assert "candidate for expert; people decide" in told(analysis, candidates[0])["Type"]


def test_the_cell_brings_its_strategy(analysis):
    lines = told(analysis, "00120")["Regularity"]
    assert any(line.startswith("cell AX: Protect.") for line in lines)
    assert any("coefficient of variation" in line for line in lines)


def test_directions_tell_what_stopped(analysis):
    lines = told(analysis, "00120")["Directions"]
    assert lines[0] == "Rulman: 3,024,000.00 TRY; 2,205,000.00 TRY a year ago"
    assert lines[-1] == "Hidrolik: stopped; 882,000.00 TRY a year ago"


def test_the_twelve_months_are_named(analysis):
    lines = told(analysis, "00120")["Revenue of the last twelve full months"]
    assert len(lines) == 12
    assert lines[0].startswith("January 2025: ")
    assert lines[-1].startswith("December 2025: ")


def test_every_account_of_a_ledger_can_be_explained_in_every_language(analysis):
    for code in analysis.standings["code"].to_pylist():
        for section in explain(analysis, code):
            for language in LANGUAGES:
                words = Words(language)
                assert words(section.title)
                assert all(words(line) for line in section.lines)


def test_without_directions_the_section_is_left_out(analysis):
    bare = dataclasses.replace(analysis, directions=analysis.directions.slice(0, 0))
    assert "Directions" not in told(bare, "00120")


@pytest.mark.parametrize("asked", ["Işık Enerji Sistemleri", "IŞIK ENERJİ SİSTEMLERİ", "isik enerji sistemleri"])
def test_an_account_is_found_by_its_name_however_it_is_typed(analysis, asked):
    assert next(iter(told(analysis, asked))) == "00311 · Işık Enerji Sistemleri"


def test_an_unknown_account_is_refused_with_the_nearest_ones(analysis):
    with pytest.raises(UnableToFindAccount) as refusal:
        explain(analysis, "Marmara Otomativ Yan Sanayi")
    assert "00512 (Marmara Otomotiv Yan Sanayi)" in str(refusal.value)


def test_a_part_of_a_name_offers_the_accounts_that_hold_it(analysis):
    with pytest.raises(UnableToFindAccount) as refusal:
        explain(analysis, "enerji")
    assert refusal.value.nearest[0] == ("00311", "Işık Enerji Sistemleri")


def test_nothing_near_says_where_the_codes_stand(analysis):
    for asked in ("", "zzzzzzzzzz"):
        with pytest.raises(UnableToFindAccount, match=r"standings\.csv"):
            explain(analysis, asked)


def everything(analysis, account: str, *withheld: Withheld) -> str:
    sections = explain(analysis, account, withheld=withheld)
    return "\n".join(str(line) for section in sections for line in section.lines)


@pytest.mark.parametrize("account", ["00120", "00430", "00815"])
def test_who_may_not_know_the_total_is_told_no_share_of_it(analysis, account: str):
    row = next(row for row in analysis.standings.to_pylist() if row["code"] == account)
    text = everything(analysis, account, Withheld.TOTAL)
    assert Words("en").share(row["share"]) in everything(analysis, account)
    assert Words("en").share(row["share"]) not in text
    assert "larger accounts make" not in text
    border = str(Words("en").number(row["abc_border"] / 10_000, places=2))
    assert border in everything(analysis, account)
    assert border not in text, "the border is what another account comes to"
    assert Words("en").share(abs(row["abc_distance"])) not in text
    assert f"class {row['abc']}" in text


@pytest.mark.parametrize("account", ["00120", "00430", "00815"])
def test_who_sees_no_profit_is_told_verdicts_without_it_where_accounts_are_ranked_by_it(analysis, account: str):
    by_profit = dataclasses.replace(analysis, measure=Measure.PROFIT)
    row = next(row for row in by_profit.standings.to_pylist() if row["code"] == account)
    amounts = {
        str(Words("en").number(row[name] / 10_000, places=2)) for name in ("profit", "value_year_ago", "abc_border")
    }
    assert all(amount in everything(by_profit, account) for amount in amounts)
    text = everything(by_profit, account, Withheld.PROFIT)
    assert not [amount for amount in amounts if amount in text]
    assert f"class {row['abc']} by 12-month profit" in text
