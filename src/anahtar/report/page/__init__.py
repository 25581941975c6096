"""report.html: the whole story of an analysis in one file that needs no network."""

from anahtar.report.page.document import write_page

__all__ = ["write_page"]
