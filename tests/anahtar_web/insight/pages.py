"""Reading pages as their readers do: rows, cells and figures out of HTML."""

import re
from html import unescape
from typing import Any

_ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
_CELL = re.compile(r'<td(?! class="choose")[^>]*>(.*?)</td>', re.S)
_TAG = re.compile(r"<[^>]+>")


def plain(html: str) -> str:
    """The text of a piece of a page, blanks in one."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def rows(answer: Any) -> list[list[str]]:
    """The rows of the table of a page, cell by cell."""
    body = answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [[plain(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(body)]


def codes(answer: Any) -> list[str]:
    """The codes of the accounts a page lists, in order."""
    return re.findall(r'<span class="who-below">([^<\s]+)', answer.content.decode())


def heads(answer: Any) -> list[str]:
    """The heads of the columns."""
    head = answer.content.decode().partition("<thead>")[2].partition("</thead>")[0]
    return [plain(cell) for cell in re.findall(r'<th(?! scope="col" class="choose")[^>]*>(.*?)</th>', head, re.S)]
