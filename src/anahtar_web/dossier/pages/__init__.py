"""What each page of dossiers shows."""

from anahtar_web.dossier.pages.confirming import ConfirmingPage
from anahtar_web.dossier.pages.history import HistoryPage
from anahtar_web.dossier.pages.kinds import KindPage, KindsPage
from anahtar_web.dossier.pages.profile import ProfilePage
from anahtar_web.dossier.pages.readers import ReadersPage
from anahtar_web.dossier.pages.writing import WritePage

__all__ = ["ConfirmingPage", "HistoryPage", "KindPage", "KindsPage", "ProfilePage", "ReadersPage", "WritePage"]
