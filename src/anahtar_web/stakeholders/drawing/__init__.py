"""The map as a drawing: where cards stand, how lines run between them, and the SVG of it. Knows no database."""

from anahtar_web.stakeholders.drawing.map import Drawing, draw
from anahtar_web.stakeholders.drawing.routing import Line, Route, routes
from anahtar_web.stakeholders.drawing.tree import CARD_HEIGHT, CARD_WIDTH, Layout, lay_out

__all__ = ["CARD_HEIGHT", "CARD_WIDTH", "Drawing", "Layout", "Line", "Route", "draw", "lay_out", "routes"]
