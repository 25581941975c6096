"""What each page of accounts shows."""

from anahtar_web.accounts.pages.assigning import AssignPage
from anahtar_web.accounts.pages.coverage import CoveragePage
from anahtar_web.accounts.pages.duplicates import DismissalsPage, DuplicatesPage, MergesPage
from anahtar_web.accounts.pages.editing import EditPage
from anahtar_web.accounts.pages.group import GroupPage, Level
from anahtar_web.accounts.pages.head import Head
from anahtar_web.accounts.pages.pair import PairPage
from anahtar_web.accounts.pages.tabs import Room, rooms_of
from anahtar_web.accounts.pages.team import TeamPage
from anahtar_web.accounts.pages.trail import TrailPage

__all__ = [
    "AssignPage",
    "CoveragePage",
    "DismissalsPage",
    "DuplicatesPage",
    "EditPage",
    "GroupPage",
    "Head",
    "Level",
    "MergesPage",
    "PairPage",
    "Room",
    "TeamPage",
    "TrailPage",
    "rooms_of",
]
