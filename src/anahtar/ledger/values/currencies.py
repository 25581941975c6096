"""Currency codes as ledgers write them: TL, USD, €, руб."""

from typing import Final

_ALIASES: Final = {
    "TRY": "tl ytl try trl ₺ türk lirası turk lirasi lira",
    "USD": "usd us$ $ dolar dollar dollars доллар доллары долл",
    "EUR": "eur € avro euro euros евро",
    "GBP": "gbp £ sterlin sterling pound",
    "RUB": "rub rur ₽ руб руб. рубль рубли рублей ruble",
    "UAH": "uah ₴ грн грн. гривна",
    "KZT": "kzt ₸ тенге тг",
    "AZN": "azn ₼ manat",
    "CHF": "chf",
    "JPY": "jpy ¥",
}
_OTHERS: Final = (
    "AED AFN ALL AMD AUD BAM BGN BHD BRL BYN CAD CNY CZK DKK DZD EGP GEL HKD HRK HUF IDR ILS INR IQD IRR ISK JOD KGS "
    "KRW KWD LBP LYD MAD MDL MKD MXN MYR NOK NZD OMR PKR PLN QAR RON RSD SAR SEK SGD SYP THB TJS TMT TND UZS XAU ZAR"
)
_ISO: Final = frozenset(_ALIASES) | frozenset(_OTHERS.split())
_CODES: Final = {alias: code for code, aliases in _ALIASES.items() for alias in aliases.split()}


def currency_code(text: str) -> str | None:
    """The ISO code a cell or a header word means, or None where it is no currency.

    `TL` and `YTL` are TRY, `руб` is RUB, signs are their currency. A three-letter word counts only if it is a known
    code, so that a unit (`KG`, `PCS`) is never taken for money.
    """
    cell = text.strip()
    return _CODES.get(cell.lower()) or (cell.upper() if cell.upper() in _ISO else None)
