"""The lanes that come with the timeline itself: what the apps below it know."""

from anahtar_web.history.lanes.bids import Bids
from anahtar_web.history.lanes.decisions import Decisions
from anahtar_web.history.lanes.deliveries import Deliveries
from anahtar_web.history.lanes.facts import Facts
from anahtar_web.history.lanes.files import Files
from anahtar_web.history.lanes.orders import Orders
from anahtar_web.history.lanes.people import People
from anahtar_web.history.lanes.rivals import Rivals
from anahtar_web.history.lanes.structure import Structure
from anahtar_web.history.lanes.team import Team
from anahtar_web.history.lanes.touches import Touches
from anahtar_web.history.sources import Source

LANES: tuple[Source, ...] = (
    Orders(),
    Deliveries(),
    Touches(),
    Bids(),
    People(),
    Rivals(),
    Facts(),
    Files(),
    Decisions(),
    Team(),
    Structure(),
)
