"""How the company behaves: one strategy in its own words, and an account for which it does not fit."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import who
from anahtar_web.strategies.actions import deviate, write
from anahtar_web.strategies.queries import deviation_on, in_force
from anahtar_web.strategies.subjects import SUBJECTS

_WORD: Final = "Koruyun, haftada bir sorun"
_WHY: Final = (
    "Ekim ayında iki A müşterimizde teslimat gecikmesini bizden önce onlar fark etti. "
    "Haftalık kısa telefon, satış toplantısında kararlaştırıldı."
)
_INSTEAD: Final = """Ziyaretleri **üç ayda bire** indirdik; aradaki temas görüntülü görüşmeyle.

- Teknik konular doğrudan [kalite masasına](mailto:kalite@kuzeymakina.example).
- Fiyat konuşmaları yılda bir, Kasım ayında; arada fiyat açmıyoruz."""
_BECAUSE: Final = (
    "Almanya’daki merkez tedarikçi ziyaretlerini çeyrekte bire sınırladı; satın alma müdürü yazılı bildirdi."
)


@transaction.atomic
def write_all() -> None:
    """Write the strategy of the best cell anew, and deviate for the customer who limits visits."""
    subject = SUBJECTS["AX"]
    held = in_force([subject.code])[subject.code]
    if not held.number:
        monthly, weekly = "- Her ay ziyaret, arada bir telefon.", "- Her hafta kısa bir telefon, her ay ziyaret."
        write(
            subject=subject,
            version=0,
            word=_WORD,
            text=held.text.replace(monthly, weekly),
            reason=_WHY,
            by=who(Role.HEAD),
        )
    account = Account.objects.filter(name="Rheinland Antriebstechnik GmbH", merged_into=None).order_by("code").first()
    if account is not None and deviation_on(account) is None:
        until = today() + timedelta(days=240)
        deviate(account=account, text=_INSTEAD, reason=_BECAUSE, until=until, seen=None, by=who(Role.HEAD))
