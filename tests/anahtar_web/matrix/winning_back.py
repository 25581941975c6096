"""Win-backs of the firm: a case and offers in every state for Acme, one for Birch, a list and three campaigns."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from anahtar_web.company.queries import today
from anahtar_web.insight.models import Standing
from anahtar_web.people.models import User
from anahtar_web.risks.actions import open_case
from anahtar_web.risks.models import Stage
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import Campaign, Draw, Offer
from tests.anahtar_web.matrix.canaries import Canary

if TYPE_CHECKING:
    from tests.anahtar_web.matrix.firm import Firm

_SEES_ALL: Final = frozenset({"admin", "director", "head", "marketing", "analyst", "auditor"})
_UNITS: Final = 10_000
_COSTS: Final = {"acme": 1_357_913, "birch": 2_468_027}


def win_back(firm: "Firm") -> None:
    """Plant them."""
    for name, manager in (("acme", "kam"), ("birch", "stranger")):
        account, by = firm.accounts[name], firm.people[manager]
        case = open_case(account=account, title=f"QzLostOf{name.title()}", stage=Stage.LOST, by=by)
        fields = _fields(name, _COSTS[name] * _UNITS)
        waiting = actions.submit(offer=actions.make(case=case, fields=fields, by=by), seen=1, by=by)
        firm.objects[f"loss case of {name}"] = case
        firm.canaries.append(Canary(f"QzLostOf{name.title()}", "a lost case", _SEES_ALL | {manager}))
        if name == "acme":
            draft = actions.make(case=case, fields=_fields(name, 0), by=by)
            approved, sent = (_approved(actions.make(case=case, fields=_fields(name, 0), by=by), by) for _n in "12")
            sent = actions.send(offer=sent, seen=sent.version, by=by)
            firm.objects |= {"waiting offer": waiting, "draft offer": draft}
            firm.objects |= {"approved offer": approved, "sent offer": sent}
        readers = _SEES_ALL | {manager}
        for text, what in ((f"QzOfferTo{name.title()}", "an offer"), (f"QzNoteOn{name.title()}", "a note on an offer")):
            firm.canaries.append(Canary(text, what, readers - {"marketing"}))
        for text in (f"{_COSTS[name]:,}", f"{_COSTS[name]:,}".replace(",", "."), str(_COSTS[name])):
            firm.canaries.append(Canary(text, "what an offer costs", readers - {"marketing"}))
    _campaigns(firm)


def _fields(name: str, cost: int) -> dict[str, Any]:
    told = {"kind": "gift", "contents": f"QzOfferTo{name.title()}", "note": f"QzNoteOn{name.title()}"}
    return told | {"cost": cost, "budget_line": "", "valid_until": today() + timedelta(30)}


def _approved(offer: Offer, by: User) -> Offer:
    return actions.submit(offer=offer, seen=1, by=by)


def _campaigns(firm: "Firm") -> None:
    by = firm.people["head"]
    Standing.objects.filter(account=firm.accounts["foundry"]).update(state="lost")
    kept = firm.objects["winback list"] = actions.keep_list(name="QzWinbackList", narrow=Narrow(), by=by)
    plan = {"list": kept, "size": 9, "holdout_share": 0, "horizon": 90, "valid_until": today() + timedelta(30)}
    plan |= {"kind": "gift", "contents": "QzPlanned", "cost": 0, "budget": 3_141_597 * _UNITS}
    firm.objects["campaign"] = actions.plan(fields=plan | {"name": "QzCampaign"}, by=by)
    running = actions.plan(fields=plan | {"name": "QzRunning"}, by=by)
    Campaign.objects.filter(pk=running.pk).update(state="running", seed=1, drawn_on=today())
    for name in ("acme", "birch"):
        case = firm.objects[f"loss case of {name}"]
        Draw.objects.create(campaign=running, account=case.account, case=case, held_out=False)
    firm.objects["running campaign"] = running
    hidden = frozenset({"marketing"})
    everybody = _SEES_ALL | {"kam", "stranger"}
    firm.canaries += [
        Canary("QzPlanned", "what a campaign offers", everybody - hidden),
        Canary("3,141,597", "a budget", everybody - hidden),
        Canary("3.141.597", "a budget", everybody - hidden),
    ]
