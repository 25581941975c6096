"""Hostile files, made by code: what each is, and what must become of it.

A seed writes one file and says its outcome: `refused`, or the rows and the sum that must be read exactly.
Every seed is a small sales ledger (`CARI KODU; TARIH; TUTAR`) with one thing wrong with it.
"""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HEADER = ("Cari Kodu", "Fatura Tarihi", "Net Tutar")
SECRET = "the secret of this machine"


@dataclass(frozen=True)
class Read:
    """The file is read: rows in the file, rows accepted, and the accepted amount in ten-thousandths."""

    rows: int
    accepted: int
    amount: int


@dataclass(frozen=True)
class Seed:
    """One hostile file: its name, what it must come to (None: a refusal), and its bytes."""

    file_name: str
    outcome: Read | None
    content: Callable[[], bytes]

    def write(self, folder: Path) -> Path:
        path = folder / self.file_name
        path.write_bytes(self.content())
        return path


SEEDS: dict[str, Seed] = {}

Ledger = Sequence[tuple[str, date, float]]
LEDGER: Ledger = [
    (f"C{number % 4}", date(2024, 1, 1) + timedelta(days=11 * number), 100.25 + number) for number in range(20)
]
WHOLE = Read(20, 20, sum(round(amount * 10_000) for _, _, amount in LEDGER))


def seed(file_name: str, outcome: Read | None) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def kept(content: Callable[[], bytes]) -> Callable[[], bytes]:
        SEEDS[content.__name__] = Seed(file_name, outcome, content)
        return content

    return kept


# A workbook written by hand ---------------------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def day_number(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def text(reference: str, value: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(reference: str, value: float, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def row(line: int, *cells: str) -> str:
    return f'<row r="{line}">{"".join(cells)}</row>'


def header(line: int = 1) -> str:
    return row(line, *(text(f"{column}{line}", name) for column, name in zip("ABC", HEADER, strict=True)))


def sale(line: int, code: str, day: date, amount: float) -> str:
    return row(line, text(f"A{line}", code), number(f"B{line}", day_number(day), 1), number(f"C{line}", amount))


def sales(first: int = 2, ledger: Ledger = LEDGER) -> str:
    return "".join(sale(first + at, *line) for at, line in enumerate(ledger))


