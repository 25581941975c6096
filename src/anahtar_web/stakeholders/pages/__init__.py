"""What each page of people at an account shows."""

from anahtar_web.stakeholders.pages.changes import ChangesPage
from anahtar_web.stakeholders.pages.editing import EditPage
from anahtar_web.stakeholders.pages.look import Look
from anahtar_web.stakeholders.pages.map import MapPage
from anahtar_web.stakeholders.pages.matrix import Cell, MatrixPage
from anahtar_web.stakeholders.pages.mini import MiniMap
from anahtar_web.stakeholders.pages.person import PersonPage
from anahtar_web.stakeholders.pages.table import Row, TablePage

__all__ = [
    "Cell",
    "ChangesPage",
    "EditPage",
    "Look",
    "MapPage",
    "MatrixPage",
    "MiniMap",
    "PersonPage",
    "Row",
    "TablePage",
]
