"""Taking reports out as a browser does, and reading what came."""

import io
import uuid
from typing import Any

from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader


def take(client: Client, form: str, query: str = "") -> Any:
    """Ask for a report."""
    address = f"/portfolio/report/?{query}" if query else "/portfolio/report/"
    return client.post(address, {"form": form, "once": uuid.uuid4().hex})


def content(answer: Any) -> bytes:
    """The file of an answer."""
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def text_of(file: bytes) -> str:
    """The text of a PDF, its blanks in one."""
    assert file.startswith(b"%PDF-")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages).split())


def pdf(client: Client, query: str = "") -> str:
    """The text of the document."""
    return text_of(content(take(client, "pdf", query)))


def sheets_of(file: bytes) -> dict[str, list[list[Any]]]:
    """Sheet -> its rows, without the margin."""
    book = load_workbook(io.BytesIO(file))
    return {sheet.title: [[cell.value for cell in row][1:] for row in sheet.iter_rows()] for sheet in book}


def workbook(client: Client, query: str = "") -> dict[str, list[list[Any]]]:
    """The sheets of the workbook."""
    return sheets_of(content(take(client, "xlsx", query)))


def table(rows: list[list[Any]], first: str) -> list[dict[str, Any]]:
    """The rows of a list below the header that begins with a word, up to the first empty one."""
    at = next(number for number, row in enumerate(rows) if row and row[0] == first)
    header, found = rows[at], []
    for row in rows[at + 1 :]:
        if row[1] is None:
            break
        found.append(dict(zip(header, row, strict=True)))
    return found