def sheet(rows: str, before: str = "", after: str = "", prolog: str = "") -> str:
    return f'{_XML}{prolog}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(
    worksheet: str | None = None,
    *,
    sheets: Sequence[tuple[str, str, str]] = (("Sheet1", "", "sheet1.xml"),),
    strings: str = "",
    calculate: str = "",
) -> dict[str, str]:
    """The parts of a small workbook; `sheets` are (name, attributes, file)."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{at}" {attributes} r:id="rId{at}"/>'
        for at, (name, attributes, _) in enumerate(sheets, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_LINKS}/worksheet" Target="worksheets/{file}"/>'
        for at, (_, _, file) in enumerate(sheets, start=1)
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
        '.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/{file}" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.worksheet+xml"/>'
            for _, _, file in dict.fromkeys(sheets)
        )
        + '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{named}</sheets>{calculate}'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}">{links}'
        f'<Relationship Id="rIdS" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rIdT" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'{_XML}<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1">'
        '<fill><patternFill patternType="none"/></fill>'
        '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": sheet(header() + sales()) if worksheet is None else worksheet,
    }


def packed(inside: dict[str, "str | bytes"] | dict[str, str], level: int = 6) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in inside.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def workbook(rows: str, **about: str) -> bytes:
    return packed(parts(sheet(rows, **about)))


# Workbooks that are read exactly ----------------------------------------------------------------------------------


@seed("ok.xlsx", WHOLE)
def ok() -> bytes:
    return packed(parts())


@seed("fake_dimension.xlsx", WHOLE)
def fake_dimension() -> bytes:
    return workbook(header() + sales(), before='<dimension ref="A1:XFD1048576"/>')


@seed("merge_bomb.xlsx", WHOLE)
def merge_bomb() -> bytes:
    areas = "".join(f'<mergeCell ref="E{line}:XFD{line}"/>' for line in range(30, 20_030))
    return workbook(header() + sales(), after=f'<mergeCells count="20000">{areas}</mergeCells>')


@seed("macros.xlsm", WHOLE)
def macros() -> bytes:
    return packed(parts() | {"xl/vbaProject.bin": "\0" * 2000})


@seed("hidden_sheets.xlsx", WHOLE)
def hidden_sheets() -> bytes:
    decoy = sheet(header() + sales(ledger=[("X", date(2024, 1, 1), 1.0)] * 500))
    shown = [("Satış", "", "sheet1.xml"), ("Gizli", 'state="veryHidden"', "sheet2.xml")]
    return packed(parts(sheets=shown) | {"xl/worksheets/sheet2.xml": decoy})


@seed("merged_headers.xlsx", WHOLE)
def merged_headers() -> bytes:
    upper = row(1, text("A1", "Firma raporu")) + row(2, text("A2", "Cari"), text("B2", "Fatura"), text("C2", "Net"))
    lower = row(3, text("A3", "Kodu"), text("B3", "Tarihi"), text("C3", "Tutar"), text("D3", "Not"))
    areas = '<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="C2:D2"/></mergeCells>'
    return workbook(upper + lower + sales(4), after=areas)


@seed("no_references.xlsx", WHOLE)
def no_references() -> bytes:
    import re

    return workbook(re.sub(r' r="[A-Z]*\d+"', "", header() + sales()))


@seed("prefixed.xlsx", WHOLE)
def prefixed() -> bytes:
    import re

    plain = sheet(header() + sales())
    return packed(parts(re.sub(r"<(/?)(\w)", r"<\1x:\2", plain).replace("xmlns=", "xmlns:x=")))


@seed("late_text.xlsx", Read(21, 20, WHOLE.amount))
def late_text() -> bytes:
    """A text where 20 numbers stood: other readers make nothing of it, without a word."""
    late = row(22, text("A22", "C1"), number("B22", day_number(date(2024, 5, 5)), 1), text("C22", "ödenecek"))
    return workbook(header() + sales() + late)


@seed("error_cells.xlsx", Read(21, 20, WHOLE.amount))
def error_cells() -> bytes:
    broken = '<c r="C22" t="e"><v>#REF!</v></c>'
    late = row(22, text("A22", "C1"), number("B22", day_number(date(2024, 5, 5)), 1), broken)
    return workbook(header() + sales() + late)


@seed("formulas.xlsx", WHOLE)
def formulas() -> bytes:
    import re

    return workbook(header() + re.sub(r'(<c r="C\d+" s="0">)', r"\1<f>1+1</f>", sales()))


@seed("formulas_without_values.xlsx", Read(21, 20, WHOLE.amount))
def formulas_without_values() -> bytes:
    open_cell = '<c r="C22"><f>A1+B1</f></c>'
    late = row(22, text("A22", "C1"), number("B22", day_number(date(2024, 5, 5)), 1), open_cell)
    return workbook(header() + sales() + late)


@seed("formulas_never_calculated.xlsx", Read(21, 20, WHOLE.amount))
def formulas_never_calculated() -> bytes:
    zero = '<c r="C22"><f>A1+B1</f><v>0</v></c>'
    late = row(22, text("A22", "C1"), number("B22", day_number(date(2024, 5, 5)), 1), zero)
    asks = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
    return packed(parts(sheet(header() + sales() + late), calculate=asks))


@seed("endless_day.xlsx", Read(21, 20, WHOLE.amount))
def endless_day() -> bytes:
    """A day in the year 23,000: Python's calendar ends at 9999."""
    return workbook(header() + sales() + row(22, text("A22", "C1"), number("B22", 7_777_777, 1), number("C22", 1)))


