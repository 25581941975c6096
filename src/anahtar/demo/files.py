"""The demo ledger as three exports of an ERP, each in another of the forms that reach an analyst."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import xlsxwriter

from anahtar.demo.company import customers
from anahtar.demo.trade import Line, trade, with_oddities

SEED: Final = 2025
UNTIL: Final = date(2025, 12, 31)
COMPANY: Final = "Kuzey Endüstriyel Tedarik A.Ş."
_HEADER: Final = (
    *("Cari Kodu", "Cari Ünvanı", "Bağlı Olduğu Grup", "Fatura Tarihi", "Fatura No", "Stok Kodu", "Stok Adı"),
    *("Ürün Grubu", "Bölge", "Plasiyer", "Miktar", "Birim Fiyat", "İskonto %", "Net Tutar", "Maliyet", "Döviz"),
    "Sevk Adresi",
)


def write_demo(folder: Path, *, seed: int = SEED, until: date = UNTIL) -> list[Path]:
    """Write the demo company's ledger and its rates.

    Parameters
    ----------
    folder
        Made if absent; files of an earlier demo in it are written anew.
    seed, until
        Same values, same bytes of text; three years up to `until`.

    Returns
    -------
    list of Path
        `sales/` with one file per year (a Windows-1254 text file with title and total rows, a UTF-8 text file, a
        workbook) and `rates.csv`.
    """
    everyone = customers(until=until, seed=seed)
    spared = {customer.code for customer in everyone if customer.habit == "left"}
    lines = with_oddities(trade(everyone, until=until, seed=seed), seed=seed, spared=spared)
    sales = folder / "sales"
    sales.mkdir(parents=True, exist_ok=True)
    oldest, middle, newest = _by_year(lines)
    files = [
        _statement(sales / f"satis-{oldest[-1].sold_on.year}.csv", oldest),
        _plain(sales / f"satis-{middle[-1].sold_on.year}.csv", middle),
        _workbook(sales / f"satis-{newest[-1].sold_on.year}.xlsx", newest),
        _rates(folder / "rates.csv", lines),
    ]
    return files


def _by_year(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Three years, counted back from the last day."""
    last = lines[-1].sold_on.year
    first, second = ([line for line in lines if line.sold_on.year == last - back] for back in (2, 1))
    return first, second, [line for line in lines if line.sold_on.year == last]


def _turkish(number: Decimal) -> str:
    whole = f"{number:,.2f}"
    return whole.translate(str.maketrans(",.", ".,"))


def _cells(line: Line) -> list[str | Decimal | date]:
    return [
        *(line.customer, line.name, line.group, line.sold_on, line.invoice, line.product, line.product_name),
        *(line.direction, line.region, line.salesperson, line.quantity, line.unit_price, line.discount),
        *(line.amount, line.cost, line.currency, line.site),
    ]


def _text(cell: str | Decimal | date) -> str:
    match cell:
        case Decimal():
            return _turkish(cell)
        case date():
            return f"{cell:%d.%m.%Y}"
    return cell


def _statement(path: Path, lines: Sequence[Line]) -> Path:
    """As the oldest module of the ERP prints it: title rows, semicolons, Windows-1254, a total row at the end."""
    total = sum((line.amount for line in lines), Decimal(0))
    with path.open("w", encoding="cp1254", newline="") as file:
        write = csv.writer(file, delimiter=";").writerow
        write([f"{COMPANY} - CARİ SATIŞ EKSTRESİ"])
        write([f"Dönem: {lines[0].sold_on:%d.%m.%Y} - {lines[-1].sold_on:%d.%m.%Y}"])
        write([])
        write(_HEADER)
        for line in lines:
            write([_text(cell) for cell in _cells(line)])
        write(["TOPLAM", *[""] * 12, _turkish(total), "", "", ""])
    return path


def _plain(path: Path, lines: Sequence[Line]) -> Path:
    """As a report tool exports it: UTF-8 with a mark, ISO dates; two cells of the year were spoilt by hand."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file, delimiter=";").writerow
        write(_HEADER)
        for number, line in enumerate(lines):
            cells = [_text(cell) for cell in _cells(line)]
            if number == len(lines) // 3:
                cells[3] = "31.02." + cells[3][-4:]
            if number == len(lines) // 2:
                cells[13] = "iptal"
            write(cells)
    return path


def _workbook(path: Path, lines: Sequence[Line]) -> Path:
    """As somebody saved it from Excel: true dates and numbers, codes as text, a title, a hidden notes sheet."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Satışlar")
    notes = book.add_worksheet("Notlar")
    notes.hide()
    notes.write_string(0, 0, "Yıl sonu kapanışından sonra alındı.")
    day, money = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "#,##0.00"})
    sheet.write_string(0, 0, f"{COMPANY} - {lines[0].sold_on.year} satışları")
    sheet.write_row(2, 0, _HEADER)
    for row, line in enumerate(lines, 3):
        for column, cell in enumerate(_cells(line)):
            match cell:
                case date():
                    sheet.write_datetime(row, column, cell, day)
                case Decimal():
                    sheet.write_number(row, column, float(cell), money)
                case _:
                    sheet.write_string(row, column, cell)
    book.close()
    return path


def _rates(path: Path, lines: Sequence[Line]) -> Path:
    """The lira price of a euro for every day of the ledger, rising as it did."""
    first, last = lines[0].sold_on, lines[-1].sold_on
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file).writerow
        write(("currency", "date", "rate"))
        for offset in range((last - first).days + 1):
            rate = Decimal("20.0000") + Decimal(offset) * Decimal("0.0262")
            write(("EUR", (first + timedelta(days=offset)).isoformat(), f"{rate:.4f}"))
    return path
