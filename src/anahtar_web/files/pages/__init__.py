"""What the pages of documents show."""

from anahtar_web.files.pages.lettering import Letterhead
from anahtar_web.files.pages.listing import AccountPage, AttachPage
from anahtar_web.files.pages.picking import Picker

__all__ = ["AccountPage", "AttachPage", "Letterhead", "Picker"]
