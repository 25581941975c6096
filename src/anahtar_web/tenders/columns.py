"""What a column of a file of past tenders may say, and by which headings it is recognised."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.ui.text import fold


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a column may say.

    Parameters
    ----------
    headings
        Folded headings, the surest first.
    is_price
        Asked of those only who see offers.
    """

    label: Any
    headings: Sequence[str]
    required: bool = False
    is_price: bool = False


def _named(headings: str) -> tuple[str, ...]:
    return tuple(heading.strip() for heading in headings.split("|"))


SAYS: Final[Mapping[str, Said]] = {
    "account": Said(
        _("Account (code or name)"),
        _named(
            "cari kodu | musteri kodu | musteri | cari | cari adi | unvan | kurum | idare | "
            "hesap | firma | account | account name | customer | client"
        ),
        required=True,
    ),
    "title": Said(
        pgettext_lazy("of a tender", "Title"),
        _named(
            "ihale adi | ihale konusu | konu | isin adi | baslik | ihale | title | tender | "
            "subject | opportunity | proje | project | urun | product"
        ),
        required=True,
    ),
    "reference": Said(
        _("Reference number"),
        _named(
            "ihale no | ihale kayit no | ikn | dosya no | referans | referans no | tender no | "
            "reference | reference no | opportunity id | id"
        ),
    ),
    "lot": Said(_("Lot"), _named("lot | kisim | kalem | lot adi | lot name | part")),
    "outcome": Said(
        _("Outcome or stage"),
        _named("sonuc | ihale sonucu | durum | asama | outcome | result | status | stage | deal stage"),
        required=True,
    ),
    "announced_on": Said(
        _("Announced on"),
        _named(
            "ilan tarihi | duyuru tarihi | duyuru | davet tarihi | announced | announced on | "
            "engage date | start date | baslangic tarihi"
        ),
    ),
    "deadline": Said(
        _("Deadline of the offer"),
        _named(
            "son teklif tarihi | teklif tarihi | son tarih | ihale tarihi | deadline | due date | "
            "submission date | bid date"
        ),
    ),
    "decided_on": Said(
        _("Decided on"),
        _named(
            "karar tarihi | sonuc tarihi | sonuclanma tarihi | kapanis tarihi | decided | "
            "decided on | decision date | close date | award date"
        ),
    ),
    "our_price": Said(
        _("Our price"),
        _named(
            "bizim fiyat | bizim teklif | teklifimiz | fiyatimiz | teklif tutari | "
            "teklif bedeli | our price | our bid | bid | close value | value | amount | tutar"
        ),
        is_price=True,
    ),
    "currency": Said(_("Currency"), _named("para birimi | doviz | doviz cinsi | currency")),
    "rank": Said(_("Our rank"), _named("siramiz | sira | rank | our rank")),
    "winner": Said(_("Winner"), _named("kazanan | kazanan firma | ihaleyi alan | winner | awarded to | won by")),
    "winner_price": Said(
        _("Winner’s price"),
        _named(
            "kazanan fiyat | kazanan teklif | kazanan tutar | kazanan fiyati | winner price | "
            "winners price | winning price | winning bid"
        ),
        is_price=True,
    ),
    "competitors": Said(
        _("Competitors taking part (apart by ;)"),
        _named(
            "rakipler | katilanlar | katilan firmalar | istekliler | competitors | participants | "
            "bidders | competitor | rakip"
        ),
    ),
    "their_reason": Said(
        _("Their reason"), _named("gerekce | onlarin gerekcesi | musteri gerekcesi | stated reason | their reason")
    ),
    "our_reason": Said(
        _("Our reason"),
        _named("kayip nedeni | kaybetme nedeni | neden | bizce neden | loss reason | our reason | reason"),
    ),
    "direction": Said(
        _("Direction of business"),
        _named("yon | is kolu | urun grubu | kategori | direction | product group | category | series"),
    ),
    "owner": Said(
        _("Owner"), _named("sorumlu | satis temsilcisi | temsilci | sales agent | owner | salesperson | sales rep")
    ),
    "notes": Said(_("Notes"), _named("not | notlar | aciklama | yorum | notes | note | remark | remarks | comment")),
    "lessons": Said(_("Lessons"), _named("ders | dersler | ogrenilen | cikarilan dersler | lessons | lessons learned")),
}
"""What a column says -> how it is asked and recognised, in the order of the form."""


def recognise(header: Sequence[str]) -> dict[str, int]:
    """Say which column says what, by its heading alone: an exact heading first, then one that begins with it.

    A column says one thing, and a thing is said by one column.
    """
    plain = [_bare(text) for text in header]
    labels = _labels()
    found: dict[str, int] = {}
    for fits in (_same, _begins):
        for name, said in SAYS.items():
            free = [place for place in range(len(plain)) if place not in found.values()]
            best = next((at for one in (*labels[name], *said.headings) for at in free if fits(plain[at], one)), None)
            if name not in found and best is not None:
                found[name] = best
    return found


@cache
def _labels() -> Mapping[str, Sequence[str]]:
    """Give what our own lists call their columns, in both languages: what was exported can be imported."""
    found: dict[str, list[str]] = {name: [] for name in SAYS}
    for language in ("tr", "en"):
        with translation.override(language):
            for name, said in SAYS.items():
                found[name].append(_bare(str(said.label)))
    return found


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def _same(heading: str, wanted: str) -> bool:
    return heading == wanted


def _begins(heading: str, wanted: str) -> bool:
    return len(wanted) > 3 and heading.startswith(wanted + " ")