@seed("long_cell.xlsx", Read(21, 21, WHOLE.amount + 10_000))
def long_cell() -> bytes:
    return workbook(header() + sales() + sale(22, "X" * 200_000, date(2024, 5, 5), 1))


@seed("blank_rows.xlsx", WHOLE)
def blank_rows() -> bytes:
    blank = "".join(row(line, f'<c r="A{line}" s="1"/>') for line in range(22, 5000))
    return workbook(header() + sales() + blank)


# Workbooks that are refused ---------------------------------------------------------------------------------------


@seed("corner.xlsx", None)
def corner() -> bytes:
    return workbook(header() + sales() + row(1_048_576, number("XFD1048576", 1)))


@seed("unique_count.xlsx", None)
def unique_count() -> bytes:
    inside = parts()
    inside["xl/sharedStrings.xml"] = f'{_XML}<sst xmlns="{_MAIN}" count="4294967295" uniqueCount="4294967295"></sst>'
    return packed(inside)


@seed("billion_laughs.xlsx", None)
def billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{laughs}]>'
    return packed(parts(sheet(header() + sales() + row(22, text("A22", "&l9;")), prolog=doctype)))


@seed("xxe.xlsx", None)
def xxe() -> bytes:
    doctype = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return packed(parts(sheet(header() + sales() + row(22, text("A22", "&x;")), prolog=doctype)))


@seed("xxe_shared_strings.xlsx", None)
def xxe_shared_strings() -> bytes:
    inside = parts()
    inside["xl/sharedStrings.xml"] = (
        f'{_XML}<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f'<sst xmlns="{_MAIN}"><si><t>&x;</t></si></sst>'
    )
    return packed(inside)


@seed("giant_string.xlsx", None)
def giant_string() -> bytes:
    """One gibibyte in one cell, in one megabyte of file: written by hand, so that the test needs no gibibyte."""
    start = sheet(header()).replace("</sheetData></worksheet>", "") + '<row r="2"><c r="A2" t="inlineStr"><is><t>'
    return _with_repeated(
        "xl/worksheets/sheet1.xml", start.encode(), 1 << 30, b"</t></is></c></row></sheetData></worksheet>"
    )


def _with_repeated(name: str, start: bytes, count: int, end: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(start)
    check = zlib.crc32(start)
    block = b"A" * (1 << 20)
    for _ in range(count // len(block)):
        body += packer.compress(block)
        check = zlib.crc32(block, check)
    body += packer.compress(end) + packer.flush()
    size = len(start) + count + len(end)
    others = parts()
    del others[name]
    return _appended(packed(others), name, body, zlib.crc32(end, check), size)


def _appended(archive: bytes, name: str, body: bytes, check: int, size: int) -> bytes:
    """Add one deflated part with the sizes it claims to an archive, by hand."""
    end = archive.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack("<HII", archive[end + 10 : end + 20])
    raw = name.encode()
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, check, len(body), size, len(raw), 0)
    local = b"PK\x03\x04" + fields + raw + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, start) + raw
    directory = archive[start : start + length] + central
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count + 1, count + 1, len(directory), start + len(local), 0)
    return archive[:start] + local + directory + tail


def _lying(size: int) -> bytes:
    others = parts()
    real = others.pop("xl/worksheets/sheet1.xml").encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(real) + packer.flush()
    return _appended(packed(others), "xl/worksheets/sheet1.xml", body, zlib.crc32(real), size)


@seed("lying_small.xlsx", None)
def lying_small() -> bytes:
    return _lying(300)


@seed("lying_large.xlsx", None)
def lying_large() -> bytes:
    return _lying(3_000_000)


@seed("lying_huge.xlsx", None)
def lying_huge() -> bytes:
    return _lying(4_000_000_000)


