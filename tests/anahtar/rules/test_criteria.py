"""The criteria file: its defaults, its keys, and what it says to a mistake."""

from pathlib import Path

import pytest

from anahtar.rules.criteria import DEFAULT_FILE, Criteria, UnableToReadCriteria, default_file, read_criteria
from anahtar.words import Words


def read(folder: Path, text: str) -> Criteria:
    path = folder / "criteria.toml"
    path.write_text(text, encoding="utf-8")
    return read_criteria(path)


def test_the_default_file_says_what_the_program_does_without_one(tmp_path):
    assert read(tmp_path, DEFAULT_FILE) == Criteria()


def test_the_default_file_is_explained_in_turkish_and_read_the_same(tmp_path):
    turkish = default_file(Words("tr"))
    assert "# Bir müşteriyi anahtar müşteri yapan ölçütler." in turkish
    assert "What makes an account key" in DEFAULT_FILE
    assert "What makes an account key" not in turkish
    assert read(tmp_path, turkish) == read(tmp_path, DEFAULT_FILE) == Criteria()


def test_an_empty_file_changes_nothing(tmp_path):
    assert read(tmp_path, "") == Criteria()


def test_a_company_switches_criteria_on_and_off_and_moves_their_borders(tmp_path):
    criteria = read(
        tmp_path,
        """
        rule = "all"
        [share]
        on = false
        [class]
        abc = ["A", "B"]
        xyz = ["X"]
        [trend]
        on = true
        least = -0.05
        [tenure]
        on = true
        [profit]
        on = true
        least = 10000.50
        [named]
        accounts = ["0042", "A-17"]
        [bound]
        largest = 12
        [breadwinner]
        enters = 0.2
        leaves = 0.2
        """,
    )
    assert criteria == Criteria(
        rule="all",
        share_least=None,
        classes=(frozenset("AB"), frozenset("X")),
        trend_least=-0.05,
        tenure_least_years=2.0,
        profit_least=100_005_000,
        named=frozenset({"0042", "A-17"}),
        largest=12,
        breadwinner_enters=0.2,
        breadwinner_leaves=0.2,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[shares]\non = true", "shares is no key of this file; known here: share"),
        ("[share]\nlest = 0.1", "share.lest is no key of this file; known here: least"),
        ("share = 0.1", "share is a table: [share]"),
        ("[share]\nleast = 10", "share.least must be a fraction above 0 and up to 1: 0.10 is 10 %"),
        ("[share]\nleast = true", "share.least must be a number"),
        ('[trend]\non = "yes"', "trend.on must be true or false"),
        ("[tenure]\non = true\nleast_years = -1", "tenure.least_years must be at least 0"),
        ('rule = "most"', "rule must be one of: any, all"),
        ('[class]\nabc = ["a"]', "class.abc must list some of: A, B, C"),
        ("[class]\nxyz = []", "class.xyz must list some of: X, Y, Z, new, one_off"),
        ("[named]\naccounts = [42]", "named.accounts must be a list of texts in quotes"),
        ("[bound]\nlargest = 0", "bound.largest must be a whole number, 1 or more"),
        ('[profit]\non = true\nleast = "much"', "profit.least must be an amount"),
        ("[breadwinner]\nleaves = 0.5", "breadwinner.leaves must not be above breadwinner.enters"),
        ("rule = ", "is no TOML file"),
    ],
)
def test_a_mistake_names_the_file_the_key_and_what_may_stand_there(tmp_path, text, words):
    with pytest.raises(UnableToReadCriteria) as refusal:
        read(tmp_path, text)
    assert words in str(refusal.value)
    assert "criteria.toml" in str(refusal.value)
    assert "anahtar criteria" in str(refusal.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnableToReadCriteria, match=r"nowhere\.toml"):
        read_criteria(tmp_path / "nowhere.toml")


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path):
    path = tmp_path / "criteria.toml"
    path.write_bytes(b'\xef\xbb\xbf# \xc3\xb6l\xc3\xa7\xc3\xbct\r\nrule = "all"\r\n')
    assert read_criteria(path).rule == "all"
