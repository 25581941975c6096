"""A workbook read to its last row: by our source (sheet and header found, counted, checked), or by fastexcel alone.

python -m bench.read_workbook anahtar|fastexcel FILE
"""

import sys
from pathlib import Path


def anahtar(path: Path) -> int:
    """Rows the source delivers, counted independently as well."""
    from anahtar.ledger.files.sources import open_sheets
    from anahtar.ledger.options import ReadOptions

    (sheet,) = open_sheets([path], ReadOptions())
    rows = sum(len(chunk.rows) for chunk in sheet.chunks())
    assert rows == sheet.counted().rows
    return rows


def fastexcel(path: Path) -> int:
    """Rows the library delivers."""
    import fastexcel as library

    return int(library.read_excel(path).load_sheet(0).to_arrow().num_rows)


if __name__ == "__main__":
    print({"anahtar": anahtar, "fastexcel": fastexcel}[sys.argv[1]](Path(sys.argv[2])))
