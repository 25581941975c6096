"""Product codes that are no goods: postage, freight, bank charges, adjustments.

They are reported, not removed: whether freight belongs to a customer's revenue is the company's choice
(`--leave-out-products`). The vocabulary is small on purpose. A code or a name counts only as a whole, so that a
courier bag (*Kargo Poşeti*) or a maintenance contract (*Bakım Hizmeti*) stays what it is: something sold.
"""

from typing import Final

from anahtar.ledger.columns.folding import fold

_CODES: Final = frozenset(
    fold(code)
    for code in (
        *("POST", "DOT", "BANK CHARGES", "AMAZONFEE", "CRUK", "C2"),  # UCI Online Retail and shops like it
        *("KARGO", "NAKLIYE", "NAVLUN", "HIZMET", "POSTA", "MASRAF"),
        *("POSTAGE", "FREIGHT", "SHIPPING", "CARRIAGE", "DELIVERY", "HANDLING"),
        *("FRACHT", "VERSAND", "PORTO", "ДОСТАВКА", "УСЛУГИ"),
    )
)
_SINGLE_LETTERS: Final = {"m": "manual", "d": "discount", "s": "samples", "b": "adjust"}
"""Codes of one letter count only if the name says the same, or is missing: elsewhere they may be goods."""

_WORDS: Final = frozenset(
    fold(
        "kargo nakliye nakliyat navlun posta hizmet hizmeti sevkiyat taşıma komisyon komisyonu masraf masrafı farkı "
        "postage freight shipping carriage delivery handling commission voucher fracht versand porto frachtkosten "
        "versandkosten доставка транспортные услуги услуга комиссия перевозка"
    ).split()
)
_COMPANIONS: Final = frozenset(
    fold(
        "bedel bedeli ücret ücreti gider gideri banka payı vade kur fiyat fee fees charge charges cost costs service "
        "services next day gift dotcom dotcomgiftshop by cruk bank kosten gebühr и по за товара груза расходы"
    ).split()
)
"""Words a service's name may have beside one of `_WORDS`."""


def is_service_code(code: str, name: str | None) -> bool:
    """Whether a product is a service of the sale itself rather than something sold.

    Parameters
    ----------
    code, name
        The product as the ledger has it; the name may be missing.
    """
    key = fold(code)
    if key in _SINGLE_LETTERS:
        return not name or _SINGLE_LETTERS[key] in fold(name)
    return key in _CODES or _says_service(code) or _says_service(name or "")


def _says_service(text: str) -> bool:
    words = [word for word in fold(text).split() if not word.isdecimal() and word not in "£€$"]
    return any(word in _WORDS for word in words) and all(word in _WORDS or word in _COMPANIONS for word in words)
