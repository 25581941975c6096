"""What is asked of interactions, one module per question."""

from anahtar_web.interactions.queries.known import Happened, NextStep, of, steps_of
from anahtar_web.interactions.queries.listing import Page, agenda, interactions_below, listed, people_met, recent
from anahtar_web.interactions.queries.touches import next_step_of, touch_of, touches_of

__all__ = [
    "Happened",
    "NextStep",
    "Page",
    "agenda",
    "interactions_below",
    "listed",
    "next_step_of",
    "of",
    "people_met",
    "recent",
    "steps_of",
    "touch_of",
    "touches_of",
]
