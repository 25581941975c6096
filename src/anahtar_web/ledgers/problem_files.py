"""Problems as a workbook and as CSV: text stays text, whatever a spreadsheet would like to make of it."""

import csv
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final, cast

from django.utils.text import slugify
from django.utils.translation import gettext as _

from anahtar.ledger.problems import Kind
from anahtar.money import to_decimal
from anahtar.report.harmless import guarded, printable
from anahtar_web.ledgers import problem_table
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.problem_table import Wanted
from anahtar_web.ledgers.wording import did_with
from anahtar_web.ui.templatetags.shown import words

ROWS: Final = 1_048_575
"""What a sheet has room for below its headings."""
_WIDTHS: Final = (34, 14, 9, 22, 44, 34, 16, 16)


def name_of(of: Import) -> str:
    """Name the file, in signs that every system takes."""
    # Outside the f-string: the tool that collects sentences does not look into those.
    word = _("problems")
    return slugify(f"{word}-{of.pk}") or f"problems-{of.pk}"


def workbook(of: Import, path: Path, wanted: Wanted) -> IO[bytes]:
    """Write the problems asked for as a workbook; the file vanishes when it is closed."""
    import xlsxwriter

    file = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115  # whoever sends it closes it
    # Row by row to the disk: half a million rows in memory would be a gigabyte.
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(str(_("Problems"))[:31])
    head, money = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "#,##0.00"})
    for place, (heading, width) in enumerate(zip(_headings(), _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head)
    sheet.freeze_panes(1, 0)
    at = 0
    for told in _rows(path, wanted):
        at += 1
        if at > ROWS:
            break
        _write(sheet, at, told, money)
    sheet.autofilter(0, 0, max(at, 1), len(_WIDTHS) - 1)
    book.close()
    file.seek(0)
    return file


def _write(sheet: Any, at: int, told: Mapping[str, Any], money: Any) -> None:
    for place, value in enumerate(_cells(told)):
        if isinstance(value, str):
            sheet.write_string(at, place, printable(value))
        elif value is not None:
            sheet.write_number(at, place, float(value), money if place == len(_WIDTHS) - 1 else None)


def text(path: Path, wanted: Wanted) -> Iterator[str]:
    """Write the problems asked for as CSV, with the signs that Excel expects in the reader's language."""
    turkish = words().language == "tr"
    line = csv.writer(_Echo(), delimiter=";" if turkish else ",", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow
    yield "\ufeff" + _line(line, _headings())
    for told in _rows(path, wanted):
        cells = [
            "" if value is None else guarded(value) if isinstance(value, str) else str(value) for value in _cells(told)
        ]
        yield _line(line, [*cells[:-1], cells[-1].replace(".", ",") if turkish else cells[-1]])


def _line(write: Callable[[list[str]], Any], cells: list[str]) -> str:
    return cast(str, write(cells))


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, value: str) -> str:
        return value


def _headings() -> list[str]:
    return [
        str(heading)
        for heading in (
            _("File"),
            _("Sheet"),
            _("Row"),
            _("Column"),
            _("As it stands"),
            _("What"),
            _("What was done"),
            _("Amount"),
        )
    ]


def _rows(path: Path, wanted: Wanted) -> Iterator[dict[str, Any]]:
    for block in problem_table.blocks(path, wanted):
        yield from block.to_pylist()


def _cells(told: Mapping[str, Any]) -> list[Any]:
    amount = None if told["amount"] is None else to_decimal(told["amount"])
    what = words()(Kind(told["kind"]).label)
    done = str(did_with(told["kind"], told["verdict"]))
    return [told["file"], told["sheet"], told["row"], told["column"], told["text"], what, done, amount]
