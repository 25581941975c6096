"""What the pages of the app show."""

from anahtar_web.interactions.pages.account import AccountPage, Filtered
from anahtar_web.interactions.pages.agenda import ListPage
from anahtar_web.interactions.pages.one import FormPage, OnePage
from anahtar_web.interactions.pages.shown import Shown

__all__ = ["AccountPage", "Filtered", "FormPage", "ListPage", "OnePage", "Shown"]
