"""Damage the seeds at random and read what is left: no parent dies, no row is lost without a word.

    python -m tests.anahtar.hostile.fuzz --runs 500 --seed 1

Each damaged file is read in a child of its own. It is refused, or it is read: then every row of the file is accepted,
set aside or refused, and openpyxl, where it can read the workbook too, finds the same number of rows.
"""

import argparse
import random
import re
import sys
import tempfile
import time
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from anahtar.ledger.files.child import UnableToReadFile, read
from anahtar.ledger.options import ReadOptions
from anahtar.words import Refusal
from tests.anahtar.hostile.seeds import SEEDS, packed

_LARGEST = 500_000
_SNIPPETS = (
    *(
        b"<v>-1</v>",
        b"<v></v>",
        b"<v/>",
        b't="s"',
        b't="e"',
        b't="b"',
        b"<row>",
        b"</row>",
        b"</c>",
        b"<c>",
        b"<v>NaN</v>",
    ),
    *(
        b'r="C3"',
        b'r="XFD1048576"',
        b"&lt;",
        b"&#0;",
        b"<!-- x -->",
        b"<![CDATA[1]]>",
        b"\xff",
        b"1e999",
        b'"',
        b"<f>1</f>",
    ),
)
_SIGNS = (b";", b"\n", b'"', b"\0", b",", b".", b"\r", b"\xfe", b"99999", b"-", b"=", b"\xc4\xb0", b" ")

Damage = Callable[[bytes, random.Random], bytes]


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, 200) :]


def edit_text(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(_SIGNS) + content[at + chance.randint(0, 2) :]


def edit_xml(content: bytes, chance: random.Random) -> bytes:
    """Change one part and pack the workbook again, so that the damage is behind the checksum."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    sheets = [name for name in inside if "worksheets" in name]
    name = chance.choice(sheets) if sheets and chance.random() < 0.8 else chance.choice(list(inside))
    inside[name] = _edited(inside[name] or b" ", chance)
    return packed(inside)


def _edited(text: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        tags = [at for at, sign in enumerate(text) if sign == ord("<")] or [0]
        at, end = sorted(chance.choices(tags, k=2))
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(_SNIPPETS) + text[at:]
            case 1:
                text = text[:at] + text[min(end, at + 120) :]
            case 2:
                text = text[:end] + text[at : min(end, at + 400)] + text[end:]
            case _:
                text = edit_text(text, chance)
    return text or b" "


def edit_cell(content: bytes, chance: random.Random) -> bytes:
    """Change one cell or row so that the sheet stays well-formed: the damage a counting reader must notice."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in inside if "worksheets" in name] or list(inside))
    pattern = chance.choice((rb"<c[ >].*?</c>", rb"<row[ >].*?</row>", rb"(?<=<v>)[^<]*", rb'(?<= r=")[^"]*', rb"<v>"))
    places = list(re.finditer(pattern, inside[name]))
    if places:
        inside[name] = _replaced(inside[name], chance.choice(places), chance.choice(places).group(), chance)
    return packed(inside)


def _replaced(text: bytes, place: re.Match[bytes], other: bytes, chance: random.Random) -> bytes:
    """Double a place, drop it, put another one there, or empty it."""
    again = (place.group() * 2, b"", other, place.group() + other, b"0", b"-1", b"1.5")
    return text[: place.start()] + chance.choice(again) + text[place.end() :]


def damaged(content: bytes, file_name: str, chance: random.Random) -> bytes:
    choices: list[Damage] = [flip_bytes, cut, edit_text]
    if content.startswith(b"PK") and zipfile.is_zipfile(BytesIO(content)):
        choices = [flip_bytes, cut, edit_xml, edit_xml, *[edit_cell] * 6]
    choice = chance.choice(choices)
    try:
        return choice(content, chance)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError):
        return flip_bytes(content, chance)  # the seed is broken itself


def rows_by_openpyxl(path: Path, sheet: str, header_row: int) -> int | None:
    """Rows with a value behind the header, or None where openpyxl cannot read the workbook."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Streamed: loaded whole, openpyxl makes an object of each of the 300 million cells of a merge bomb.
            book = openpyxl.load_workbook(path, data_only=True, read_only=True)
            book[sheet].reset_dimensions()
            rows = book[sheet].iter_rows(min_row=header_row + 1, values_only=True)
            return sum(any(str(cell).strip() for cell in row if cell is not None) for row in rows)
    except Exception:  # noqa: BLE001  # whatever openpyxl stumbles over, it is no witness then
        return None


def outcome(path: Path, staging: Path) -> str:
    """Read one damaged file: what came of it. Raises AssertionError where a row was lost."""
    try:
        draft = read([path], ReadOptions(), staging)
    except UnableToReadFile as stopped:
        print(f"{path.name}: {stopped}", file=sys.stderr)
        return "the child died"
    except Refusal:
        return "refused"
    tally, file = draft.tally, draft.files[0]
    totals = draft.kinds.get("total_row", (0, 0))[0]
    assert tally.rows == tally.accepted + tally.set_aside + tally.refused, f"{tally} does not add up"
    if file.facts.get("format") != "xlsx" or len(draft.files) > 1 or "formulas without a value" in file.facts:
        return "read"
    witness = rows_by_openpyxl(path, file.sheet, int(file.facts["header row"]))
    assert witness in (None, tally.rows + totals), f"openpyxl finds {witness} rows, we {tally.rows}"
    return "read" if witness is None else "read, and openpyxl agrees"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to keep files that lose a row")
    arguments = parser.parse_args()
    began, counts, failures = time.monotonic(), Counter[str](), 0
    contents = {name: seed.content() for name, seed in SEEDS.items()}
    small = sorted(name for name, content in contents.items() if 0 < len(content) < _LARGEST)
    # Damage to what is refused anyway shows little: three of four runs damage a file that is read.
    readable = [name for name in small if SEEDS[name].outcome is not None]
    for run in range(arguments.runs):
        chance = random.Random(f"{arguments.seed}-{run}")
        name = chance.choice(readable if chance.random() < 0.75 else small)
        content = damaged(contents[name], SEEDS[name].file_name, chance)
        with tempfile.TemporaryDirectory() as folder:
            path, staging = Path(folder) / SEEDS[name].file_name, Path(folder) / "staging"
            path.write_bytes(content)
            staging.mkdir()
            try:
                counts[outcome(path, staging)] += 1
            except AssertionError as lost:
                failures += 1
                print(f"run {run}, seed {name}: {lost}", file=sys.stderr)
                if arguments.keep:
                    (arguments.keep / f"{run}-{path.name}").write_bytes(content)
    print(f"{arguments.runs} files in {time.monotonic() - began:.0f} s: {dict(counts)}, rows lost: {failures}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
