"""What the demo company does to win accounts back: a list, a campaign with a draw, and two offers within it."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import who
from anahtar_web.winbacks.actions import keep_list, make, plan, send, start, submit
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import Draw

_UNITS: Final = 10_000
_WORDS: Final = (
    "## Sizi yeniden aramızda görmek istiyoruz\n\n"
    "- Rulman ve aktarma ürünlerinde **yüzde 8 indirim**\n"
    "- Stoktan ürünlerde **48 saat içinde teslim**\n"
    "- İlk siparişte nakliye bizden"
)
_LARGER: Final = (
    "## Yıllık çerçeve anlaşması önerimiz\n\n"
    "- Rulman, kayış ve redüktörlerde **yüzde 12 indirim**, bir yıl fiyat sabit\n"
    "- Bursa deposunda **sizin için ayrılmış stok**\n"
    "- Direktörümüz imza için fabrikanıza gelir"
)
_NOTE: Final = "Ege Aktarma aynı kalemlerde yüzde 9 veriyor; 12’nin altı yetmez. Teslim şikâyeti iki kez olmuştu."


@transaction.atomic
def win_back() -> None:
    """Keep two lists, draw a campaign, send one offer and let a larger one wait for the director."""
    head = who(Role.HEAD)
    kept = keep_list(name="Kopan ve kaybedilen müşteriler", narrow=Narrow(), cost=2_000 * _UNITS, by=head)
    keep_list(name="İki kez kaybedilenler", narrow=Narrow(times_lost=2), cost=1_000 * _UNITS, by=head)
    day = today() + timedelta(days=60)
    planned = {
        "name": "Sonbahar geri kazanım",
        "list": kept,
        "size": 30,
        "kind": "discount",
        "contents": _WORDS,
        "cost": 18_000 * _UNITS,
        "budget": 250_000 * _UNITS,
        "valid_until": day,
        "holdout_share": 20,
        "horizon": 180,
    }
    campaign = plan(fields=planned, by=head)
    # The demo is the same wherever it is told.
    campaign = start(campaign=campaign, seen=campaign.version, by=head, seed=20_261_127)
    draws = list(Draw.objects.filter(campaign=campaign, held_out=False).select_related("case").order_by("pk")[:2])
    common = {"valid_until": day, "budget_line": "Satış geliştirme"}
    for draw, (kind, words, cost, note) in zip(
        draws, (("discount", _WORDS, 18_000, ""), ("terms", _LARGER, 85_000, _NOTE)), strict=False
    ):
        fields = common | {"kind": kind, "contents": words, "cost": cost * _UNITS, "note": note}
        offer = make(case=draw.case, fields=fields, campaign=campaign, by=head)
        offer = submit(offer=offer, seen=offer.version, by=head)
        if offer.state == "approved":
            send(offer=offer, seen=offer.version, by=head)
