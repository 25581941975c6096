"""What exports call the place of a customer that is supplied.

These words are known only to who looks for a site, after everything else is found: a header that says something else
without them (`Ship date`, `Site manager`) goes on saying it.
"""

from typing import Final

_PLACES: Final = (
    *("ship to", "ship to address", "ship to location", "delivery site", "delivery address", "shipping address"),
    *("delivery location", "delivery point", "delivery place", "адрес доставки", "место доставки"),
    *("sevk adresi", "sevkiyat adresi", "teslim adresi", "teslimat adresi", "irsaliye adresi"),
    *("sevk yeri", "sevkiyat yeri", "teslim yeri", "teslimat yeri"),
    *("sevk noktası", "sevkiyat noktası", "teslim noktası", "teslimat noktası"),
    # Netsis: the account that is delivered to, beside the one that pays.
    *("teslim cari", "teslimat cari", "sevk cari"),
)

SITE_PHRASES: Final = {
    **dict.fromkeys(_PLACES, "destination"),
    "web site": "other",
    "sth adres no": "destination code",  # Mikro
}

SITE_WORDS: Final = {
    "site": "site sites tesis tesisi standort площадка",
    "destination": "shipto consignee warenempfänger lieferadresse lieferanschrift lieferort грузополучатель",
    "destination code": "kunwe shipinforef teslimcari",  # SAP, Logo, Netsis
    "plant": "plant fabrika fabrikası",
}
