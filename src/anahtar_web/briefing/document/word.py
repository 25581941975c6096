"""The dossier as a Word document: real headings, tables and lists, to be worked on further."""

from collections.abc import Mapping
from io import BytesIO
from itertools import chain
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Mm, Pt, RGBColor

from anahtar.report.harmless import printable
from anahtar_web.files.letterhead import Logo

_QUIET: Final = RGBColor(0x5F, 0x66, 0x72)
_BRAND: Final = RGBColor(0x35, 0x53, 0xC4)


def written(told: Mapping[str, Any], logo: Logo | None) -> bytes:
    """Write it."""
    doc = Document()
    _set_page(doc, told)
    _letterhead(doc.add_paragraph(), told["company"], logo)
    doc.add_heading(_clean(told["title"]), 0)
    _quiet(doc, " · ".join(part for part in (told["kind"], told["code"], told["as_of"]) if part))
    for section in told["sections"]:
        doc.add_heading(_clean(section["title"]), 1)
        if section["says"]:
            _quiet(doc, section["says"])
        if section["missing"]:
            _quiet(doc, section["missing"])
        for block in [*section["blocks"], *chain.from_iterable(section["beside"])]:
            _BLOCKS[block["kind"]](doc, block)
    for line in told["made"]:
        _quiet(doc, line)
    made = BytesIO()
    doc.save(made)
    return made.getvalue()


def _letterhead(paragraph: Any, company: str, logo: Logo | None) -> None:
    if logo is None:
        _run(paragraph, company, size=10, color=_BRAND, bold=True)
        return
    drawn = paragraph.add_run().add_picture(BytesIO(logo.png), Mm(logo.width), Mm(logo.height))
    # What a screen reader says of it.
    drawn._inline.docPr.set("descr", _clean(company))


def _set_page(doc: Doc, told: Mapping[str, Any]) -> None:
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.8)
    doc.core_properties.title = _clean(f"{told['kind']}: {told['title']}")
    doc.core_properties.author = _clean(told["company"])
    doc.styles["Normal"].font.size = Pt(10)
    doc.styles["Normal"].font.name = "Calibri"
    _run(page.footer.paragraphs[0], told["foot"], size=8, color=_QUIET)


def _clean(text: str) -> str:
    return printable(" ".join(str(text).split()))


def _run(paragraph: Any, text: str, *, size: int = 10, color: RGBColor | None = None, bold: bool = False) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size, run.bold = Pt(size), bold
    if color is not None:
        run.font.color.rgb = color


def _quiet(doc: Doc, text: str) -> None:
    _run(doc.add_paragraph(), text, size=8, color=_QUIET)


def _figures(doc: Doc, block: Mapping[str, Any]) -> None:
    table = doc.add_table(rows=1, cols=len(block["figures"]))
    for cell, figure in zip(table.rows[0].cells, block["figures"], strict=True):
        _run(cell.paragraphs[0], figure["label"], size=8, color=_QUIET)
        _run(cell.add_paragraph(), figure["value"], size=14, bold=True)
        _run(cell.add_paragraph(), figure["note"], size=8, color=_QUIET)


def _pairs(doc: Doc, block: Mapping[str, Any]) -> None:
    table = doc.add_table(rows=0, cols=2)
    for pair in block["pairs"]:
        left, right = table.add_row().cells
        left.width, right.width = Cm(4.5), Cm(12.5)
        _run(left.paragraphs[0], pair["label"], color=_QUIET)
        _run(right.paragraphs[0], pair["value"], color=_QUIET if pair["stale"] else None)
        for at, piece in enumerate(pair["pieces"]):
            told = right.add_paragraph() if at else right.paragraphs[0]
            if piece["kind"] == "point":
                told.style = doc.styles["List Bullet"]
            _run(told, piece["text"], color=_QUIET if pair["stale"] else None, bold=piece["kind"] == "heading")
        if pair["note"]:
            _run(right.add_paragraph(), pair["note"], size=8, color=_QUIET)


def _table(doc: Doc, block: Mapping[str, Any]) -> None:
    table = doc.add_table(rows=1, cols=len(block["heads"]), style="Light List Accent 1")
    for at, (cell, head) in enumerate(zip(table.rows[0].cells, block["heads"], strict=True)):
        _cell(cell, head, number=at in block["numbers"])
    for row in block["rows"]:
        for at, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _cell(cell, text, number=at in block["numbers"])


def _cell(cell: Any, text: str, *, number: bool) -> None:
    _run(cell.paragraphs[0], text, size=9)
    if number:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _points(doc: Doc, block: Mapping[str, Any]) -> None:
    for point in block["points"]:
        _run(doc.add_paragraph(style="List Bullet"), point)


def _prose(doc: Doc, block: Mapping[str, Any]) -> None:
    if block["title"]:
        doc.add_heading(_clean(block["title"]), 2)
    for piece in block["pieces"]:
        match piece["kind"]:
            case "heading":
                doc.add_heading(_clean(piece["text"]), 3)
            case "point":
                _run(doc.add_paragraph(style="List Bullet"), piece["text"])
            case _:
                _run(doc.add_paragraph(), piece["text"])


def _picture(doc: Doc, block: Mapping[str, Any]) -> None:
    # Word shows no drawing of ours in every version; what it says stands here in words.
    _run(doc.add_paragraph(), block["says"])


_BLOCKS: Final = {
    "figures": _figures,
    "pairs": _pairs,
    "table": _table,
    "points": _points,
    "prose": _prose,
    "picture": _picture,
}
