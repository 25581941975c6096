"""What a tender is worth: our price for all lots, or the estimate. For who sees offers; the page asks."""

from anahtar_web.tenders.models import Tender


def our_price(tender: Tender) -> int | None:
    """Give what we ask for all lots together; None where one is unknown. The lots are there already."""
    prices = [lot.our_price for lot in tender.lots.all()]
    return None if not prices or None in prices else sum(price for price in prices if price is not None)


def worth(tender: Tender) -> int | None:
    """Give our price, or the estimate where there is none."""
    asked = our_price(tender)
    return tender.estimate if asked is None else asked
