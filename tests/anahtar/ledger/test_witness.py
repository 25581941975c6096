from pathlib import Path

import pytest

from anahtar.ledger.intake import witness
from anahtar.ledger.intake.reading import read_sheets
from anahtar.ledger.intake.witness import UnableToConfirmSum
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.text.delimited import open_text

TEXT = """Satış listesi "2025;;
;;
Cari Kodu;Tarih;Tutar
"a;1";31.01.2025;1.234,50
"b
2";31.01.2025;-0,25

c;31.01.2025;10
TOPLAM;;1.244,25
"""


def facts(folder: Path, text: str) -> dict[str, str]:
    path = folder / "ledger.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode("cp1254"))
    sheet = open_text(path, ReadOptions())
    draft = read_sheets([sheet], ReadOptions(), folder / "batch", lambda *_: None)
    return dict(draft.files[0].facts)


def test_a_small_file_is_read_again_whole(tmp_path):
    assert facts(tmp_path, TEXT.replace(' "2025', " 2025"))["second reading"] == "whole file"


def test_a_long_file_is_read_again_as_far_as_its_first_chunk(tmp_path, monkeypatch):
    monkeypatch.setattr(witness, "WHOLE", 20)
    monkeypatch.setattr(witness, "HEAD", 1)
    monkeypatch.setattr("anahtar.ledger.text.delimited.BLOCK", 100)
    said = facts(tmp_path, "Cari Kodu;Tarih;Tutar\n" + "a;31.01.2025;1,50\n" * 100)["second reading"]
    assert said.startswith("first ")
    assert 1 <= int(said.split()[1]) <= 20


def test_cells_that_only_the_reader_understands_are_not_compared(tmp_path):
    assert facts(tmp_path, "Cari Kodu;Tarih;Tutar\na;31.01.2025;1,50 TL\n")["second reading"] == "not made"


def test_a_reader_that_shifts_money_is_found_out(tmp_path, monkeypatch):
    def shifted(plan, cells):
        return witness.to_units(witness.Decimal(1))

    monkeypatch.setattr(witness, "_amount", shifted)
    with pytest.raises(UnableToConfirmSum, match=r"first 3 rows disagree: 1,244\.25 and 3\.00"):
        facts(tmp_path, TEXT.replace(' "2025', " 2025"))


def test_products_are_computed_again(tmp_path):
    text = "customer,date,quantity,unit price,discount\na,2025-01-31,12,14.95,0.05\nb,2025-01-31,3,0.3333,\n"
    assert facts(tmp_path, text)["second reading"] == "whole file"