@seed("traversal.xlsx", None)
def traversal() -> bytes:
    return packed(parts() | {"../../secret.txt": SECRET})


@seed("duplicate_part.xlsx", None)
def duplicate_part() -> bytes:
    inside = parts() | {"XL/worksheets/SHEET1.xml": sheet(header() + sales(ledger=LEDGER[:3]))}
    return packed(inside)


@seed("many_parts.xlsx", None)
def many_parts() -> bytes:
    return packed(parts() | {f"xl/media/{n}.bin": "x" for n in range(2_100)})


@seed("many_sheets.xlsx", None)
def many_sheets() -> bytes:
    shown = [(f"S{n}", "", "sheet1.xml") for n in range(20_000)]
    return packed(parts(sheets=shown))


@seed("duplicate_cells.xlsx", None)
def duplicate_cells() -> bytes:
    twice = row(22, text("A22", "C1"), number("B22", 45_000, 1), number("C22", 2), number("C22", 3))
    return workbook(header() + sales() + twice)


@seed("duplicate_rows.xlsx", None)
def duplicate_rows() -> bytes:
    return workbook(header() + sales() + row(21, number("D21", 5)))


@seed("string_minus_one.xlsx", None)
def string_minus_one() -> bytes:
    late = row(22, '<c r="A22" t="s"><v>-1</v></c>', number("B22", 45_000, 1), number("C22", 2))
    inside = parts(sheet(header() + sales() + late), strings="<si><t>hello</t></si>")
    return packed(inside)


@seed("string_out_of_range.xlsx", None)
def string_out_of_range() -> bytes:
    late = row(22, '<c r="A22" t="s"><v>7</v></c>', number("B22", 45_000, 1), number("C22", 2))
    return packed(parts(sheet(header() + sales() + late), strings="<si><t>hello</t></si>"))


@seed("relationship_loop.xlsx", None)
def relationship_loop() -> bytes:
    inside = parts()
    inside["xl/_rels/workbook.xml.rels"] = inside["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1.xml", "workbook.xml"
    )
    return packed(inside)


@seed("broken.xlsx", None)
def broken() -> bytes:
    whole = packed(parts())
    return whole[:400] + b"\xff" * 60 + whole[460:]


@seed("truncated.xlsx", None)
def truncated() -> bytes:
    return packed(parts())[:-100]


@seed("broken_xml.xlsx", None)
def broken_xml() -> bytes:
    return packed(parts(sheet(header() + sales())[:-60]))


@seed("no_rows.xlsx", None)
def no_rows() -> bytes:
    return workbook(header())


@seed("empty_sheet.xlsx", None)
def empty_sheet() -> bytes:
    return workbook("")


@seed("duplicate_headers.xlsx", None)
def duplicate_headers() -> bytes:
    heads = row(1, *(text(f"{column}1", name) for column, name in zip("ABCD", (*HEADER, HEADER[2]), strict=True)))
    rows = (sale(at, *line)[:-6] + number(f"D{at}", 7) + "</row>" for at, line in enumerate(LEDGER, start=2))
    return workbook(heads + "".join(rows))


@seed("page.xls", None)
def web_page() -> bytes:
    return b"<html><body><table><tr><td>Cari Kodu</td></tr></table></body></html>"


@seed("binary.xlsb", None)
def binary_workbook() -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"})


@seed("zip_slip.zip", None)
def zip_slip() -> bytes:
    return packed({"../evil.csv": lines().decode()})


@seed("zip_in_zip.zip", None)
def zip_in_zip() -> bytes:
    return packed({"inner.zip": packed({"a.csv": lines()})})


@seed("bomb.zip", None)
def bomb() -> bytes:
    return packed({"a.csv": b"A" * (40 << 20)}, level=9)


@seed("packed.zip", WHOLE)
def archive() -> bytes:
    inside = {"__MACOSX/._a.csv": b"\0\5", "~$a.xlsx": b"lock", "a.csv": lines()}
    return packed(inside)


