"""The portfolio as a document for the board: plain values in, a PDF out."""

from anahtar_web.reports.document.contents import Made, contents
from anahtar_web.reports.document.paper import pdf

__all__ = ["Made", "contents", "pdf"]
