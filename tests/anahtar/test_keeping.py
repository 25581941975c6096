"""An analysis that was kept says the same as the one that was made."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from anahtar.analysis import Analysis, AnalysisOptions, Window, analyze
from anahtar.analysis.keeping import UnableToKeepAnalysis, UnableToLoadAnalysis, load, save
from anahtar.analysis.keeping.tables import Shelf
from anahtar.ledger.manifest import Manifest
from anahtar.report.explain import explain
from tests.anahtar.ledgers import manifest_of, rows_of, write_batch
from tests.anahtar.oracle.ledger import write
from tests.anahtar.oracle.ledgers import case

Batches = list[tuple[Path, Manifest]]

CRITERIA = "rule = 'any'\n\n[share]\nleast = 0.02\n"


@pytest.fixture(scope="module")
def demo(demo_batches: Batches, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """The demo company as a director sees it, with two accounts merged."""
    folder = tmp_path_factory.mktemp("analysis")
    criteria = folder / "criteria.toml"
    criteria.write_text(CRITERIA, encoding="utf-8")
    first, second = sorted(code for code in _codes(demo_batches) if code.startswith("120."))[:2]
    options = AnalysisOptions(criteria=str(criteria), merged={first: second}, groups={second: "MH"})
    with pytest.MonkeyPatch.context() as patch:
        # The demo company is small: with fifty named of each type nobody would be left to look up.
        patch.setattr("anahtar.analysis.verdicts.NAMED", 5)
        return analyze(demo_batches, options, workspace=folder / "work")


def _codes(batches: Batches) -> list[str]:
    return [
        code
        for folder, _ in batches
        for code in pa.parquet.read_table(folder / "dictionaries" / "accounts.parquet")["code"].to_pylist()
    ]


@pytest.fixture(scope="module")
def kept(demo: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "0001"
    save(demo, folder)
    return folder


def contents(analysis: Analysis) -> Iterator[tuple[str, Any]]:
    """Every field with its value, laid out so that equal ones are equal."""
    for field in fields(Analysis):
        value = getattr(analysis, field.name)
        match field.name:
            case "options":
                yield field.name, replace(value, criteria=None)
            case "batches":
                yield field.name, list(value)
            case "directions":
                yield field.name, value.sort_by([("account_id", "ascending"), ("direction", "ascending")]).to_pylist()
            case "key_accounts":
                yield field.name, [told(one) for one in value]
            case "further_accounts":
                yield field.name, {code: told(one) for code, one in value.items()}
            case _:
                yield field.name, value.to_pylist() if isinstance(value, pa.Table) else plain(value)


def told(account: Any) -> dict[str, Any]:
    values = {field.name: getattr(account, field.name) for field in fields(account)}
    evidence = {kind: list(said) for kind, said in account.type_evidence.items()}
    return values | {"reasons": list(account.reasons), "type_evidence": evidence, "types": list(account.types)}


def plain(value: Any) -> Any:
    return list(value) if isinstance(value, (list, tuple)) else value


def test_what_was_kept_is_what_was_found(demo: Analysis, kept: Path) -> None:
    again = load(kept)
    assert again.standings.schema == demo.standings.schema
    assert again.months.schema == demo.months.schema
    assert dict(contents(again)) == dict(contents(demo))
    assert len(again.further_accounts) > 5


@pytest.mark.long
def test_every_account_is_explained_from_its_own_rows_in_the_same_words(demo: Analysis, kept: Path) -> None:
    for code in demo.standings["code"].to_pylist():
        alone = load(kept, accounts=[code])
        assert alone.standings.num_rows == 1
        assert explain(alone, code) == explain(demo, code), code


def test_of_some_accounts_only_their_rows_are_read(demo: Analysis, kept: Path) -> None:
    codes = demo.standings["code"].to_pylist()[3:200:7]
    some, whole = load(kept, accounts=[*codes, "nobody"]), demo
    assert some.standings["code"].to_pylist() == codes
    ids = set(some.standings["account_id"].to_pylist())
    for name in ("months", "directions"):
        found = getattr(some, name).to_pylist()
        right = [row for row in getattr(whole, name).to_pylist() if row["account_id"] in ids]
        assert sorted(found, key=str) == sorted(right, key=str)
    assert [one.code for one in some.key_accounts] == [one.code for one in whole.key_accounts if one.code in codes]
    assert set(some.further_accounts) == set(whole.further_accounts) & set(codes)
    assert (some.ledger, some.abc, some.base) == (whole.ledger, whole.abc, whole.base)


def test_the_criteria_of_the_run_are_kept_with_it(kept: Path) -> None:
    criteria = load(kept).options.criteria
    assert criteria is not None
    assert Path(criteria).read_text(encoding="utf-8") == CRITERIA


@pytest.mark.parametrize("seed", [3, *(pytest.param(seed, marks=pytest.mark.long) for seed in (7, 11))])
def test_a_ledger_that_has_little_is_kept_as_well(seed: int, tmp_path: Path) -> None:
    lines, options = case(seed)
    (tmp_path / "work").mkdir()
    made = analyze(write(lines, tmp_path), replace(options, window="all", as_of=None), workspace=tmp_path / "work")
    save(made, tmp_path / "kept")
    assert dict(contents(load(tmp_path / "kept"))) == dict(contents(made))


def small(folder: Path, options: AnalysisOptions | None = None) -> Analysis:
    batch = write_batch(folder / "batch", rows_of("sold_on customer amount\n2025-03-03 acme 100\n2025-04-03 birch 70"))
    (folder / "work").mkdir()
    return analyze([(batch, manifest_of(batch))], options or AnalysisOptions(), workspace=folder / "work")


def test_a_window_that_was_asked_for_is_kept(tmp_path: Path) -> None:
    window = Window(date(2025, 3, 1), date(2025, 4, 30))
    save(small(tmp_path, AnalysisOptions(window=window)), tmp_path / "kept")
    assert load(tmp_path / "kept").options.window == window


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    analysis = small(tmp_path)
    save(analysis, tmp_path / "kept")
    with pytest.raises(UnableToKeepAnalysis):
        save(analysis, tmp_path / "kept")


def test_an_analysis_that_could_not_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    analysis, shelf = small(tmp_path), tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setattr("anahtar.ledger.store.durable.sync", full)
    with pytest.raises(OSError, match="No space"):
        save(analysis, shelf / "kept")
    assert list(shelf.iterdir()) == []


def test_what_a_killed_process_left_is_no_analysis_and_is_swept(tmp_path: Path) -> None:
    analysis, shelf = small(tmp_path), tmp_path / "shelf"
    left = shelf / ".kept.unfinished"
    left.mkdir(parents=True)
    (left / "standings.parquet").write_bytes(b"half")
    with pytest.raises(UnableToLoadAnalysis):
        load(shelf / "kept")
    save(analysis, shelf / "kept")
    assert [path.name for path in shelf.iterdir()] == ["kept"]
    assert load(shelf / "kept").standings.equals(analysis.standings)


@pytest.mark.parametrize("name", ["analysis.json", "standings.parquet", "months.parquet"])
@pytest.mark.parametrize("accounts", [None, ["acme"]])
def test_a_changed_byte_is_refused(name: str, accounts: list[str] | None, tmp_path: Path) -> None:
    save(small(tmp_path), tmp_path / "kept")
    path = tmp_path / "kept" / name
    content = bytearray(path.read_bytes())
    # In the first page of a Parquet file, which only its checksum protects; in the middle of the text.
    at = 40 if name.endswith(".parquet") else len(content) // 2
    content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnableToLoadAnalysis):
        load(tmp_path / "kept", accounts=accounts)


def test_a_table_that_took_the_place_of_another_is_read_anew(tmp_path: Path) -> None:
    for values in ([1, 1, 2], [2, 5, 6, 6, 6], [2]):
        shelf = Shelf.fill(tmp_path / "t.parquet", pa.table({"account_id": values}), "account_id", rows=2)
        assert shelf.of([1, 2, 6])["account_id"].to_pylist() == [value for value in values if value in (1, 2, 6)]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    save(small(tmp_path), tmp_path / "kept")
    (tmp_path / "kept" / "evidence.parquet").unlink()
    with pytest.raises(UnableToLoadAnalysis, match="Run the analysis again"):
        load(tmp_path / "kept")


def test_loading_and_explaining_does_not_start_the_query_compiler(kept: Path) -> None:
    asked = (
        "import sys\nfrom pathlib import Path\nfrom anahtar.analysis.keeping import load\n"
        "from anahtar.report.explain import explain\n"
        f"analysis = load(Path({str(kept)!r}))\nexplain(analysis, analysis.standings['code'][0].as_py())\n"
        "sys.exit('ibis' in sys.modules or 'duckdb' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
