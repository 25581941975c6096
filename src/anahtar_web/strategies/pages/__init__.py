"""What each page of strategies shows."""

from anahtar_web.strategies.pages.account import AccountPage, AccountStrategy, DeviatePage
from anahtar_web.strategies.pages.conduct import ConductPage
from anahtar_web.strategies.pages.listing import ListPage, SubjectPage, VersionPage
from anahtar_web.strategies.pages.writing import WritePage

__all__ = [
    "AccountPage",
    "AccountStrategy",
    "ConductPage",
    "DeviatePage",
    "ListPage",
    "SubjectPage",
    "VersionPage",
    "WritePage",
]
