"""Words of headers and cells in one spelling: no case, no accents, no punctuation, words apart."""

import re
import unicodedata

_BORDERS = re.compile(
    r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])"  # unitPrice
    r"|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][a-zа-яё])"  # KDVTutar
    r"|(?<=[^\W\d_])(?=\d)"  # NAME1
)
_WORD = re.compile(r"[^\W_]+|[%₺$€£₽₴]")


def fold(text: str) -> str:
    """One spelling of a text: `Cari Ünvanı`, `CARİ ÜNVANI` and `cari_unvani` are all `cari unvani`.

    The Turkish dotless and dotted i become one letter, because exports written in capitals by a program with English
    rules turn `Cari` into `CARI` and one with Turkish rules into `CARİ`.
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    apart = _BORDERS.sub(" ", bare.replace("ı", "i"))
    return " ".join(_WORD.findall(apart.casefold()))
