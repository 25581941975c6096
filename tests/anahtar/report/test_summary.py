"""summary.json says the figures under names other programs rely on."""

import json
from pathlib import Path

import pytest
from analyses import CURRENCY, small_analysis

from anahtar.report.summary import summary, write_summary
from anahtar.words import Words

DOCUMENT = Path(__file__).parents[3] / "docs" / "summary-json.md"


@pytest.fixture(scope="module")
def figures() -> dict:
    return summary(small_analysis())


def test_the_promised_keys_are_there(figures: dict) -> None:
    promised = {
        "ledger",
        "as_of",
        "window",
        "measure",
        "abc",
        "xyz",
        "matrix",
        "concentration",
        "key_accounts",
        "silence",
    }
    assert promised <= set(figures)
    assert set(figures["ledger"]) == {
        *("rows_in_file", "rows_accepted", "rows_set_aside", "rows_refused", "customers", "amount_accepted"),
        *("unassigned_rows", "unassigned_amount", "duplicate_rows", "first_date", "last_date", "currency"),
    }
    assert set(figures["window"]) == {"start", "end"}
    assert list(figures["abc"]) == ["A", "B", "C", "N"]
    assert all(set(found) == {"customers", "amount", "share"} for found in figures["abc"].values())
    assert list(figures["xyz"]) == ["X", "Y", "Z", "one_off", "new", "undefined"]
    assert list(figures["matrix"]) == ["AX", "AY", "AZ", "BX", "BY", "BZ", "CX", "CY", "CZ"]
    assert {
        *("customers_positive", "top1", "top3", "top5", "top10", "top20", "hhi", "gini"),
        *("customers_for_50pct", "customers_for_80pct"),
    } <= set(figures["concentration"])
    assert all({"code", "name", "share", "types", "reasons"} <= set(account) for account in figures["key_accounts"])


def test_amounts_are_decimal_strings_with_two_places(figures: dict) -> None:
    """The ledger's accepted amount: twice 17,216,000.00 of the window, and 0.37."""
    assert figures["ledger"]["amount_accepted"] == "34432000.37"
    assert figures["ledger"]["currency"] == CURRENCY
    assert figures["abc"]["N"] == {"customers": 1, "amount": "-18000.00", "share": 0.0}
    assert figures["concentration"]["without"]["1"] == "12194000.00"


def test_shares_are_fractions_in_full_and_days_are_iso(figures: dict) -> None:
    assert figures["concentration"]["top1"] == pytest.approx(5_040_000 / 17_234_000, rel=1e-15)
    assert figures["as_of"] == "2025-12-31"
    assert figures["window"] == {"start": "2025-01-01", "end": "2025-12-31"}
    assert figures["ledger"]["first_date"] == "2023-01-02"


def test_one_off_and_new_are_in_the_z_column_and_told_apart_beside_it(figures: dict) -> None:
    """Anadolu Döküm (class A) is new, Başkent Asansör (class C) bought once."""
    assert sum(figures["matrix"].values()) == 14
    assert figures["matrix_new"] == {"A": 1, "B": 0, "C": 0}
    assert figures["matrix_one_off"] == {"A": 0, "B": 0, "C": 1}
    folded = sum(figures["matrix"][abc + "Z"] for abc in "ABC")
    assert folded == sum(figures["xyz"][word]["customers"] for word in ("Z", "one_off", "new"))


def test_only_accounts_that_meet_the_criteria_are_key_accounts(figures: dict) -> None:
    """Anadolu Döküm is listed by the analysis as prospective, and is not key."""
    assert [account["code"] for account in figures["key_accounts"]] == ["00120", "00045", "00311", "00207"]
    first = figures["key_accounts"][0]
    assert first["types"] == ["breadwinner"]
    assert first["reasons"][0] == "29.2 % of 12-month revenue; border 10 %."
    assert first["evidence"][0] == {"criterion": "share", "met": True, "value": first["share"], "border": 0.10}


def test_every_state_is_there_with_its_accounts(figures: dict) -> None:
    assert figures["silence"] == {
        **{"active": 11, "new": 0, "watch": 1, "at_risk": 1, "lapsed": 1},
        **{"lost": 1, "returned": 1, "never": 0},
    }


def test_the_file_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_summary(small_analysis(), tmp_path / folder, Words("tr"))
    first, second = (tmp_path / folder / "summary.json" for folder in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    assert json.loads(first.read_text(encoding="utf-8"))["language"] == "tr"


def paths(value: object, at: str = "") -> set[str]:
    """Every key of the summary as the document writes it: `ledger.rows_in_file`, `key_accounts[].code`."""
    if isinstance(value, dict):
        return {path for key, inner in value.items() for path in {f"{at}{key}"} | paths(inner, f"{at}{key}.")}
    if isinstance(value, list):
        return {path for inner in value for path in paths(inner, f"{at[:-1]}[].")}
    return set()


def test_every_key_is_explained_in_the_document(figures: dict) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    families = {"abc", "xyz", "matrix", "matrix_one_off", "matrix_new", "silence", "concentration_by_group"}
    named = {
        path
        for path in paths(figures)
        if path.split(".")[0] not in families
        and not path.startswith(
            ("concentration.top_percent.", "concentration.without.", "key_accounts[].type_evidence.")
        )
    }
    missing = {path for path in named | families if f"`{path}`" not in text}
    assert not missing