# Text -------------------------------------------------------------------------------------------------------------


def line(code: str, day: date, amount: float, sep: str = ";") -> str:
    return sep.join((code, f"{day:%d.%m.%Y}", f"{amount:.2f}".replace(".", ",")))


def lines(extra: Sequence[str] = (), sep: str = ";", end: str = "\n", encoding: str = "utf-8") -> bytes:
    rows = [sep.join(HEADER), *(line(*sold, sep=sep) for sold in LEDGER), *extra]
    return (end.join(rows) + end).encode(encoding)


def refused_row(count: int = 1) -> Read:
    return Read(20 + count, 20, WHOLE.amount)


@seed("plain.csv", WHOLE)
def plain_text() -> bytes:
    return lines()


@seed("text.xlsx", WHOLE)
def text_named_xlsx() -> bytes:
    return lines()


@seed("glob_[a-z]*.csv", WHOLE)
def glob_name() -> bytes:
    return lines()


@seed("utf16.csv", WHOLE)
def utf16() -> bytes:
    return lines(encoding="utf-16")


@seed("turkish.csv", Read(21, 21, WHOLE.amount + 10_000))
def turkish() -> bytes:
    return lines(["ŞİŞLİ ĞÜIı;05.05.2024;1,00"], encoding="cp1254")


@seed("windows_lines.csv", WHOLE)
def windows_lines() -> bytes:
    return lines(end="\r\n")


@seed("ragged_long.csv", refused_row())
def ragged_long() -> bytes:
    return lines(["C1;05.05.2024;1,00;extra;more"])


@seed("ragged_short.csv", refused_row())
def ragged_short() -> bytes:
    return lines(["C1;05.05.2024"])


@seed("late_value.csv", refused_row())
def late_value() -> bytes:
    return lines(["C1;05.05.2024;ödenecek"])


@seed("late_date.csv", refused_row())
def late_date() -> bytes:
    return lines(["C1;31.02.2024;1,00"])


@seed("huge_number.csv", refused_row())
def huge_number() -> bytes:
    return lines(["C1;05.05.2024;" + "9" * 400])


@seed("no_customer.csv", refused_row())
def no_customer() -> bytes:
    return lines([";05.05.2024;1,00"])


@seed("sql.csv", None)
def sql_headings() -> bytes:
    return b"x'; DROP TABLE lines; --;\"; COPY t TO '/tmp/x'\";SELECT 1\n1;2;3\n4;5;6\n"


@seed("formula.csv", Read(21, 21, WHOLE.amount + 10_000))
def formula_text() -> bytes:
    return lines(["=HYPERLINK(1);05.05.2024;1,00"])


@seed("open_quote.csv", None)
def open_quote() -> bytes:
    return lines(['"C1;05.05.2024;1,00', *("C2;05.05.2024;1,00" for _ in range(50))])


@seed("nul_bytes.csv", None)
def nul_bytes() -> bytes:
    return lines() + b"\0" * 5000


@seed("empty.csv", None)
def empty() -> bytes:
    return b""


@seed("only_header.csv", None)
def only_header() -> bytes:
    return (";".join(HEADER) + "\n").encode()


@seed("huge_line.csv", None)
def huge_line() -> bytes:
    return lines(["X" * (40 << 20)])


@seed("wide.csv", None)
def wide() -> bytes:
    return (";".join(f"c{n}" for n in range(200_000)) + "\n" + ";" * 199_999 + "\n").encode()


@seed("binary.csv", None)
def binary() -> bytes:
    return bytes((n * 73 + n // 7) % 256 for n in range(20_000))


@seed("packed.csv.gz", WHOLE)
def gzipped() -> bytes:
    return gzip.compress(lines(), mtime=0)


@seed("torn.csv.gz", None)
def torn_gzip() -> bytes:
    return gzip.compress(lines(), mtime=0)[:-30]
