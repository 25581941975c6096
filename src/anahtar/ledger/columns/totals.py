"""Rows that are no sales but sums of the rows above them."""

from typing import Final

from anahtar.ledger.columns.folding import fold

_TOTALS: Final = frozenset(
    fold(
        "toplam toplamı toplamlar yekün yekünü total totals subtotal sum итого всего итог summe gesamt gesamtsumme"
    ).split()
)
_COMPANIONS: Final = frozenset(
    fold(
        "genel ara alt üst rapor sayfa liste grand sub report page overall general zwischensumme endsumme по отчету за "
        "общий общая сумма период dönem cari müşteri customer kayıt satır adet rows records line lines строк of the "
        "tutar tutarı satış sales net amount"
    ).split()
)


def is_total_label(text: str) -> bool:
    """Whether a cell says that its row is a total: `TOPLAM`, `Genel Toplam:`, `Итого`, `Grand total (2 156 rows)`.

    Every word must belong to such a label, because customers are called *Total Oil Türkiye* and *Toplam Gıda* too.
    A customer named *Total* and nothing else cannot be told by the words; the reader checks the sum as well.
    """
    words = [word for word in fold(text).split() if not word.isdecimal()]
    return any(word in _TOTALS for word in words) and all(word in _TOTALS or word in _COMPANIONS for word in words)
